"""The endpoint for people: a form with the named questions, and answers as a table."""

from __future__ import annotations

import json
import re
from html import escape
from typing import Any
from urllib.parse import quote

from kg.graph.store import questions

_MOST_ROWS = 1000
_EMPTY = "PREFIX kg: <https://w3id.org/ru-news-kg/ontology#>\nPREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n\nSELECT ?name WHERE {\n  ?person a kg:Person ; rdfs:label ?name\n} ORDER BY ?name\n"
_PAGE = """<!doctype html>
<html lang="ru"><head><meta charset="utf-8"><title>kg · SPARQL</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
body {{ font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; color: #1b1f24; background: #fff }}
textarea {{ width: 100%; box-sizing: border-box; font: 14px/1.45 ui-monospace, monospace; padding: .6rem; min-height: 14rem }}
button {{ font: inherit; padding: .35rem 1.2rem; margin: .6rem 0 }}
table {{ border-collapse: collapse; margin-top: 1rem }}
th, td {{ border: 1px solid #d0d7de; padding: .3rem .6rem; text-align: left; vertical-align: top; overflow-wrap: break-word; max-width: 36rem }}
th {{ background: #f3f5f7; white-space: nowrap }} .wide {{ overflow-x: auto }} pre {{ overflow: auto; background: #f3f5f7; padding: .6rem }}
.wrong {{ color: #a40e26; white-space: pre-wrap }} nav li {{ margin: .15rem 0 }}
@media (prefers-color-scheme: dark) {{ body {{ color: #e6e8eb; background: #15181c }} th, pre {{ background: #22272e }} th, td {{ border-color: #3a414a }}
a {{ color: #7ab7ff }} textarea {{ color: inherit; background: #1d2126 }} .wrong {{ color: #ff8a8a }} }}
</style></head><body>
<p><a href="/">страница графа</a> · <a href="/graph.ttl">graph.ttl</a></p>
<h1>Вопрос на SPARQL</h1>
<form method="get" action="/sparql"><label for="query">Запрос к графу (только чтение)</label>
<textarea id="query" name="query" spellcheck="false">{query}</textarea><button>Спросить</button></form>
{below}
</body></html>
"""


def form(query: str = _EMPTY, wrong: str | None = None) -> str:
    """The page with a query in its field; `wrong` says what is wrong with it."""
    message = f'<p class="wrong" role="alert">{escape(wrong)}</p>' if wrong else ""
    return _PAGE.format(query=escape(query), below=f"{message}{_named()}")


def answered(query: str, answer: str, is_rows: bool) -> str:
    """The page with an answer below the query: SPARQL results in JSON as a table, triples as they are."""
    return _PAGE.format(query=escape(query), below=_table(json.loads(answer)) if is_rows else f"<pre>{escape(answer)}</pre>")


def _named() -> str:
    """Links to the named questions that are about nobody in particular."""
    links = [
        f'<li><a href="/sparql?query={quote(q.sparql)}">{escape(q.ru)}</a></li>'
        for q in questions().values()
        if not re.search(r"^# about:", q.sparql, re.MULTILINE)
    ]
    return f"<nav aria-label='вопросы'><h2>Готовые вопросы</h2><ul>{''.join(links)}</ul></nav>"


def _table(results: Any) -> str:
    """SPARQL 1.1 Query Results in JSON."""
    if "boolean" in results:
        return f"<p>{'да' if results['boolean'] else 'нет'}</p>"
    columns, found = results["head"]["vars"], results["results"]["bindings"]
    head = "".join(f"<th>{escape(column)}</th>" for column in columns)
    rows = "".join(f"<tr>{''.join(_cell(row.get(column)) for column in columns)}</tr>" for row in found[:_MOST_ROWS])
    more = f"<p>Показаны первые {_MOST_ROWS} строк из {len(found)}.</p>" if len(found) > _MOST_ROWS else f"<p>Строк: {len(found)}</p>"
    return f"{more}<div class='wide'><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"


def _cell(term: dict[str, str] | None) -> str:
    return f"<td>{escape(term['value']) if term else ''}</td>"
