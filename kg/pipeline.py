"""The whole program on one screen: read → annotate → extract → resolve → assemble → export.

Documents are read and extracted one by one, in worker processes when `jobs` is above one; what
is read out of an article never depends on the others. Resolution and assembly see them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path, PurePosixPath

from kg import __version__
from kg.deadline import DeadlineError, limited, seconds_for
from kg.errors import Refusal, UsageError
from kg.export.brat import standoff
from kg.export.files import manifest, prepare_folder, replace_all
from kg.export.jsonl import line
from kg.export.turtle import turtle
from kg.export.view import view
from kg.export.viewers import draw
from kg.extract import extract
from kg.graph.assemble import assemble
from kg.graph.model import Graph
from kg.ids import Minter, digest
from kg.read import read
from kg.records import Article, Facts, Resolution
from kg.resolve import resolve
from kg.resolve.curation import Curation
from kg.text import gazetteer
from kg.text.annotate import annotate

Tick = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Read:
    """What came out of the input: facts article by article, and what was refused."""

    facts: tuple[Facts, ...]
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Built:
    """A finished build."""

    graph: Graph
    read: Read
    resolution: Resolution
    curation: Curation


def read_facts(
    paths: Sequence[str | Path], jobs: int = 1, tick: Tick = lambda _: None, extractor: str | None = None
) -> Read:
    """Read and extract every article below the paths. Raises UsageError when there is none."""
    items = list(read(paths))
    refusals = [item for item in items if isinstance(item, Refusal)]
    articles: list[Article] = []
    seen: dict[str, str] = {}
    for item in sorted((i for i in items if isinstance(i, Article)), key=lambda a: (a.name, a.sha256)):
        if item.sha256 in seen:
            refusals.append(Refusal(item.name, "duplicate", f"has the same text as {seen[item.sha256]!r}; read once"))
        else:
            seen[item.sha256] = item.name
            articles.append(item)
    if not articles:
        told = "".join(f"\n  {refusal}" for refusal in refusals)
        raise UsageError("no article to read: give text files or folders that hold some" + told)
    facts: list[Facts] = []
    for result in _extracted(articles, jobs, extractor):
        tick(result.path if isinstance(result, Refusal) else result.article.name)
        (refusals if isinstance(result, Refusal) else facts).append(result)  # type: ignore[arg-type]
    return Read(tuple(facts), tuple(sorted(refusals, key=lambda r: (r.path, r.code))))


def _extracted(articles: Sequence[Article], jobs: int, extractor: str | None) -> Iterator[Facts | Refusal]:
    work = partial(facts_of, extractor=extractor)
    if jobs < 2 or len(articles) < 2:
        yield from map(work, articles)
        return
    with ProcessPoolExecutor(min(jobs, len(articles)), initializer=gazetteer.use, initargs=(gazetteer.added(),)) as pool:
        yield from pool.map(work, articles, chunksize=max(1, min(16, len(articles) // (jobs * 2))))


def facts_of(article: Article, extractor: str | None = None) -> Facts | Refusal:
    """Annotate and extract one article; a failure costs this article alone, and says where."""
    try:
        with limited(seconds_for(len(article.text))):
            return extract(annotate(article), extractor)
    except DeadlineError as error:
        return Refusal(article.name, "too slow", f"{error}; split it, and please report this text")
    except (RecursionError, MemoryError, ValueError, KeyError, IndexError, TypeError, AssertionError) as error:
        return Refusal(article.name, "failed", f"{type(error).__name__}: {error}; please report this text")


Linker = Callable[[Resolution], Resolution]
"""Gives more links to the entities of a resolution."""


def build_graph(read_: Read, base: str, curation: Curation | None = None, linker: Linker = lambda found: found) -> Built:
    """Resolve and assemble; what people decided is replayed."""
    minter, curation = Minter(base), curation or Curation()
    resolution = linker(resolve(read_.facts, minter, curation))
    graph = assemble(read_.facts, resolution, minter, ingredients(), curation)
    return Built(graph, read_, resolution, curation)


def ingredients() -> dict[str, str]:
    """Versions that decide the result, and the names that the user added."""
    names = ("natasha", "slovnet", "razdel", "navec", "pymorphy2", "pymorphy2-dicts-ru")
    own = {"user gazetteer": digest(gazetteer.added(), length=64)} if gazetteer.added() else {}
    return {"kg": __version__, **{name: version(name) for name in names}, **own}


def build(
    paths: Sequence[str | Path], folder: Path, base: str, jobs: int = 1, tick: Tick = lambda _: None,
    extractor: str | None = None, curation: Curation | None = None, linker: Linker = lambda found: found,
    viewer: str = "explorer",
) -> Built:  # fmt: skip
    """The main job: articles in; graph.ttl, graph.html and manifest.json out, whole or not at all."""
    prepare_folder(folder)
    built = build_graph(read_facts(paths, jobs, tick, extractor), base, curation, linker)
    files = {
        "graph.ttl": turtle(built.graph),
        "graph.html": draw(view(built.graph, "Кто что сказал"), viewer),
    }
    files |= texts(f.article for f in built.read.facts)
    replace_all(folder, {**files, "manifest.json": _manifest(built, files)})
    return built


def texts(articles: Iterable[Article]) -> dict[str, bytes]:
    """The texts that were taken out of pages, for offsets count in them: `texts/NAME.txt`."""
    files: dict[str, bytes] = {}
    for article in articles:
        if article.is_taken_out:
            name = f"texts/{article.name}.txt"
            files[f"texts/{article.name}-{article.sha256[:6]}.txt" if name in files else name] = article.text.encode("utf-8")
    return files


def _manifest(built: Built, files: dict[str, bytes]) -> bytes:
    graph = built.graph
    counts = {
        "articles": len(graph.articles),
        "claims": len(graph.claims),
        "entities": len(graph.entities),
        "events": sum(e.accepted for e in graph.events),
        "claimed_events": sum(not e.accepted for e in graph.events),
        "statements": len(graph.statements),
        "accepted_statements": sum(s.status == "accepted" for s in graph.statements),
        "doubtful_pairs": len(built.resolution.doubts),
        "refusals": len(built.read.refusals),
        "stories": len({story.iri for story in graph.stories.values()}),
    }
    articles = [
        {"file": a.name, "iri": iri, "sha256": a.sha256, "encoding": a.encoding, "date": a.date, "date_source": a.date_source,
         "title": a.title, "warnings": list(a.warnings)}
        for iri, a in sorted(graph.articles.items())
    ]  # fmt: skip
    refusals = [{"file": r.path, "code": r.code, "reason": r.reason} for r in built.read.refusals]
    return manifest(files, counts, articles, refusals, dict(graph.run), _curation(built.curation))


def _curation(curation: Curation) -> dict[str, object]:
    """What the file of decisions did; empty without one."""
    if not curation.source:
        return {}
    return {
        "file": curation.source,
        "decisions": len(curation.decisions),
        "unmatched_lines": [d.line for d in curation.unmatched],
        "overruled_lines": [d.line for d in curation.overruled],
    }


def extracted(
    paths: Sequence[str | Path], form: str, base: str, jobs: int = 1, tick: Tick = lambda _: None,
    extractor: str | None = None, curation: Curation | None = None,
) -> tuple[dict[str, bytes], tuple[Refusal, ...]]:  # fmt: skip
    """Files of `kg extract`, by name, and what was refused."""
    read_ = read_facts(paths, jobs, tick, extractor)
    resolution = resolve(read_.facts, Minter(base), curation)
    facts = sorted(read_.facts, key=lambda f: f.article.name)
    if form == "brat":
        files: dict[str, bytes] = {}
        for each in facts:
            name = str(PurePosixPath(each.article.name).with_suffix(".ann"))
            if name in files:
                name = f"{name.removesuffix('.ann')}-{each.article.sha256[:6]}.ann"
            files[name] = standoff(each, resolution).encode("utf-8", "replace")
            if each.article.is_taken_out:
                files[f"{name.removesuffix('.ann')}.txt"] = each.article.text.encode("utf-8")
        return files, read_.refusals
    lines = "".join(line(each, resolution) + "\n" for each in facts)
    taken_out = texts(each.article for each in facts)
    return {"articles.jsonl": lines.encode("utf-8", "backslashreplace"), **taken_out}, read_.refusals
