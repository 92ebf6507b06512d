"""The heads: every span of up to 12 units → 29 sigmoids; every candidate pair → 49 sigmoids."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from train import runtime
from train.encoder import HIDDEN

SPAN, NARROW, PAIR, LOOKS = 192, 64, 256, 4
WIDTH = runtime.MAX_WIDTH


def range_sums(values: Tensor) -> Tensor:
    """[n, d] → [n + 1, d]: sums of the first k rows, so that a range is a difference."""
    return torch.cat([torch.zeros(1, values.shape[1]), values.cumsum(0)])


class SpanHead(nn.Module):
    """Scores for span (first unit, width): start + end + product + mean + width, one small
    convolution over neighbouring spans, independent sigmoids. Nesting comes for free."""

    def __init__(self, labels: int) -> None:
        super().__init__()
        self.dropout = nn.Dropout(0.2)
        self.project = nn.Linear(HIDDEN, 3 * SPAN + 2 * NARROW)
        self.product = nn.Linear(NARROW, SPAN, bias=False)
        self.width = nn.Embedding(WIDTH, SPAN)
        self.norm = nn.LayerNorm(SPAN)
        self.narrow = nn.Linear(SPAN, NARROW)
        self.convolution = nn.Conv2d(NARROW, NARROW, 3, padding=1)
        self.widen = nn.Linear(NARROW, SPAN)
        self.norm2 = nn.LayerNorm(SPAN)
        self.score = nn.Linear(SPAN, labels)
        nn.init.normal_(self.width.weight, std=0.1)
        nn.init.constant_(self.score.bias, -4.0)

    def forward(self, states: Tensor, ends: Tensor, mean: Tensor, inside: Tensor) -> Tensor:
        """states [n, 384]; ends [n, 12] last unit of each span; mean [n, 12] is 1 / width;
        inside [n, 12] is 1 for spans within a sentence → logits [n, 12, labels]."""
        parts = self.project(self.dropout(states)).split([SPAN, SPAN, SPAN, NARROW, NARROW], dim=1)
        start, end, middle, left, right = parts
        sums = range_sums(middle)
        averages = (sums[ends + 1] - sums[: states.shape[0]].unsqueeze(1)) * mean.unsqueeze(2)
        spans = start.unsqueeze(1) + end[ends] + averages + self.width.weight
        spans = spans + self.product(left.unsqueeze(1) * right[ends])
        spans = functional.gelu(self.norm(spans))
        narrow = self.narrow(spans) * inside.unsqueeze(2)
        mixed = self.convolution(narrow.permute(2, 0, 1).unsqueeze(0)).squeeze(0).permute(1, 2, 0)
        spans = spans + self.widen(functional.gelu(mixed))
        return self.score(self.dropout(self.norm2(spans)))


def span_grid(sentences: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """For units with these sentence numbers: (ends, 1 / width, inside) of all spans."""
    count = sentences.shape[0]
    ends = torch.arange(count)[:, None] + torch.arange(WIDTH)
    clipped = ends.clamp(max=count - 1)
    inside = (ends < count) & (sentences[clipped] == sentences[:, None])
    mean = (1.0 / torch.arange(1, WIDTH + 1)).expand(count, WIDTH)
    return clipped, mean, inside.float()


class PairHead(nn.Module):
    """Scores for ordered entity pairs from both entities, what stands between them, what both look
    at in the article, and cheap features of the pair."""

    def __init__(self, labels: int, relations: int) -> None:
        super().__init__()
        self.dropout = nn.Dropout(0.2)
        self.label = nn.Embedding(labels, PAIR)
        self.edge = nn.Linear(HIDDEN, 3 * PAIR)
        self.entity = nn.Linear(PAIR, PAIR)
        self.norm = nn.LayerNorm(PAIR)
        self.roles = nn.Linear(PAIR, 2 * PAIR + 2 * NARROW)
        self.product = nn.Linear(NARROW, PAIR, bias=False)
        self.value = nn.Linear(HIDDEN, 2 * PAIR)
        self.key = nn.Linear(HIDDEN, LOOKS * 32)
        self.query = nn.Linear(PAIR, LOOKS * 32)
        self.features = nn.ModuleList(nn.Embedding(n, PAIR) for n in runtime.FEATURE_SIZES)
        self.overlap = nn.Linear(runtime.OVERLAPS, PAIR)
        self.norm2 = nn.LayerNorm(PAIR)
        self.hidden = nn.Linear(PAIR, PAIR)
        self.score = nn.Linear(PAIR, relations)
        self.prior = nn.Embedding(labels * labels, relations)
        self.labels = labels
        for table in (self.label, *self.features):
            nn.init.normal_(table.weight, std=0.1)

    def entities(self, states: Tensor, first: Tensor, last: Tensor, label: Tensor) -> Tensor:
        """[entities, 256] from first unit, last unit, mean and label."""
        left, right, middle = self.edge(states).split(PAIR, dim=1)
        sums = range_sums(middle)
        average = (sums[last + 1] - sums[first]) / (last + 1 - first).unsqueeze(1).float()
        joined = functional.gelu(self.norm(left[first] + right[last] + average + self.label(label)))
        return self.dropout(self.entity(self.dropout(joined)))

    def looks(self, states: Tensor, entities: Tensor) -> Tensor:
        """[entities, looks, units]: where in the article each entity looks."""
        keys = self.key(states).view(-1, LOOKS, 32).permute(1, 2, 0)
        queries = self.query(entities).view(-1, LOOKS, 32).permute(1, 0, 2)
        return torch.softmax(queries @ keys / 32**0.5, dim=2).permute(1, 0, 2)

    def forward(
        self,
        states: Tensor,
        first: Tensor,
        last: Tensor,
        label: Tensor,
        head: Tensor,
        tail: Tensor,
        buckets: Tensor,
        overlaps: Tensor,
    ) -> Tensor:
        """states [n, 384]; entities as (first, last, label); pairs as (head, tail) with features
        → logits [pairs, relations]."""
        known = self.known(states, first, last, label)
        return self.scores(*known, first, last, label, head, tail, buckets, overlaps)

    def known(self, states: Tensor, first: Tensor, last: Tensor, label: Tensor) -> tuple[Tensor, ...]:
        """What is computed once an article: entities as head and as tail [entities, 256], two narrow
        forms [entities, 64], sums over words [n + 1, 256], words [n, 256], looks [entities, looks, n]."""
        states = self.dropout(states)
        entities = self.entities(states, first, last, label)
        roles = self.roles(entities).split([PAIR, PAIR, NARROW, NARROW], dim=1)
        between, words = self.value(states).split(PAIR, dim=1)
        return *roles, range_sums(between), words, self.looks(states, entities)

    def scores(
        self, as_head: Tensor, as_tail: Tensor, left: Tensor, right: Tensor, sums: Tensor, words: Tensor, looks: Tensor,
        first: Tensor, last: Tensor, label: Tensor, head: Tensor, tail: Tensor, buckets: Tensor, overlaps: Tensor,
    ) -> Tensor:
        """The rest, for each pair."""
        low = torch.minimum(last[head], last[tail]) + 1
        high = torch.maximum(torch.maximum(first[head], first[tail]), low)
        middle = (sums[high] - sums[low]) / (high - low).clamp(min=1).unsqueeze(1).float()
        shared = (looks[head] * looks[tail]).sum(1)
        shared = shared / (shared.sum(1, keepdim=True) + 1e-6)
        pairs = as_head[head] + as_tail[tail] + middle + shared @ words
        pairs = pairs + self.product(left[head] * right[tail]) + self.overlap(overlaps)
        for number, table in enumerate(self.features):
            pairs = pairs + table(buckets[:, number])
        pairs = functional.gelu(self.norm2(pairs))
        pairs = functional.gelu(self.hidden(self.dropout(pairs)))
        return self.score(self.dropout(pairs)) + self.prior(label[head] * self.labels + label[tail])
