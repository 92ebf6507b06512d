"""Make a trained encoder thinner: drop attention heads and inner units that matter least, then let the rest make up.

    python -m train.prune --run RUN --prepared PREPARED --data NEREL --heads 12 --inner 768 --minutes 15 -o THIN

What is dropped is chosen layer by layer on training articles: the head or inner unit whose loss the others can best
make up for, by least squares on what the layer reads (optimal brain surgeon, as in ZipLM). The thin encoder is then
trained to give the states of the full one; the heads of the network and its labels are not touched. Writes
`THIN/best.pt`, which `train.export` takes; where there is one already, its training goes on.
"""

from __future__ import annotations

import argparse
import copy
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from train.corpus import read_corpus
from train.encoder import HEAD, HEADS, INNER, Batch, Encoder, Layer, Prepared, load_prepared, make_batch
from train.export import load_model
from train.fit import shape_rate
from train.model import Article, learn_labels, make_article

DAMP = 1e-3  # of the mean square, added to the moments
AT_ONCE = 16  # inner units dropped between two looks at which come next
CHUNK = 4000  # rows


def moments(rows: Tensor, act: Callable[[Tensor], Tensor] = lambda x: x) -> Tensor:
    """Second moments of activations with a constant one behind them: [rows, n] → [n + 1, n + 1]."""
    total: Tensor | int = 0
    for part in rows.split(CHUNK):
        wide = torch.cat([act(part), torch.ones(len(part), 1)], dim=1)
        total = total + (wide.t() @ wide).double()
    assert isinstance(total, Tensor)
    return total


def survivors(seen: Tensor, linear: nn.Linear, group: int, keep: int, at_once: int) -> tuple[Tensor, nn.Linear]:
    """Which of the input columns stay (in groups of `group`), and the layer refitted to them. The bias always stays."""
    weight = torch.cat([linear.weight.t(), linear.bias[None]]).double()
    size = linear.in_features
    seen = seen + torch.eye(size + 1, dtype=torch.float64) * DAMP * seen.diagonal()[:-1].mean()
    inverse = torch.linalg.inv(seen)
    alive = torch.ones(size // group, dtype=torch.bool)
    while int(alive.sum()) > keep:
        places = torch.arange(size).view(-1, group)
        blocks = inverse[places[:, :, None], places[:, None, :]]
        blocks[~alive] = torch.eye(group, dtype=torch.float64)
        loss = (weight[places] * torch.linalg.solve(blocks, weight[places])).sum((1, 2))
        loss[~alive] = torch.inf
        gone = loss.argsort()[: min(at_once, int(alive.sum()) - keep)]
        columns = places[gone].flatten()
        block = inverse[columns][:, columns]
        weight -= inverse[:, columns] @ torch.linalg.solve(block, weight[columns])
        inverse -= inverse[:, columns] @ torch.linalg.solve(block, inverse[columns])
        weight[columns], inverse[columns], inverse[:, columns] = 0.0, 0.0, 0.0
        alive[gone] = False
    stay = torch.arange(size).view(-1, group)[alive].flatten()
    thin = nn.Linear(len(stay), linear.out_features)
    thin.weight.copy_(weight[stay].t())
    thin.bias.copy_(weight[-1])
    return stay, thin


def rows_of(linear: nn.Linear, chosen: Tensor) -> nn.Linear:
    """The layer with only these outputs."""
    thin = nn.Linear(linear.in_features, len(chosen))
    thin.weight.copy_(linear.weight[chosen])
    thin.bias.copy_(linear.bias[chosen])
    return thin


def attended(layer: Layer, states: Tensor, lengths: list[int]) -> Tensor:
    return torch.cat([layer.attend(window) for window in layer.qkv(states).split(lengths)])


def thin_layer(layer: Layer, states: Tensor, lengths: list[int], heads: int, inner: int) -> Tensor:
    """Prune one layer on these input states, and give its output."""
    if heads < layer.heads:
        stay, layer.out = survivors(moments(attended(layer, states, lengths)), layer.out, HEAD, heads, 1)
        width = layer.heads * HEAD
        layer.qkv = rows_of(layer.qkv, torch.cat([stay, stay + width, stay + 2 * width]))
        layer.heads = heads
    middle = layer.norm1(states + layer.out(attended(layer, states, lengths)))
    if inner < layer.up.out_features:
        seen = moments(middle, lambda part: functional.gelu(layer.up(part)))
        stay, layer.down = survivors(seen, layer.down, 1, inner, AT_ONCE)
        layer.up = rows_of(layer.up, stay)
    parts = [layer.down(functional.gelu(layer.up(part))) for part in middle.split(CHUNK)]
    return layer.norm2(middle + torch.cat(parts))


def batch_of(articles: list[Article], prepared: Prepared) -> Batch:
    shown = [np.zeros(len(a.lowered), dtype=bool) for a in articles]
    return make_batch([a.encoded for a in articles], prepared.tokenizer, shown)


@torch.no_grad()
def thin_encoder(encoder: Encoder, prepared: Prepared, articles: list[Article], heads: int, inner: int) -> None:
    """Prune all layers, each on what the pruned ones below give."""
    batch = batch_of(articles, prepared)
    states, lengths = encoder.embed(prepared.pieces[batch.pieces], batch.positions), batch.piece_lengths
    for number, layer in enumerate(encoder.layers):
        if number == encoder.pool_at:
            states, lengths = encoder.pool(states, batch), batch.slot_lengths
        states = thin_layer(layer, states, lengths, heads, inner)
        print(f"layer {number}: {heads} heads, {inner} inner units", flush=True)


def layer_states(encoder: Encoder, prepared: Prepared, batch: Batch) -> list[Tensor]:
    """The states after each layer."""
    found = []
    states, lengths = encoder.embed(prepared.pieces[batch.pieces], batch.positions), batch.piece_lengths
    for number, layer in enumerate(encoder.layers):
        if number == encoder.pool_at:
            states, lengths = encoder.pool(states, batch), batch.slot_lengths
        states = layer(states, lengths)
        found.append(states)
    return found


def distance(ours: list[Tensor], theirs: list[Tensor]) -> tuple[Tensor, float]:
    """Loss (last layer, and a third of the mean of all), and the relative error of the last layer."""
    errors = torch.stack([(a - b).square().sum() / b.square().sum() for a, b in zip(ours, theirs, strict=True)])
    return errors[-1] + errors.mean() / 3, float(errors[-1].detach().sqrt())


def heal(thin: Encoder, full: Encoder, prepared: Prepared, articles: list[Article], options: argparse.Namespace) -> None:
    """Train the thin encoder towards the states of the full one until the time is used."""
    chance = np.random.default_rng([options.seed, options.again])
    optimizer = torch.optim.AdamW(thin.parameters(), lr=options.rate, betas=(0.9, 0.98), weight_decay=0.0)
    begun, step, recent = time.monotonic(), 0, []
    while (used := (time.monotonic() - begun) / 60) < options.minutes and not (options.tiny and step >= 2):
        batch = batch_of([articles[i] for i in chance.choice(len(articles), 3, replace=False)], prepared)
        with torch.no_grad():
            target = layer_states(full, prepared, batch)
        loss, error = distance(layer_states(thin, prepared, batch), target)
        for group in optimizer.param_groups:
            group["lr"] = options.rate * shape_rate(used / options.minutes, 0.04)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(thin.parameters(), 1.0)
        optimizer.step()
        step += 1
        recent.append(error)
        if step % 20 == 0:
            print(f"step {step} {used:.1f} min, relative error of the states {np.mean(recent[-20:]):.4f}", flush=True)


def main() -> None:
    """Command line: see the module text."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", type=Path, required=True, help="run folder with best.pt")
    parser.add_argument("--prepared", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--heads", type=int, default=HEADS)
    parser.add_argument("--inner", type=int, default=INNER)
    parser.add_argument("--minutes", type=float, default=15)
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--again", type=int, default=0, help="which time the training goes on: other articles first")
    parser.add_argument("--tiny", action="store_true")
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    examples = read_corpus(options.data / "train", 8 if options.tiny else None)
    labels = learn_labels(examples)
    prepared = load_prepared(options.prepared)
    articles = [a for e in examples if (a := make_article(e, prepared, labels)).lowered]
    full, recipe = load_model(options.run / "best.pt", labels)
    begun = options.output / "best.pt"
    if begun.is_file():
        model, _ = load_model(begun, labels)
    else:
        model = copy.deepcopy(full)
        thin_encoder(model.encoder, prepared, articles[::9], options.heads, options.inner)
    heal(model.encoder, full.encoder, prepared, articles, options)
    options.output.mkdir(parents=True, exist_ok=True)
    recipe = replace(recipe, heads=options.heads, inner=options.inner)
    torch.save({"average": model.state_dict(), "recipe": asdict(recipe)}, options.output / "best.pt")


if __name__ == "__main__":
    main()
