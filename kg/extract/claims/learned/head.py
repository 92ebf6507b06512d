"""The trained reader of claims: which units are cues, who speaks, what is said and how.

Small recurrent nets over the states of the trained extractor's encoder, averaged, and trees over
what they say; trained on the annotations of `tests/eval` (see `kg/weights/README.md`). One CPU
thread, no network.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.extract.claims.learned.features import Manner, Pairs, Seen
from kg.extract.claims.learned.referring import Candidates
from kg.extract.neural.pack import PackError, checked, session

Floats = NDArray[np.float32]

PROTOCOL = 3


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Probabilities: from which a cue that the rules lack is one, below which one of theirs is none, and from which a content
    may go beyond theirs; how much likelier than the rules' speaker another must be, and a name than their nameless description;
    from which somebody is the speaker where they have nobody."""

    cue: float
    no_cue: float
    content: float
    speaker: float
    name: float
    somebody: float


@dataclass(frozen=True, slots=True)
class Text:
    """A text read once: what each unit is, and the states that cues are judged by."""

    tags: Floats  # [units, 3]: outside, begins a cue, goes on with one
    states: Floats  # [units, width]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the reader thinks of one cue."""

    nobody: float
    speaker: Floats  # [candidates], with `nobody` they sum to one
    first: Floats  # [candidates] log probability that the content begins here
    last: Floats  # [candidates] and ends here


class Reader:
    """Loads its graphs once. Raises PackError when a file is missing, altered or of another protocol."""

    def __init__(self, folder: Path) -> None:
        meta = checked(folder, PROTOCOL)
        self.thresholds = Thresholds(**meta["thresholds"])
        self._units = session(folder / "units.onnx")
        self._cues = session(folder / "cues.onnx")
        self._manner = session(folder / "manner.onnx")
        self._names = session(folder / "names.onnx")
        self._folder, self._has_trees = folder, "speakers.onnx" in meta["files"]

    @cached_property
    def _speakers(self) -> Any:
        """Loaded when first asked: the nets alone, before the trees are made, have none."""
        if not self._has_trees:
            raise PackError(f"the weights in {self._folder} have no speakers.onnx")
        return session(self._folder / "speakers.onnx")

    def read(self, states: Floats, seen: Seen) -> Text:
        """`states` are the encoder's, [units, 384]."""
        tags, own = self._units.run(None, {"states": states, "rows": seen.rows})
        return Text(tags, own)

    def judge(self, text: Text, pairs: Pairs) -> Judgement:
        """One cue with its candidates."""
        cue = text.states[pairs.cue].mean(axis=0, keepdims=True)
        feeds = {"cue": cue, "units": text.states[pairs.units], "rows": pairs.rows}
        speaker, first, last = self._cues.run(None, feeds)
        return Judgement(float(speaker[0]), speaker[1:], first, last)

    def modality(self, states: Floats, manner: Manner) -> Floats:
        """Chances of MODALITIES, for a cue and what is said. `states` are the encoder's."""
        feeds = {"cue": states[manner.cue].mean(axis=0, keepdims=True), "told": states[manner.told], "row": manner.row}
        chances: Floats = self._manner.run(None, feeds)[0]
        return chances

    def refer(self, states: Floats, candidates: Candidates) -> Floats:
        """Chances [1 + mentions]: that a speaker's word is what the rules make of it, or stands for a mention. `states` are the encoder's."""
        places = [candidates.word, *candidates.places]
        feeds = {"states": np.stack([states[units].mean(axis=0) for units in places]), "rows": candidates.rows}
        chances: Floats = self._names.run(None, feeds)[0]
        return chances

    def speakers(self, rows: Floats) -> Floats:
        """Chances [options] of each to be the right speaker; `rows` as `marks.Marks` gives them. They need not sum to one."""
        chances: Floats = self._speakers.run(None, {"rows": rows})[0][:, 0]
        return chances
