"""A trained checkpoint → the int8 model pack.

    python -m train.export --run RUN --prepared PREPARED --data NEREL -o PACK

writes encoder.onnx, spans.onnx, entities.onnx, pairs.onnx (int8 weights), tables.npz, vocabulary.json and a
meta.json with placeholder thresholds; `train.thresholds` then chooses them on dev.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from train import runtime
from train.corpus import read_corpus
from train.encoder import HEAD, HIDDEN, Encoder, Layer, Prepared, load_prepared
from train.fit import Recipe
from train.heads import WIDTH, PairHead, SpanHead, span_grid
from train.model import Article, Joint, Labels, learn_labels, make_article, measure_reach
from train.predict import article_states

OPSET = 17
LOUD = 16  # channels of an activation that stay in fp32


class PlainLinear(nn.Module):
    """x · W + b as MatMul and Add, which dynamic quantisation knows (Gemm it does not)."""

    def __init__(self, weight: Tensor, bias: Tensor | None) -> None:
        super().__init__()
        self.weight = nn.Parameter(weight.detach().contiguous())
        self.bias = nn.Parameter(bias.detach().contiguous()) if bias is not None else None
        self.seen: Tensor | None = None

    @classmethod
    def of(cls, linear: nn.Linear) -> PlainLinear:
        """From a PyTorch layer."""
        return cls(linear.weight.t(), linear.bias)

    def forward(self, states: Tensor) -> Tensor:
        if not torch.onnx.is_in_onnx_export():
            largest = states.detach().abs().reshape(-1, states.shape[-1]).amax(0)
            self.seen = largest if self.seen is None else torch.maximum(self.seen, largest)
        product = states @ self.weight
        return product if self.bias is None else product + self.bias

    def loudest(self) -> tuple[Tensor, Tensor]:
        """The few input channels with the largest values seen, and the others."""
        order = torch.argsort(self.seen, descending=True)
        return order[:LOUD].sort().values, order[LOUD:].sort().values


class SplitLinear(nn.Module):
    """A linear layer whose loud input channels pass by in fp32.

    One int8 scale serves all channels of an activation, and a few loud channels leave the rest only
    a few steps of it; without them int8 loses a third as much.
    """

    def __init__(self, plain: PlainLinear, loud: Tensor) -> None:
        super().__init__()
        mask = torch.ones(plain.weight.shape[0])
        mask[loud] = 0
        self.register_buffer("mask", mask)
        self.register_buffer("loud", loud)
        self.main = PlainLinear(plain.weight * mask[:, None], plain.bias)
        self.side = PlainLinear(plain.weight[loud], None)

    def forward(self, states: Tensor) -> Tensor:
        return self.main(states * self.mask) + self.side(states.index_select(1, self.loud))


class SplitFeed(nn.Module):
    """A feed-forward block with its loud inner channels computed apart in fp32."""

    def __init__(self, up: PlainLinear, down: PlainLinear) -> None:
        super().__init__()
        loud, quiet = down.loudest()
        assert up.bias is not None
        self.up = SplitLinear(PlainLinear(up.weight[:, quiet], up.bias[quiet]), up.loudest()[0])
        self.down = PlainLinear(down.weight[quiet], down.bias)
        self.side_up = PlainLinear(up.weight[:, loud], up.bias[loud])
        self.side_down = PlainLinear(down.weight[loud], None)

    def forward(self, states: Tensor) -> Tensor:
        loud = self.side_down(functional.gelu(self.side_up(states)))
        return self.down(functional.gelu(self.up(states))) + loud


def make_plain(module: nn.Module) -> None:
    """Replace every linear layer below."""
    for name, child in module.named_children():
        if isinstance(child, nn.Linear):
            setattr(module, name, PlainLinear.of(child))
        else:
            make_plain(child)


class Attention(torch.autograd.Function):
    """Attention of one window as onnxruntime's fused operator; the same arithmetic in PyTorch."""

    @staticmethod
    def forward(ctx: object, query: Tensor, key: Tensor, value: Tensor, heads: int) -> Tensor:
        query, key, value = (x.view(-1, heads, HEAD).transpose(0, 1) for x in (query, key, value))
        chances = torch.softmax((query * HEAD**-0.5) @ key.transpose(1, 2), dim=2)
        return (chances @ value).transpose(0, 1).reshape(1, -1, heads * HEAD)

    @staticmethod
    def symbolic(graph: Any, query: Any, key: Any, value: Any, heads: int) -> Any:
        result = graph.op("com.microsoft::MultiHeadAttention", query, key, value, num_heads_i=heads)
        return result.setType(query.type())


def plain_attention(qkv: Tensor, heads: int) -> Tensor:
    """[length, 3 · heads · 32] → [length, heads · 32]."""
    query, key, value = qkv.unsqueeze(0).chunk(3, dim=2)
    return Attention.apply(query, key, value, heads).squeeze(0)


class EncoderGraph(nn.Module):
    """One window: pieces [p, 384], pool [s, p], vectors [s, 300] → states [s, 384]."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, pieces: Tensor, pool: Tensor, vectors: Tensor) -> Tensor:
        encoder = self.encoder
        states = encoder.norm(pieces + encoder.position.weight[: pieces.shape[0]])
        for number, layer in enumerate(encoder.layers):
            if number == encoder.pool_at:
                states = pool @ states + encoder.word(vectors)
            states = self.layer(layer, states)
        return states

    def layer(self, layer: Layer, states: Tensor) -> Tensor:
        """As Layer.forward, for one window."""
        states = layer.norm1(states + layer.out(plain_attention(layer.qkv(states), layer.heads)))
        return layer.norm2(states + layer.feed(states))


class SpanGraph(nn.Module):
    """The span head followed by the sigmoid."""

    def __init__(self, head: SpanHead) -> None:
        super().__init__()
        self.head = head

    def forward(self, *inputs: Tensor) -> Tensor:
        return torch.sigmoid(self.head(*inputs))


class EntityGraph(nn.Module):
    """What the pair head computes once an article."""

    def __init__(self, head: PairHead) -> None:
        super().__init__()
        self.head = head

    def forward(self, *inputs: Tensor) -> tuple[Tensor, ...]:
        return self.head.known(*inputs)


class PairGraph(nn.Module):
    """What it computes for each pair, followed by the sigmoid."""

    def __init__(self, head: PairHead) -> None:
        super().__init__()
        self.head = head

    def forward(self, *inputs: Tensor) -> Tensor:
        return torch.sigmoid(self.head.scores(*inputs))


KNOWN = ("as_head", "as_tail", "left", "right", "sums", "words", "looks")


def load_model(checkpoint: Path, labels: Labels) -> tuple[Joint, Recipe]:
    """The averaged weights of a checkpoint."""
    state = torch.load(checkpoint, weights_only=True)
    recipe = Recipe(**state["recipe"])
    model = Joint(len(labels.entities), len(labels.relations), recipe.depth, recipe.pool_at, recipe.heads, recipe.inner)
    model.load_state_dict(state["average"])
    return model.eval(), recipe


def write_graph(module: nn.Module, inputs: dict[str, Tensor], axes: dict[str, dict[int, str]], path: Path) -> None:
    """Trace and save as ONNX."""
    outputs = list(KNOWN) if isinstance(module, EntityGraph) else ["result"]
    torch.onnx.export(
        module, tuple(inputs.values()), str(path), input_names=list(inputs), output_names=outputs,
        dynamic_axes=axes, opset_version=OPSET, dynamo=False,
    )


@torch.no_grad()
def example_inputs(model: Joint) -> dict[str, tuple[dict[str, Tensor], dict[str, dict[int, str]]]]:
    """Inputs to trace each graph with, and their free axes."""
    states = torch.randn(40, HIDDEN)
    ends, mean, inside = span_grid(torch.arange(40) // 20)
    first = torch.tensor([0, 5, 9])
    entities = {"first": first, "last": first + 1, "label": torch.tensor([0, 1, 2])}
    pairs = {
        "head": torch.tensor([0, 1]), "tail": torch.tensor([1, 2]),
        "buckets": torch.zeros(2, len(runtime.FEATURE_SIZES), dtype=torch.long), "overlaps": torch.zeros(2, runtime.OVERLAPS),
    }
    known = dict(zip(KNOWN, model.pairs.known(states, *entities.values()), strict=True))
    window = {"pieces": torch.randn(60, HIDDEN), "pool": torch.rand(42, 60), "vectors": torch.randn(42, 300)}
    spans = {"states": states, "ends": ends, "mean": mean.contiguous(), "inside": inside}
    entity, pair, unit = {0: "entities"}, {0: "pairs"}, {0: "units"}
    of_entities = dict.fromkeys((*entities, "as_head", "as_tail", "left", "right"), entity) | {"looks": {0: "entities", 2: "units"}}
    of_units = {"states": unit, "words": unit, "sums": {0: "sums"}}
    return {
        "encoder": (window, {"pieces": {0: "pieces"}, "pool": {0: "slots", 1: "pieces"}, "vectors": {0: "slots"}}),
        "spans": (spans, dict.fromkeys(spans, unit)),
        "entities": ({"states": states} | entities, of_entities | of_units),
        "pairs": (known | entities | pairs, {k: v for k, v in (of_entities | of_units).items() if k != "states"} | dict.fromkeys(pairs, pair)),
    }


def quantise(source: Path, target: Path, reduce_range: bool) -> None:
    """Dynamic int8, one scale a column. Seven-bit weights cannot overflow the 16-bit sums of AVX2."""
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    shaped = source.with_suffix(".shaped.onnx")
    quant_pre_process(str(source), str(shaped), skip_symbolic_shape=True)
    # A matrix product with its sum is one node here, and two in the quantiser, which then adds to its name.
    keep = [node.name for node in onnx.load(str(shaped)).graph.node if "side" in node.name or "overlap" in node.name]
    keep += [f"{name}_MatMul" for name in keep]
    quantize_dynamic(
        str(shaped), str(target), op_types_to_quantize=["MatMul"], per_channel=True,
        reduce_range=reduce_range, weight_type=QuantType.QInt8, nodes_to_exclude=keep,
    )


@torch.no_grad()
def split_encoder(model: Joint, prepared: Prepared, articles: list[Article]) -> None:
    """Find the loud channels on some training articles and split them off."""
    for article in articles:
        article_states(model, prepared, article)
    for layer in model.encoder.layers:
        layer.qkv = SplitLinear(layer.qkv, layer.qkv.loudest()[0])
        layer.feed = SplitFeed(layer.up, layer.down)
        del layer.up, layer.down


def write_graphs(
    model: Joint, folder: Path, reduce_range: bool, full: Path | None, prepared: Prepared, articles: list[Article],
) -> None:
    """The four graphs, quantised; in full precision too if a folder for them is given."""
    make_plain(model)
    split_encoder(model, prepared, articles)
    modules = {
        "encoder": EncoderGraph(model.encoder), "spans": SpanGraph(model.spans),
        "entities": EntityGraph(model.pairs), "pairs": PairGraph(model.pairs),
    }
    inputs = example_inputs(model)
    with tempfile.TemporaryDirectory() as scratch:
        for name, module in modules.items():
            source = Path(scratch) / f"{name}.onnx"
            write_graph(module.eval(), *inputs[name], source)
            quantise(source, folder / f"{name}.onnx", reduce_range)
            if full:
                full.mkdir(parents=True, exist_ok=True)
                (full / f"{name}.onnx").write_bytes(source.read_bytes())


def write_tables(prepared: Path, folder: Path) -> None:
    """Frozen tables and vocabulary."""
    with np.load(prepared / "prepared.npz") as arrays:
        np.savez(
            folder / "tables.npz",
            piece_blocks=arrays["piece_blocks"],
            word_codes=arrays["navec_codes"],
            word_centroids=arrays["navec_centroids"].astype(np.float16),
        )
    document = json.loads((prepared / "vocabulary.json").read_text("utf-8"))
    document.pop("shape", None)
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    (folder / "vocabulary.json").write_text(text, "utf-8")


def write_meta(folder: Path, content: dict[str, object]) -> None:
    """meta.json with the sha256 of all other files of the pack."""
    names = [p.name for p in sorted(folder.iterdir()) if p.is_file() and p.name not in ("meta.json", "card.md")]
    content["files"] = {name: runtime.sha256(folder / name) for name in names}
    (folder / "meta.json").write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


def main() -> None:
    """Command line: see the module text."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, required=True, help="checkpoint file or run folder with best.pt")
    parser.add_argument("--prepared", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--full-range", action="store_true", help="eight-bit weights (may saturate on AVX2)")
    parser.add_argument("--float", type=Path, help="also write the graphs in fp32 to this folder")
    parser.add_argument("--tiny", action="store_true")
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    examples = read_corpus(options.data / "train", 8 if options.tiny else None)
    labels = learn_labels(examples)
    prepared = load_prepared(options.prepared)
    articles = [make_article(example, prepared, labels) for example in examples[::25]]
    checkpoint = options.run / "best.pt" if options.run.is_dir() else options.run
    model, recipe = load_model(checkpoint, labels)
    targets = [options.output] + ([options.float] if options.float else [])
    write_graphs(model, options.output, not options.full_range, options.float, prepared, articles)
    reach = measure_reach(examples, labels)
    pairs = [[labels.entities[a], labels.entities[b], int(reach[a, b])] for a, b in zip(*np.nonzero(reach >= 0), strict=True)]
    for target in targets:
        write_tables(options.prepared, target)
        write_meta(target, {
            "protocol": runtime.PROTOCOL,
            "entity_labels": labels.entities,
            "relation_labels": labels.relations,
            "pairs": pairs,
            "entity_thresholds": dict.fromkeys(labels.entities, 0.4),
            "relation_thresholds": dict.fromkeys(labels.relations, 0.35),
            "calibration": {"entity": [1.0, 0.0], "relation": [1.0, 0.0]},
            "recipe": vars(recipe) | {"max_width": WIDTH, "loud": LOUD},
        })


if __name__ == "__main__":
    main()
