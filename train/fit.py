"""Train the joint model, time-boxed, resumable, with summed gradients of several processes.

    python -m train.fit --data NEREL --prepared PREPARED -o RUN --minutes 90 --processes 2
    python -m train.fit --data NEREL --prepared PREPARED -o RUN --tiny

The learning rate falls with the share of the time budget that is used, so a run always ends cooled
down. `RUN/last.pt` is written at every evaluation and resumed from; `RUN/best.pt` is the best by
dev nested NER F1 + end-to-end F1; `RUN/log.jsonl` has one line an evaluation.
"""

from __future__ import annotations

import argparse
import copy
import json
import os
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.distributed as dist
from torch import Tensor
from torch.nn import functional

from train.corpus import read_corpus
from train.encoder import HEADS, INNER, Prepared, load_prepared
from train.evaluate import Prediction, report
from train.model import Article, Joint, Labels, encode, learn_labels, make_article, pairs_of, relation_priors
from train.predict import keep, predict


@dataclass
class Recipe:
    """Everything that shapes a run."""

    depth: int = 10
    pool_at: int = 4
    rate: float = 3e-4
    head_rate: float = 1e-3
    layer_decay: float = 0.9
    weight_decay: float = 0.02
    documents: int = 2
    mask_up_to: float = 0.2
    average: float = 0.995
    pair_limit: int = 4000
    pair_weight: float = 1.0
    warm: float = 0.04
    freeze: int = 0
    seed: int = 1
    heads: int = HEADS  # fewer of both after train.prune
    inner: int = INNER


def groups(model: Joint, recipe: Recipe) -> list[dict[str, Any]]:
    """Parameters with a rate that falls towards the bottom of the encoder."""
    result = []
    for name, parameter in model.named_parameters():
        rate = recipe.head_rate
        if name.startswith("encoder.layers."):
            height = recipe.depth - 1 - int(name.split(".")[2])
            rate = recipe.rate * recipe.layer_decay**height
        elif name.startswith("encoder.") and "word" not in name:
            rate = recipe.rate * recipe.layer_decay**recipe.depth
        decay = recipe.weight_decay if parameter.dim() > 1 and "prior" not in name else 0.0
        result.append({"params": [parameter], "lr": rate, "base": rate, "weight_decay": decay})
    return merge(result)


def merge(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Join groups of equal settings."""
    merged: dict[tuple[float, float], dict[str, Any]] = {}
    for row in rows:
        key = (row["base"], row["weight_decay"])
        if key in merged:
            merged[key]["params"] += row["params"]
        else:
            merged[key] = row
    return list(merged.values())


def shape_rate(progress: float, warm: float) -> float:
    """Linear warm-up, then linear fall to 2 %."""
    return progress / warm if progress < warm else max(0.02, (1 - progress) / (1 - warm))


# ---------------------------------------------------------------- losses


def span_loss(logits: Tensor, article: Article) -> Tensor:
    """Summed cross-entropy over spans inside sentences."""
    target = torch.zeros_like(logits)
    fits = article.spans[:, 1] - article.spans[:, 0] < logits.shape[1]
    first, last, kind = torch.from_numpy(article.spans[fits]).unbind(1)
    target[first, last - first, kind] = 1.0
    loss = functional.binary_cross_entropy_with_logits(logits, target, reduction="none")
    return (loss * article.grid[2].unsqueeze(2)).sum()


def with_mistakes(article: Article, logits: Tensor, chance: np.random.Generator) -> np.ndarray:
    """Gold spans and some of the span head's own false ones, so that pairs learn to doubt."""
    with torch.no_grad():
        likely = (torch.sigmoid(logits) * article.grid[2].unsqueeze(2)) > 0.2
    first, width, kind = (part.numpy() for part in likely.nonzero(as_tuple=True))
    gold = {tuple(row) for row in article.spans.tolist()}
    false = [row for row in zip(first, first + width, kind, strict=True) if tuple(map(int, row)) not in gold]
    limit = 5 + len(gold) // 3
    if len(false) > limit:
        false = [false[i] for i in chance.permutation(len(false))[:limit]]
    return np.concatenate([article.spans, np.array(false, dtype=np.int64).reshape(-1, 3)])


def pair_loss(
    model: Joint, states: Tensor, article: Article, spans: np.ndarray, labels: Labels, limit: int,
    chance: np.random.Generator,
) -> Tensor:
    """Summed cross-entropy over candidate pairs; a crowded article's negatives are sampled."""
    pairs = pairs_of(article, spans, labels.reach)
    if not len(pairs.head):
        return states.sum() * 0
    target = np.zeros((len(pairs.head), len(labels.relations)), dtype=np.float32)
    row = {pair: i for i, pair in enumerate(zip(pairs.head.tolist(), pairs.tail.tolist(), strict=True))}
    for pair, kinds in article.links.items():
        if pair in row:
            target[row[pair], kinds] = 1.0
    weight = np.ones(len(target), dtype=np.float32)
    if len(target) > limit:
        positive = target.any(axis=1)
        share = limit / len(target)
        chosen = positive | (chance.random(len(target)) < share)
        weight = np.where(positive, 1.0, 1.0 / share).astype(np.float32)[chosen]
        target = target[chosen]
        pairs = type(pairs)(*(part[chosen] for part in pairs))
    logits = model.pair_logits(states, spans, pairs)
    loss = functional.binary_cross_entropy_with_logits(logits, torch.from_numpy(target), reduction="none")
    return (loss.sum(1) * torch.from_numpy(weight)).sum()


def step_loss(
    model: Joint, prepared: Prepared, labels: Labels, articles: list[Article], recipe: Recipe,
    chance: np.random.Generator,
) -> tuple[Tensor, float, float]:
    """Loss of a step and its two parts."""
    masked = []
    for article in articles:
        rate = recipe.mask_up_to * chance.random()
        masked.append(chance.random(len(article.lowered)) < rate)
    states = encode(model, prepared, articles, masked)
    spans = torch.zeros(())
    pairs = torch.zeros(())
    for article, state in zip(articles, states, strict=True):
        logits = model.spans(state, *article.grid)
        spans = spans + span_loss(logits, article)
        entities = with_mistakes(article, logits, chance)
        if len(entities):
            pairs = pairs + pair_loss(model, state, article, entities, labels, recipe.pair_limit, chance)
    spans = spans / (sum(len(a.spans) for a in articles) + 5)
    pairs = pairs / (sum(len(a.links) for a in articles) + 5)
    return spans + recipe.pair_weight * pairs, float(spans.detach()), float(pairs.detach())


# ---------------------------------------------------------------- evaluation while training


def evaluate_share(
    model: Joint, prepared: Prepared, labels: Labels, dev: list[Article], rank: int, world: int
) -> list[tuple[int, Prediction, Prediction]]:
    """Predictions for this process's share of dev: found and with gold entities."""
    model.eval()
    mine = range(rank, len(dev), world)
    result = [
        (
            i,
            predict(model, prepared, labels, dev[i], 0.3),
            predict(model, prepared, labels, dev[i], 0.0, gold=True),
        )
        for i in mine
    ]
    model.train()
    return result


def summary(dev: list[Article], found: list[Prediction], given: list[Prediction]) -> dict[str, float]:
    """Dev F1 at the better of a few thresholds."""
    examples = [a.example for a in dev]
    best: dict[str, float] = {}
    for entity in (0.3, 0.4, 0.5):
        for relation in (0.2, 0.3, 0.4, 0.5):
            scores = report(examples, [keep(p, entity, relation) for p in found])
            gold = report(examples, [keep(p, -1.0, relation) for p in given])
            row = {name: 100 * s.f1 for name, s in scores.items()}
            row["gold relations"] = 100 * gold["end to end"].f1
            row["gold relations in sentence"] = 100 * gold["end to end in sentence"].f1
            for name, value in row.items():
                best[name] = max(best.get(name, 0.0), round(value, 2))
    return best


# ---------------------------------------------------------------- the loop


class Trainer:
    """One process of a run."""

    def __init__(self, options: argparse.Namespace, recipe: Recipe, rank: int, world: int) -> None:
        self.options, self.recipe, self.rank, self.world = options, recipe, rank, world
        self.prepared = load_prepared(options.prepared)
        limit = 8 if options.tiny else None
        train = read_corpus(options.data / "train", limit)
        self.labels = learn_labels(train)
        self.train = [make_article(e, self.prepared, self.labels) for e in train]
        self.train = [a for a in self.train if a.lowered]
        self.dev = self._dev(limit)
        torch.manual_seed(recipe.seed)
        self.model = Joint(len(self.labels.entities), len(self.labels.relations), recipe.depth, recipe.pool_at)
        self.model.encoder.load(self.prepared.encoder)
        with torch.no_grad():
            self.model.pairs.prior.weight.copy_(relation_priors(self.train, self.labels))
        self.optimizer = torch.optim.AdamW(groups(self.model, recipe), betas=(0.9, 0.98))
        self.average = copy.deepcopy(self.model)
        self.step, self.used, self.best = 0.0, 0.0, -1.0
        self.freeze_bottom()
        self.sums = np.zeros(3)
        torch.manual_seed(recipe.seed * 1000 + rank)

    def _dev(self, limit: int | None) -> list[Article]:
        known = set(self.labels.entities), set(self.labels.relations)
        dev = read_corpus(self.options.data / "dev", limit)
        for example in dev if limit else []:
            example.links = []
            example.spans = [s for s in example.spans if s[2] in known[0]]
        return [make_article(e, self.prepared, self.labels) for e in dev]

    def freeze_bottom(self) -> None:
        """Keep the lowest layers as they are: their backward pass is saved. Can be set on resuming."""
        encoder = self.model.encoder
        bottom = [encoder.position, encoder.norm, *encoder.layers[: self.recipe.freeze]]
        for part in bottom if self.recipe.freeze else []:
            part.requires_grad_(False)

    def resume(self, path: Path) -> None:
        """Continue from a checkpoint."""
        state = torch.load(path, weights_only=True)
        self.model.load_state_dict(state["model"])
        self.average.load_state_dict(state["average"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.step, self.used, self.best = state["step"], state["used"], state["best"]

    def save(self, path: Path, full: bool) -> None:
        """Write a checkpoint through a temporary file."""
        state: dict[str, Any] = {"average": self.average.state_dict(), "recipe": asdict(self.recipe)}
        state |= {"step": self.step, "used": self.used, "best": self.best}
        if full:
            state |= {"model": self.model.state_dict(), "optimizer": self.optimizer.state_dict()}
        torch.save(state, path.with_suffix(".part"))
        path.with_suffix(".part").replace(path)

    def order(self, epoch: int) -> list[list[int]]:
        """This process's steps of an epoch; documents of like length go together."""
        chance = np.random.default_rng([self.recipe.seed, epoch])
        lengths = np.array([len(a.lowered) for a in self.train])
        jittered = np.argsort(lengths * chance.uniform(0.8, 1.25, len(lengths)))
        size = self.recipe.documents * self.world
        steps = [jittered[i : i + size] for i in range(0, len(jittered), size)]
        shuffled = [chance.permutation(steps[i]) for i in chance.permutation(len(steps))]
        return [step[self.rank :: self.world].tolist() for step in shuffled]

    def share_gradients(self, seconds: float) -> float:
        """Sum gradients over processes, return the mean of the times they saw."""
        parameters = [p for p in self.model.parameters() if p.requires_grad]
        for p in parameters:
            if p.grad is None:
                p.grad = torch.zeros_like(p)
        if self.world == 1:
            return seconds
        flat = torch.cat([p.grad.view(-1) for p in parameters] + [torch.tensor([seconds])])
        dist.all_reduce(flat)
        flat /= self.world
        at = 0
        for p in parameters:
            p.grad.copy_(flat[at : at + p.numel()].view_as(p))
            at += p.numel()
        return float(flat[-1])

    def one_step(self, chosen: list[int], chance: np.random.Generator) -> None:
        """Forward, backward, update, average."""
        self.optimizer.zero_grad(set_to_none=True)
        if chosen:
            articles = [self.train[i] for i in chosen]
            loss, spans, pairs = step_loss(
                self.model, self.prepared, self.labels, articles, self.recipe, chance
            )
            loss.backward()
            self.sums += (1, spans, pairs)
        now = time.monotonic()
        self.used += self.share_gradients(now - self.clock)
        self.clock = now
        progress = min(1.0, self.used / (60 * self.options.minutes))
        for group in self.optimizer.param_groups:
            group["lr"] = group["base"] * shape_rate(progress, self.recipe.warm)
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 2.0)
        self.optimizer.step()
        self.step += 1
        decay = min(self.recipe.average, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            ours, theirs = list(self.average.parameters()), list(self.model.parameters())
            torch._foreach_lerp_(ours, theirs, 1 - decay)

    def check(self) -> None:
        """Score the averaged weights on dev, log, save."""
        parts = evaluate_share(self.average, self.prepared, self.labels, self.dev, self.rank, self.world)
        gathered: list[Any] = [None] * self.world
        if self.world > 1:
            dist.all_gather_object(gathered, parts)
        else:
            gathered = [parts]
        if self.rank:
            return
        rows = sorted((row for part in gathered for row in part), key=lambda row: row[0])
        scores = summary(self.dev, [r[1] for r in rows], [r[2] for r in rows])
        done, spans, pairs = self.sums
        epoch = self.step * self.recipe.documents * self.world / len(self.train)
        line = {"step": int(self.step), "epoch": round(epoch, 2), "minutes": round(self.used / 60, 1)}
        line |= {"span loss": round(spans / max(done, 1), 3), "pair loss": round(pairs / max(done, 1), 3)}
        line |= scores
        self.sums[:] = 0
        with (self.options.output / "log.jsonl").open("a") as file:
            file.write(json.dumps(line) + "\n")
        print(json.dumps(line), flush=True)
        total = scores["nested NER"] + scores["end to end"]
        if total > self.best:
            self.best = total
            self.save(self.options.output / "best.pt", full=False)
        self.save(self.options.output / "last.pt", full=True)

    def run(self) -> None:
        """Until the time budget is used."""
        checkpoint = self.options.output / "last.pt"
        if checkpoint.exists():
            self.resume(checkpoint)
        per_epoch = len(self.order(0))
        budget = 60 * self.options.minutes
        self.clock = time.monotonic()
        next_check = self.used + 60 * self.options.check_minutes
        while self.used < budget:
            epoch, place = divmod(int(self.step), per_epoch)
            chance = np.random.default_rng([self.recipe.seed, epoch, place, self.rank])
            self.one_step(self.order(epoch)[place], chance)
            if self.step % 20 == 0 and self.rank == 0:
                done, spans, pairs = self.sums
                print(f"step {int(self.step)} {self.used / 60:.1f} min, losses {spans / done:.3f} {pairs / done:.3f}", flush=True)
            if self.used > next_check or (self.options.steps and self.step >= self.options.steps):
                self.check()
                self.clock = time.monotonic()
                next_check = self.used + 60 * self.options.check_minutes
                if self.options.steps and self.step >= self.options.steps:
                    return
        self.check()


def process(rank: int, options: argparse.Namespace, recipe: Recipe) -> None:
    """Entry of one process."""
    torch.set_num_threads(options.threads)
    if options.processes > 1:
        meeting = f"file://{(options.output / 'meeting').absolute()}"
        dist.init_process_group("gloo", init_method=meeting, rank=rank, world_size=options.processes)
    Trainer(options, recipe, rank, options.processes).run()


def main() -> None:
    """Command line: see the module text."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with train/ and dev/ in brat form")
    parser.add_argument("--prepared", type=Path, required=True)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=90)
    parser.add_argument("--check-minutes", type=float, default=8)
    parser.add_argument("--steps", type=int, default=0, help="stop after so many steps")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--tiny", action="store_true", help="eight articles, two layers, three steps")
    shape = ("heads", "inner")
    for name, value in asdict(Recipe()).items():
        if name in shape:
            continue
        parser.add_argument("--" + name.replace("_", "-"), type=type(value), default=value)
    options = parser.parse_args()
    recipe = Recipe(**{name: getattr(options, name) for name in asdict(Recipe()) if name not in shape})
    if options.tiny:
        recipe.depth, recipe.pool_at, options.steps, options.minutes = 2, 1, 3, 1
    options.output.mkdir(parents=True, exist_ok=True)
    (options.output / "meeting").unlink(missing_ok=True)
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    if options.processes == 1:
        process(0, options, recipe)
    else:
        torch.multiprocessing.spawn(process, (options, recipe), nprocs=options.processes)


if __name__ == "__main__":
    main()
