"""The three nets: one reads a text for cues, speakers and contents; one tells how it is said; one finds whom a speaker's word stands for."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.extract.claims.learned.features import COLUMNS, MANNER_COLUMNS, MODALITIES, PAIR_COLUMNS
from kg.extract.claims.learned.referring import COLUMNS as NAME_COLUMNS
from train.claims.data import Cue, Example, Name

STATE = 384
WIDTH = 128
NAME_WIDTH = 96
BLIND = 0.15
"""Share of training steps in which the net is not shown what the rules found, so that it learns to do without."""

_RULED = list(COLUMNS).index("ruled")
_SPOKEN = list(PAIR_COLUMNS).index("spoken")


class Scores(NamedTuple):
    """What the net says of some cues of a text; scores of padding are very low."""

    speaker: Tensor  # [cues, 1 + candidates] log probabilities, nobody first
    first: Tensor  # [cues, candidates] log probabilities
    last: Tensor  # [cues, candidates]


def _embeddings(sizes: Sequence[int], width: int, spread: float = 1.0) -> nn.ModuleList:
    tables = nn.ModuleList([nn.Embedding(size, width) for size in sizes])
    for table in tables:
        nn.init.normal_(table.weight, 0.0, spread)
    return tables


class ClaimNet(nn.Module):
    """Encoder states and rows → a recurrent state a unit → tags; and, for a cue and its candidates, scores."""

    def __init__(self, drop: float = 0.4) -> None:
        super().__init__()
        self.entry = nn.Linear(STATE, WIDTH)
        self.columns = _embeddings(list(COLUMNS.values()), 10)
        self.recurrent = nn.LSTM(WIDTH + 10 * len(COLUMNS), WIDTH, batch_first=True, bidirectional=True)
        self.tag = nn.Linear(2 * WIDTH, 3)
        self.of_cue = nn.Linear(2 * WIDTH, WIDTH)
        self.of_unit = nn.Linear(2 * WIDTH, WIDTH)
        self.pair_columns = _embeddings(list(PAIR_COLUMNS.values()), WIDTH, 0.1)
        self.hidden = nn.Linear(WIDTH, WIDTH)
        self.out = nn.Linear(WIDTH, 3)
        self.nobody = nn.Linear(2 * WIDTH, 1)
        self.drop = nn.Dropout(drop)

    def entries(self, states: Tensor, rows: Tensor) -> Tensor:
        """What goes into the recurrent layer, [units, …]."""
        return torch.cat([functional.gelu(self.entry(self.drop(states))), *(table(rows[:, i]) for i, table in enumerate(self.columns))], -1)

    def read(self, examples: Sequence[Example]) -> list[Tensor]:
        """A state for every unit of each text."""
        rows = [e.rows for e in examples]
        if self.training and random.random() < BLIND:
            rows = [r.clone() for r in rows]
            for r in rows:
                r[:, _RULED] = 0
        entries = [self.entries(e.states, r) for e, r in zip(examples, rows, strict=True)]
        lengths = [len(e) for e in entries]
        padded = self.drop(nn.utils.rnn.pad_sequence(entries, batch_first=True))
        packed = nn.utils.rnn.pack_padded_sequence(padded, lengths, batch_first=True, enforce_sorted=False)
        states, _ = nn.utils.rnn.pad_packed_sequence(self.recurrent(packed)[0], batch_first=True)
        return [self.drop(states[i, :length]) for i, length in enumerate(lengths)]

    def pair(self, cue: Tensor, units: Tensor, rows: Tensor) -> tuple[Tensor, Tensor]:
        """Scores [… candidates, 3] (speaks, begins, ends), and of nobody [… 1], for states of cues and candidates."""
        mixed = self.of_cue(cue).unsqueeze(-2) + self.of_unit(units) + sum(t(rows[..., i]) for i, t in enumerate(self.pair_columns))
        mixed = functional.gelu(self.hidden(self.drop(functional.gelu(mixed))))
        return self.out(self.drop(mixed)), self.nobody(cue)

    def judge(self, states: Tensor, cues: Sequence[Cue]) -> Scores:
        """All cues of a text."""
        most = max(len(c.units) for c in cues)
        places = torch.zeros(len(cues), most, dtype=torch.long)
        rows = torch.zeros(len(cues), most, len(PAIR_COLUMNS), dtype=torch.long)
        mask = torch.zeros(len(cues), most, dtype=torch.bool)
        for i, cue in enumerate(cues):
            places[i, : len(cue.units)], rows[i, : len(cue.units)], mask[i, : len(cue.units)] = cue.units, cue.rows, True
        if self.training and random.random() < BLIND:
            rows[..., _SPOKEN:] = 0
        cue_states = torch.stack([states[cue.words].mean(0) for cue in cues])
        scores, nobody = self.pair(cue_states, states[places], rows)
        scores = scores.masked_fill(~mask[..., None], -1e4)
        speaker = functional.log_softmax(torch.cat([nobody, scores[..., 0]], 1), 1)
        return Scores(speaker, functional.log_softmax(scores[..., 1], 1), functional.log_softmax(scores[..., 2], 1))


class MannerNet(nn.Module):
    """Encoder states of a cue and of what is said → how it is said: what the cue looks at in the content, and its strongest marks."""

    def __init__(self, drop: float = 0.5) -> None:
        super().__init__()
        self.of_cue = nn.Linear(STATE, WIDTH)
        self.asked = nn.Linear(STATE, WIDTH)
        self.key = nn.Linear(STATE, WIDTH)
        self.value = nn.Linear(STATE, WIDTH)
        self.columns = _embeddings(list(MANNER_COLUMNS.values()), WIDTH, 0.3)
        self.hidden = nn.Linear(3 * WIDTH, WIDTH)
        self.out = nn.Linear(WIDTH, len(MODALITIES))
        self.drop = nn.Dropout(drop)

    def forward(self, cue: Tensor, told: Tensor, mask: Tensor, rows: Tensor) -> Tensor:
        """Scores [cues, MODALITIES] for states [cues, 384] and [cues, units, 384], which of the units there are, and rows."""
        cue, told = self.drop(cue), self.drop(told)
        looks = (self.key(told) * self.asked(cue)[:, None]).sum(-1) / WIDTH**0.5
        value = self.value(told)
        seen = (looks.masked_fill(~mask, -1e4).softmax(-1)[..., None] * value).sum(1)
        marks = value.masked_fill(~mask[..., None], -1e4).max(1)[0]
        known = self.of_cue(cue) + sum(table(rows[:, i]) for i, table in enumerate(self.columns))
        mixed = functional.gelu(torch.cat([known, seen, marks], -1))
        return self.out(self.drop(functional.gelu(self.hidden(self.drop(mixed)))))

    def scores(self, examples: Sequence[tuple[Tensor, Cue]]) -> Tensor:
        """Of some cues, each with the states of its text."""
        most = max(len(cue.told) for _, cue in examples)
        told, mask = torch.zeros(len(examples), most, STATE), torch.zeros(len(examples), most, dtype=torch.bool)
        for i, (states, cue) in enumerate(examples):
            told[i, : len(cue.told)], mask[i, : len(cue.told)] = states[cue.told], True
        rows = torch.stack([cue.manner for _, cue in examples])
        if self.training and random.random() < BLIND:
            rows = rows.clone()
            rows[:, 0] = 0
        return self(torch.stack([states[cue.words].mean(0) for states, cue in examples]), told, mask, rows)


class NameNet(nn.Module):
    """Encoder states of a speaker's word and of mentions → which of them it is; the first is the word itself."""

    def __init__(self, drop: float = 0.35) -> None:
        super().__init__()
        self.of_word = nn.Linear(STATE, NAME_WIDTH)
        self.of_mention = nn.Linear(STATE, NAME_WIDTH)
        self.left = nn.Linear(STATE, NAME_WIDTH, bias=False)
        self.right = nn.Linear(STATE, NAME_WIDTH, bias=False)
        self.columns = _embeddings(list(NAME_COLUMNS.values()), NAME_WIDTH, 0.1)
        self.hidden = nn.Linear(NAME_WIDTH, NAME_WIDTH)
        self.out = nn.Linear(NAME_WIDTH, 1)
        self.drop = nn.Dropout(drop)

    def forward(self, states: Tensor, rows: Tensor) -> Tensor:
        """Scores [1 + mentions] for their states, [1 + mentions, 384]."""
        states = self.drop(states)
        word = states[:1]
        mixed = self.of_word(word) + self.of_mention(states) + sum(t(rows[:, i]) for i, t in enumerate(self.columns))
        mixed = self.drop(functional.gelu(self.hidden(self.drop(functional.gelu(mixed)))))
        alike = (self.left(word) * self.right(states)).sum(-1) / NAME_WIDTH**0.5
        return self.out(mixed)[:, 0] + torch.cat([torch.zeros(1), alike[1:]])

    def scores(self, states: Tensor, name: Name) -> Tensor:
        """Scores of one speaker's word."""
        return self(torch.stack([states[units].mean(0) for units in (name.words, *name.places)]), name.rows)
