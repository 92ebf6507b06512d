"""Trained nets → the weights that ship.

    python -m train.claims.export RUN -o kg/weights/claims

averages all `claims-*.pt`, all `manner-*.pt` and all `names-*.pt` of RUN in four graphs, takes `speakers.onnx` from there if it is there
already, and writes `meta.json` with their sha256 and the thresholds, which are chosen by hand on development texts (`train/LOG.md`).
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.extract.claims.learned.features import COLUMNS, MANNER_COLUMNS, PAIR_COLUMNS
from kg.extract.claims.learned.head import PROTOCOL
from kg.extract.claims.learned.referring import COLUMNS as NAME_COLUMNS
from kg.extract.neural.pack import sha256
from train.claims.fit import NETS
from train.claims.nets import STATE, WIDTH, ClaimNet, MannerNet, NameNet
from train.claims.thresholds import THRESHOLDS

OPSET = 17
SPEAKERS = "speakers.onnx"


class Units(nn.Module):
    """states, rows → mean chances of tags, all recurrent states side by side."""

    def __init__(self, nets: list[ClaimNet]) -> None:
        super().__init__()
        self.nets = nn.ModuleList(nets)

    def forward(self, states: Tensor, rows: Tensor) -> tuple[Tensor, Tensor]:
        own = [net.recurrent(net.entries(states, rows)[None])[0][0] for net in self.nets]
        tags = torch.stack([functional.softmax(net.tag(state), -1) for net, state in zip(self.nets, own, strict=True)])
        return tags.mean(0), torch.cat(own, -1)


class Cues(nn.Module):
    """cue, units, rows → chances of speakers, log chances of first and last unit."""

    def __init__(self, nets: list[ClaimNet]) -> None:
        super().__init__()
        self.nets = nn.ModuleList(nets)

    def forward(self, cue: Tensor, units: Tensor, rows: Tensor) -> tuple[Tensor, ...]:
        found = []
        for i, net in enumerate(self.nets):
            part = slice(2 * WIDTH * i, 2 * WIDTH * (i + 1))
            scores, nobody = net.pair(cue[0, part], units[:, part], rows)
            found.append((
                functional.softmax(torch.cat([nobody, scores[:, 0]]), 0), functional.log_softmax(scores[:, 1], 0), functional.log_softmax(scores[:, 2], 0),
            ))  # fmt: skip
        return tuple(torch.stack(column).mean(0) for column in zip(*found, strict=True))


class Manner(nn.Module):
    """cue, told, row → chances of modalities."""

    def __init__(self, nets: list[MannerNet]) -> None:
        super().__init__()
        self.nets = nn.ModuleList(nets)

    def forward(self, cue: Tensor, told: Tensor, row: Tensor) -> Tensor:
        mask = torch.ones_like(told[None, :, 0], dtype=torch.bool)
        return torch.stack([functional.softmax(net(cue, told[None], mask, row[None])[0], -1) for net in self.nets]).mean(0)


class Names(nn.Module):
    """states, rows → chances of what a speaker's word stands for."""

    def __init__(self, nets: list[NameNet]) -> None:
        super().__init__()
        self.nets = nn.ModuleList(nets)

    def forward(self, states: Tensor, rows: Tensor) -> Tensor:
        return torch.stack([functional.softmax(net(states, rows), 0) for net in self.nets]).mean(0)


def _trained(run: Path, name: str) -> list[Any]:
    """The nets of that name that a run left."""
    nets = []
    for path in sorted(run.glob(f"{name}-*.pt")):
        nets.append(NETS[name].net())
        nets[-1].load_state_dict(torch.load(path))
    return nets


def _write(module: nn.Module, inputs: dict[str, Tensor], outputs: list[str], path: Path, fixed: tuple[str, ...] = ()) -> None:
    free = {name: {0: f"of_{name}"} for name in (*inputs, *outputs) if name not in fixed}
    torch.onnx.export(module.eval(), tuple(inputs.values()), str(path), input_names=list(inputs), output_names=outputs,
                      dynamic_axes=free, opset_version=OPSET, dynamo=False)  # fmt: skip


def _rows(columns: dict[str, int], count: int) -> Tensor:
    return torch.stack([torch.randint(0, values, (count,)) for values in columns.values()], 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    claims, manner, names = (_trained(options.run, name) for name in ("claims", "manner", "names"))
    options.output.mkdir(parents=True, exist_ok=True)
    width = 2 * WIDTH * len(claims)
    _write(Units(claims), {"states": torch.randn(30, STATE), "rows": _rows(COLUMNS, 30)}, ["tags", "own"], options.output / "units.onnx")
    cue = {"cue": torch.randn(1, width), "units": torch.randn(20, width), "rows": _rows(PAIR_COLUMNS, 20)}
    _write(Cues(claims), cue, ["speaker", "first", "last"], options.output / "cues.onnx", ("cue",))
    how = {"cue": torch.randn(1, STATE), "told": torch.randn(9, STATE), "row": _rows(MANNER_COLUMNS, 1)[0]}
    _write(Manner(manner), how, ["chances"], options.output / "manner.onnx", ("cue", "row", "chances"))
    _write(Names(names), {"states": torch.randn(9, STATE), "rows": _rows(NAME_COLUMNS, 9)}, ["chances"], options.output / "names.onnx")
    (options.output / SPEAKERS).unlink(missing_ok=True)
    if (options.run / SPEAKERS).is_file():
        shutil.copy(options.run / SPEAKERS, options.output / SPEAKERS)
    files = {path.name: sha256(path) for path in sorted(options.output.glob("*.onnx"))}
    meta = {"protocol": PROTOCOL, "thresholds": THRESHOLDS, "files": files}
    (options.output / "meta.json").write_text(json.dumps(meta, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
