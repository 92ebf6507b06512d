"""Options of claims → the trees that tell how likely each speaker is the right one.

    python -m train.claims.trees OPTIONS.npz... -o RUN/speakers.onnx

Boosted trees (LightGBM), one answer an option: right or not. Printed first: what five such models that each leave out a fifth of the texts
choose on it, how often that is right, by the likeliest alone and as kg chooses, and whether their chances hold.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from onnx import TensorProto, helper, save

from kg.extract.claims.learned.head import Thresholds
from kg.extract.claims.learned.marks import COLUMNS, choice
from train.claims.halves import fifth_of
from train.claims.thresholds import THRESHOLDS

ROUNDS = 300
SETTINGS = {
    "objective": "binary", "learning_rate": 0.06, "num_leaves": 31, "min_data_in_leaf": 30, "feature_fraction": 0.6, "bagging_fraction": 0.8,
    "bagging_freq": 1, "lambda_l2": 5, "seed": 1, "deterministic": True, "force_row_wise": True, "num_threads": 1, "verbose": -1,
}  # fmt: skip
INVENTED_WEIGHT = 0.5
"""Of an option in an invented article."""


@dataclass(frozen=True)
class Ballot:
    """The options of one claim, the rules' first."""

    text: str
    is_invented: bool
    rows: np.ndarray  # [options, COLUMNS]
    right: np.ndarray  # [options]


def load(paths: Sequence[Path]) -> list[Ballot]:
    """All claims of the files that `train.claims.speakers` wrote."""
    found = []
    for path in paths:
        with np.load(path) as arrays:
            rows, right, lengths, sets, texts = (arrays[key] for key in ("rows", "right", "lengths", "sets", "texts"))
        for end, length, name, text in zip(np.cumsum(lengths), lengths, sets, texts, strict=True):
            part = slice(int(end - length), int(end))
            found.append(Ballot(str(text), name == "written", rows[part], right[part]))
    return found


def fit(ballots: Sequence[Ballot]) -> lightgbm.Booster:
    """The trees for these claims."""
    rows, right = np.concatenate([b.rows for b in ballots]), np.concatenate([b.right for b in ballots])
    weights = np.concatenate([np.full(len(b.right), INVENTED_WEIGHT if b.is_invented else 1.0) for b in ballots])
    return lightgbm.train(SETTINGS, lightgbm.Dataset(rows, right.astype(int), weight=weights, feature_name=list(COLUMNS)), ROUNDS)


def judged(ballots: Sequence[Ballot]) -> Iterator[tuple[Ballot, np.ndarray]]:
    """Every claim with the chances of its options, by trees that have not seen its text."""
    for part in range(5):
        mine, others = ([b for b in ballots if (fifth_of(b.text) == part) == is_mine] for is_mine in (True, False))
        if mine and others:
            model = fit(others)
            for ballot in mine:
                yield ballot, np.asarray(model.predict(ballot.rows))


def report(ballots: Sequence[Ballot]) -> None:
    """How often the choice is right, and how often by what is thought of it."""
    answers, thresholds = list(judged(ballots)), Thresholds(**THRESHOLDS)
    for name, is_invented in (("real texts", False), ("invented articles", True)):
        here = [(b, c) for b, c in answers if b.is_invented == is_invented]
        if not here:
            continue
        places = [choice(b.rows, c, thresholds) for b, c in here]
        best = [(float(c[i]), bool(b.right[i])) for (b, c), i in zip(here, places, strict=True)]
        print(f"{name}: {len(here)} claims, rules right {100 * np.mean([b.right[0] for b, _ in here]):.1f} %, one of the options right "
              f"{100 * np.mean([b.right.any() for b, _ in here]):.1f} %, likeliest right {100 * np.mean([b.right[c.argmax()] for b, c in here]):.1f} %, "
              f"chosen right {100 * np.mean([r for _, r in best]):.1f} %")  # fmt: skip
        for low in np.arange(0, 1, 0.1):
            bin_ = [(c, r) for c, r in best if low <= c < low + 0.1]
            if bin_:
                print(f"  chance {low:.1f}–{low + 0.1:.1f}: {len(bin_)} claims, mean {np.mean([c for c, _ in bin_]):.2f}, right {np.mean([r for _, r in bin_]):.2f}")


def graph(model: lightgbm.Booster) -> Any:
    """rows [options, COLUMNS] → chances [options, 1], as an ONNX tree ensemble."""
    nodes: dict[str, list[Any]] = {key: [] for key in ("treeids", "nodeids", "featureids", "modes", "values", "truenodeids", "falsenodeids", "missing_value_tracks_true")}
    leaves: dict[str, list[Any]] = {key: [] for key in ("treeids", "nodeids", "ids", "weights")}

    def add(tree: int, node: dict[str, Any], number: int) -> int:
        """Writes a node and all below it; the next free number."""
        is_leaf = "leaf_value" in node
        place = len(nodes["nodeids"])
        for key, value in (("treeids", tree), ("nodeids", number), ("featureids", 0 if is_leaf else node["split_feature"]), ("modes", "LEAF" if is_leaf else "BRANCH_LEQ"),
                           ("values", 0.0 if is_leaf else node["threshold"]), ("truenodeids", 0), ("falsenodeids", 0), ("missing_value_tracks_true", 0)):  # fmt: skip
            nodes[key].append(value)
        if is_leaf:
            for key, value in (("treeids", tree), ("nodeids", number), ("ids", 0), ("weights", node["leaf_value"])):
                leaves[key].append(value)
            return number + 1
        nodes["truenodeids"][place] = number + 1
        after = add(tree, node["left_child"], number + 1)
        nodes["falsenodeids"][place] = after
        return add(tree, node["right_child"], after)

    for number, tree in enumerate(model.dump_model()["tree_info"]):
        add(number, tree["tree_structure"], 0)
    attributes = {f"nodes_{key}": value for key, value in nodes.items()} | {f"target_{key}": value for key, value in leaves.items()}
    trees = helper.make_node("TreeEnsembleRegressor", ["rows"], ["odds"], domain="ai.onnx.ml", n_targets=1, **attributes)
    chances = helper.make_node("Sigmoid", ["odds"], ["chances"])
    rows = helper.make_tensor_value_info("rows", TensorProto.FLOAT, ["options", len(COLUMNS)])
    out = helper.make_tensor_value_info("chances", TensorProto.FLOAT, ["options", 1])
    versions = [helper.make_opsetid("", 17), helper.make_opsetid("ai.onnx.ml", 3)]
    return helper.make_model(helper.make_graph([trees, chances], "speakers", [rows], [out]), opset_imports=versions, ir_version=8)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("options", nargs="+", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    arguments = parser.parse_args()
    ballots = load(arguments.options)
    report(ballots)
    save(graph(fit(ballots)), str(arguments.output))


if __name__ == "__main__":
    main()
