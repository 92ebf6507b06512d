"""Write docs/reference from its sources: the ontology, the command line, the named questions, the exports.

python docs/generate.py            write the files
python docs/generate.py --check    exit 1 and name the files that are out of date
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import pyoxigraph as ox

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
KG = "https://w3id.org/ru-news-kg/ontology#"
NOTICE = "<!-- Written by docs/generate.py. Change the source, not this file. -->"

_NAMES = {
    KG: "",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
    "http://www.w3.org/2000/01/rdf-schema#": "rdfs:",
    "http://www.w3.org/2002/07/owl#": "owl:",
    "http://www.w3.org/2001/XMLSchema#": "xsd:",
    "http://www.w3.org/2004/02/skos/core#": "skos:",
    "https://schema.org/": "schema:",
    "http://id.loc.gov/datatypes/edtf/": "edtf:",
}


# ------------------------------------------------------------------ the ontology


@dataclass(frozen=True)
class Group:
    """A block of kg.ttl: its headings, and the names of its terms in the order of the file."""

    part: str
    title: str
    terms: tuple[str, ...]


def groups(turtle: str) -> list[Group]:
    """The blocks of kg.ttl by its comment headings."""
    found: list[tuple[str, str, list[str]]] = []
    part, lines = "", turtle.splitlines()
    for number, line in enumerate(lines):
        above = lines[number - 1] if number else ""
        if line.startswith("# ") and above.startswith("# ===") and len(line) < 60:
            part = line[2:]
        elif line.startswith("# ") and above.startswith("# ---") and not line.startswith("# ---"):
            found.append((part, line[2:], []))
        elif (
            re.fullmatch(r"# [A-Z][a-z ]+", line)
            and above == ""
            and found
            and found[-1][1].startswith("Classes: events")
        ):
            found.append((part, "Classes: events: " + line[2:].lower(), []))
        elif term := re.match(r"kg:(\w+) a ", line):
            found[-1][2].append(term[1])
    return [Group(part, title, tuple(names)) for part, title, names in found if names]


class Ontology:
    """Look-ups over kg.ttl."""

    def __init__(self) -> None:
        self.store = ox.Store()
        self.store.load(path=str(ROOT / "ontology" / "kg.ttl"), format=ox.RdfFormat.TURTLE)

    def objects(self, subject: str, predicate: str) -> list[ox.NamedNode | ox.Literal]:
        found = [q.object for q in self.store.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate), None)]
        return sorted((o for o in found if isinstance(o, ox.NamedNode | ox.Literal)), key=lambda o: o.value)

    def text(self, name: str, predicate: str, language: str) -> str:
        found = (
            o.value for o in self.objects(KG + name, predicate) if isinstance(o, ox.Literal) and o.language == language
        )
        return " ".join(found)

    def names(self, name: str, predicate: str, mark: str = "") -> list[str]:
        return [_short(o.value) + mark for o in self.objects(KG + name, predicate)]


def _short(iri: str) -> str:
    for start, prefix in _NAMES.items():
        if iri.startswith(start):
            name = iri.removeprefix(start)
            return f"[{name}](#{name})" if start == KG else f"`{prefix}{name}`"
    return f"<{iri}>"


def ontology_page() -> str:
    ontology = Ontology()
    turtle = (ROOT / "ontology" / "kg.ttl").read_text(encoding="utf-8")
    about = KG.removesuffix("#")
    version = ontology.objects(about, "http://www.w3.org/2002/07/owl#versionInfo")[0].value
    found = groups(turtle)
    count = sum(len(group.terms) for group in found)
    lines = [
        NOTICE, "", "# The ontology", "",
        f"Version {version}, {count} terms. Namespace `{KG}`, prefix `kg:`; the tables leave the prefix out. Source: `ontology/kg.ttl`; "
        "rules for changing it: `ontology/README.md`.", "",
        "*NEREL* is the label of the term in the NEREL corpus; ← means that NEREL runs the relation the other way. "
        "*Domain* and *range* tell where a property is used. † marks those from which a reasoner infers a type (`rdfs:domain`, `rdfs:range`); "
        "the others (`schema:domainIncludes`, `schema:rangeIncludes`) infer nothing.", "",
    ]  # fmt: skip
    notes = {
        o.language: o.value
        for o in ontology.objects(about, "http://www.w3.org/2004/02/skos/core#note")
        if isinstance(o, ox.Literal)
    }
    lines += [notes["en"], "", notes["ru"], ""]
    part = ""
    for group in found:
        if group.part != part:
            part = group.part
            lines += [f"## {part}", ""]
        title = re.sub("^(?:Classes|Properties): ", "", group.title)
        lines += [f"### {title[0].upper()}{title[1:]}", "", *_table([_row(ontology, name) for name in group.terms]), ""]
    return "\n".join(lines)


def _row(ontology: Ontology, name: str) -> dict[str, str]:
    skos, rdfs, schema = (
        "http://www.w3.org/2004/02/skos/core#",
        "http://www.w3.org/2000/01/rdf-schema#",
        "https://schema.org/",
    )

    def definition(language: str) -> str:
        note = ontology.text(name, skos + "scopeNote", language)
        return ontology.text(name, skos + "definition", language) + (f" *{note}*" if note else "")

    def ends(side: str) -> str:
        return ", ".join(ontology.names(name, rdfs + side, " †") + ontology.names(name, schema + side + "Includes"))

    types = [o.value for o in ontology.objects(KG + name, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type")]
    kinds = ontology.names(name, rdfs + "subClassOf") + ontology.names(name, rdfs + "subPropertyOf")
    kinds += [_short(t) for t in types if t.startswith(KG)]
    inverse = any(o.value == "true" for o in ontology.objects(KG + name, KG + "nerelInverse"))
    labels = [f"`{o.value}`" + (" ←" if inverse else "") for o in ontology.objects(KG + name, KG + "nerelLabel")]
    return {
        "Term": f'<a id="{name}"></a>`{name}`',
        "По-русски": ontology.text(name, rdfs + "label", "ru"),
        "In English": ontology.text(name, rdfs + "label", "en"),
        "Definition": f"{definition('en')}<br>{definition('ru')}",
        "Example": ontology.text(name, skos + "example", "ru"),
        "NEREL": ", ".join(labels),
        "Parents": ", ".join(kinds),
        "Domain": ends("domain"),
        "Range": ends("range"),
    }


def _table(rows: list[dict[str, str]]) -> Iterator[str]:
    """A Markdown table without the columns that are empty throughout."""
    columns = [column for column in rows[0] if any(row[column] for row in rows)]
    yield "| " + " | ".join(columns) + " |"
    yield "|" + "---|" * len(columns)
    for row in rows:
        yield "| " + " | ".join(row[column].replace("|", "\\|").replace("\n", " ") for column in columns) + " |"


# ------------------------------------------------------------------ the command line


def cli_page() -> str:
    from kg.cli import cli

    lines = [
        NOTICE, "", "# The command line", "",
        "Exit codes: 0 done; 1 done with refusals, or a check failed; 2 wrong usage, or nothing could be done. "
        "Data goes to standard output, messages for people to standard error.", "",
        "## kg", "", "```text", help_of(cli, "kg"), "```", "",
    ]  # fmt: skip
    for name, command in sorted(cli.commands.items()):
        lines += [f"## kg {name}", "", "```text", help_of(command, f"kg {name}"), "```", ""]
    return "\n".join(lines)


def help_of(command: click.Command, name: str) -> str:
    """The `--help` of a command, a hundred columns wide whatever the terminal."""
    context = click.Context(
        command, info_name=name, terminal_width=100, max_content_width=100, help_option_names=["-h", "--help"]
    )
    return "\n".join(line.rstrip() for line in command.get_help(context).splitlines())


# ------------------------------------------------------------------ the questions


def questions_page() -> str:
    files = sorted((ROOT / "ontology" / "questions").glob("*.rq"))
    lines = [
        NOTICE, "", "# Named questions", "",
        f"{len(files)} questions, asked with `kg query --named NAME`. Where the command below has `--about`, the question is about somebody or "
        "something; without `--about` it is answered for every entity. Each is plain SPARQL 1.1 and gives the same rows in rdflib and in Oxigraph. "
        "Answers on `seeds/` are in `ontology/questions/expected/`.", "",
        "«автор» stands for the author of the article. `reported, alleged` reads: a speaker states it, and hedges it in the same words "
        "(«утверждает, что якобы»).", "",
    ]  # fmt: skip
    for path in files:
        text = path.read_text(encoding="utf-8")
        heads = dict(re.findall(r"^# (ru|en|about): (.+)$", text, re.MULTILINE))
        about = ' --about "Рамиз Мехтиев"' if "about" in heads else ""
        select = re.search(r"^SELECT (?:DISTINCT )?(.+?) WHERE", text, re.MULTILINE)
        columns = re.findall(r"\?(\w+)", select[1]) if select else []
        body = text[text.index("PREFIX") :].strip()
        lines += [
            f"## {path.stem}", "", heads["en"], "", heads["ru"], "",
            f"`kg query --named {path.stem}{about}`", "", "Columns: " + ", ".join(f"`{c}`" for c in columns) + ".", "",
            "```sparql", body, "```", "",
        ]  # fmt: skip
    return "\n".join(lines)


# ------------------------------------------------------------------ the exports


def exports_page() -> str:
    from kg.export.columns import EDGE_COLUMNS, NODE_COLUMNS
    from kg.export.ftm_map import DATES, LINKS, SCHEMATA, UNKNOWN, WORDS

    lines = [
        NOTICE, "", "# What the exports hold", "",
        "What `kg export` writes of nodes and edges into GraphML, GEXF and CSV, and what becomes what in FollowTheMoney. "
        "How to use the formats: [how-to.md](../how-to.md#take-the-graph-elsewhere).", "",
    ]  # fmt: skip
    for title, own, columns in (
        ("Nodes", "Also: the id (an IRI of graph.ttl) and the label.", NODE_COLUMNS),
        ("Edges", "Also: the id (of a statement its IRI), source, target and the label.", EDGE_COLUMNS),
    ):
        rows = [{"Column": f"`{c.name}`", "Type": c.type, "What it holds": c.about} for c in columns]
        lines += [f"## {title}", "", f"{own} A cell is empty, or left out, where nothing is known.", "", *_table(rows), ""]
    classes = [{"Class": f"`{name}`", "Schema": f"`{schema}`"} for name, schema in SCHEMATA.items()]
    links = [
        {"Property": f"`{name}`", "Schema": f"`{link.schema}`", "Subject": f"`{link.subject}` ({link.subject_is})", "Object": f"`{link.object}` ({link.object_is})"}
        for name, link in LINKS.items()
    ]  # fmt: skip
    values = [{"Of a": f"`{schema}`", "Property": f"`{name}`", "Becomes": f"`{to}`"} for (schema, name), to in {**DATES, **WORDS}.items()]
    lines += [
        "## FollowTheMoney: classes", "",
        "An organisation that somebody owns is a `Company`, because only a company can be owned there. An accepted event is an `Event`, an article an `Article`, "
        "a claim that is no fact a `Note`. Other classes are not written.", "", *_table(classes), "",
        "## FollowTheMoney: links", "",
        f"Accepted statements only. Where an end is of another schema, and for every other property, the link is an `{UNKNOWN.schema}` whose `role` names the property. "
        "`proof` are the articles that state it in their own voice, `summary` their words, `recordId` the IRI in graph.ttl.", "", *_table(links), "",
        "## FollowTheMoney: properties", "", *_table(values), "",
    ]  # fmt: skip
    return "\n".join(lines)


PAGES = {"ontology.md": ontology_page, "cli.md": cli_page, "questions.md": questions_page, "exports.md": exports_page}


def stale() -> list[str]:
    """Names of the pages that differ from what would be written now."""
    found = []
    for name, page in PAGES.items():
        path = REFERENCE / name
        if not path.is_file() or path.read_text(encoding="utf-8") != page():
            found.append(f"docs/reference/{name}")
    return found


def main() -> int:
    sys.path.insert(0, str(ROOT))
    if sys.argv[1:] == ["--check"]:
        old = stale()
        for name in old:
            print(f"{name} is out of date; run: python docs/generate.py", file=sys.stderr)
        return 1 if old else 0
    if sys.argv[1:]:
        print(__doc__, file=sys.stderr)
        return 2
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (REFERENCE / name).write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
