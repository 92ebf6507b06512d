"""Examples → nets.

    python -m train.claims.fit EXAMPLES/SET... -o RUN --seed 1

writes RUN/claims-1.pt, RUN/manner-1.pt and RUN/names-1.pt, or those of --nets. Texts of sets that are not named are not seen; with
`--half 0` or `--half 1` only half of the texts is.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from train.claims.data import Example, load
from train.claims.halves import half_of
from train.claims.nets import ClaimNet, MannerNet, NameNet

TAG_WEIGHTS = (1.0, 1.5, 1.5)


def claim_loss(net: ClaimNet, batch: Sequence[Example]) -> Tensor:
    """Tags, speakers (any right one counts) and ends of contents, a text."""
    weights = torch.tensor(TAG_WEIGHTS)
    loss = torch.zeros(())
    for example, states in zip(batch, net.read(batch), strict=True):
        loss = loss + 0.3 * functional.cross_entropy(net.tag(states), example.tags, weight=weights, reduction="sum")
        if not example.cues:
            continue
        scores = net.judge(states, example.cues)
        for i, cue in enumerate(example.cues):
            if cue.speaks:
                loss = loss - torch.logsumexp(scores.speaker[i, cue.speaks], 0)
            first, last = cue.content
            if first >= 0:
                loss = loss - 0.5 * scores.first[i, first] - 0.5 * scores.last[i, last]
    return loss / len(batch)


def manner_loss(net: MannerNet, batch: Sequence[Example]) -> Tensor:
    """Modalities, a text."""
    cues = [(example.states, cue) for example in batch for cue in example.cues]
    if not cues:
        return torch.zeros(())
    kinds = torch.tensor([cue.modality for _, cue in cues])
    return functional.cross_entropy(net.scores(cues), kinds, label_smoothing=0.05, reduction="sum") / len(batch)


def name_loss(net: NameNet, batch: Sequence[Example]) -> Tensor:
    """Minus the log chance of the right names; words whose right name is no candidate are left out."""
    loss = torch.zeros(())
    for example in batch:
        for name in example.names:
            if name.right:
                loss = loss - torch.logsumexp(functional.log_softmax(net.scores(example.states, name), 0)[name.right], 0)
    return loss / 16


def fit(net: nn.Module, examples: Sequence[Example], loss_of: Callable[..., Tensor], epochs: int, rate: float, batch: int, clip: float) -> None:
    """AdamW with a rate that rises and falls once; texts of like length go together."""
    optimizer = torch.optim.AdamW(net.parameters(), rate, weight_decay=0.03)
    steps = epochs * -(-len(examples) // batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=steps + 1, pct_start=0.15)
    for epoch in range(epochs):
        start, total = time.time(), 0.0
        net.train()
        for group in _batches(examples, batch):
            loss = loss_of(net, group)
            if not loss.requires_grad:
                continue
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), clip)
            optimizer.step()
            schedule.step()
            total += float(loss.detach()) * len(group)
        print(f"{type(net).__name__} {epoch + 1}/{epochs}: {total / len(examples):.3f}, {time.time() - start:.0f} s", flush=True)
    net.eval()


def _batches(examples: Sequence[Example], size: int) -> list[list[Example]]:
    order = random.sample(list(examples), len(examples))
    batches = []
    for begin in range(0, len(order), 6 * size):
        alike = sorted(order[begin : begin + 6 * size], key=lambda e: len(e.rows))
        batches += [alike[i : i + size] for i in range(0, len(alike), size)]
    return random.sample(batches, len(batches))


class Recipe(NamedTuple):
    """A net and how it is trained: passes over the texts, the highest rate, texts a step, the longest gradient."""

    net: Callable[[], nn.Module]
    loss: Callable[..., Tensor]
    epochs: int
    rate: float
    batch: int
    clip: float


NETS = {
    "claims": Recipe(ClaimNet, claim_loss, 8, 2.5e-3, 8, 5.0),
    "manner": Recipe(MannerNet, manner_loss, 8, 2e-3, 3, 1.0),
    "names": Recipe(NameNet, name_loss, 6, 1.5e-3, 4, 1.0),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--nets", nargs="+", choices=list(NETS), default=list(NETS))
    parser.add_argument("--half", type=int, choices=(0, 1))
    parser.add_argument("--tiny", action="store_true", help="one epoch each")
    options = parser.parse_args()
    examples = load(options.sets, lambda name: options.half in (None, half_of(name)))
    options.output.mkdir(parents=True, exist_ok=True)
    for name in options.nets:
        random.seed(options.seed)
        torch.manual_seed(options.seed)
        recipe = NETS[name]
        net = recipe.net()
        fit(net, examples, recipe.loss, 1 if options.tiny else recipe.epochs, recipe.rate, recipe.batch, recipe.clip)
        torch.save(net.state_dict(), options.output / f"{name}-{options.seed}.pt")


if __name__ == "__main__":
    main()
