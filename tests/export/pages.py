"""Pages to try things on: small ones, hostile ones, large ones."""

from __future__ import annotations

import dataclasses
from typing import Any

from kg.export.page import Page, PageArticle, PageClaim, PageEdge, PageNode, PageValue

TEXT = (
    "Порт 🚢 закроют 👨‍👩‍👧 на ремонт\n\n"
    "Губернатор Лапшин заявил, что порт закроют в ноябре. Адвокат Соловьёва отрицает обыск.\n"
    "Источник не исключает отставку министра."
)
EVIL = (
    "</script><script>alert(1)</script>",
    '" onload="alert(2)',
    "javascript:alert(3)",
    "<img src=x onerror=alert(4)>",
    "@@DATA@@ ${x} {{7*7}} <!-- ]]>",
    "\u202eИван\u202c \x00" + "\u0308" * 300,
    "Я" * 10_000,
    "\ud800",
)


def claim(number: int, quote: str, standing: Any = "reported", source: str = TEXT, **changes: Any) -> PageClaim:
    begin = source.index(quote)
    made = PageClaim(
        id=f"c{number}",
        text="что сказано",
        quote=quote,
        speaker="Игорь Лапшин",
        speaker_id="lapshin",
        via="",
        modality=standing,
        modality_label="сообщается",
        polarity="affirmed",
        standing=standing,
        confidence=0.9,
        article=0,
        begin=begin,
        end=begin + len(quote),
        cue="заявил",
        contradicts=(),
        time="2025-11",
        modality_en="reported",
    )
    return dataclasses.replace(made, **changes)


def node(name: str, label: str, type_: str = "Person", kind: Any = "entity", **changes: Any) -> PageNode:
    made = PageNode(name, label, type_, {"Person": "Человек"}.get(type_, type_), kind, (), "", (), 1, ())
    return dataclasses.replace(made, **{"type_en": type_.lower(), **changes})


def many(count: int) -> Page:
    """A graph with hubs: node n points at n // 2 and n // 7."""
    nodes = tuple(node(f"n{at}", f"Узел {at}", weight=at % 9) for at in range(count))
    pairs = [(at, at // part) for at in range(1, count) for part in (2, 7)]
    edges = tuple(PageEdge(f"e{k}", f"n{a}", f"n{b}", "связан с", "asserted", ()) for k, (a, b) in enumerate(pairs))
    return Page("Много", nodes, edges, (), ())


def spans(text: str, *starts: str) -> tuple[tuple[int, int], ...]:
    """Sentences that begin with these words and run to the next one, or to the end of the line."""
    begins = [text.index(words) for words in starts]
    found = []
    for at, begin in enumerate(begins):
        end = begins[at + 1] if at + 1 < len(begins) else len(text)
        found.append((begin, begin + len(text[begin:end].split("\n")[0].rstrip())))
    return tuple(found)


def small() -> Page:
    """People, places, events with and without dates, claims that contradict each other, two articles."""
    other = PageArticle("a2", "Другая статья", "2.txt", "2025-10-10", "Банк дал кредит порту.", ((0, 22),))
    third = PageArticle("a3", "", "3.txt", "", "Порт не закроют.", ((0, 16),))
    sentences = spans(TEXT, "Порт", "Губернатор", "Адвокат", "Источник")
    return Page(
        "Новости",
        (
            node("lapshin", "Игорь Лапшин", names=("Лапшин",), note="губернатор", weight=5, claims=(0,),
                 values=(PageValue("возраст", "age", "58", "asserted", (0,)),)),
            node("solov", "Артём Соловьёв", claims=(1,), links=(("Викиданные", "https://www.wikidata.org/wiki/Q1"),)),
            node("port", "Порт", "Facility", claims=(0, 3, 4)),
            node("raid", "Обыск", "Raid", "claimed", claims=(1,), time="2025-10-14", earliest="2025-10-14", latest="2025-10-14", at="city"),
            node("bank", "Банк", "Organization", claims=(3,)),
            node("city", "Мурманск", "City", spot=(68.97, 33.09)),
            node("loan", "Кредит", "Transaction", "event", claims=(3,), time="2024-12", earliest="2024-12-01", latest="2024-12-31", at="city"),
            node("fall", "Отставка", "Dismissal", "claimed", claims=(2,)),
        ),
        (
            PageEdge("e0", "lapshin", "port", "закроет", "reported", (0,), "will close"),
            PageEdge("e1", "solov", "raid", "у кого", "disputed", (1,)),
            PageEdge("e2", "bank", "port", "кредитор", "asserted", (3,)),
            PageEdge("e3", "port", "bank", "должник", "asserted", (3,)),
            PageEdge("e4", "lapshin", "raid", "знал", "possible", (2,)),
            PageEdge("e5", "raid", "city", "место события", "disputed", (1,)),
            PageEdge("e6", "loan", "city", "место события", "asserted", (3,)),
            PageEdge("e7", "loan", "bank", "исполнитель", "asserted", (3,)),
            PageEdge("e8", "lapshin", "port", "говорит о", "disputed", (0,), "speaks about", speech=True),
        ),
        (
            claim(0, "порт закроют в ноябре", contradicts=(4,)),
            claim(1, "обыск", "disputed", speaker="адвокат", speaker_id=None),
            claim(2, "отставку министра", "possible", speaker="источник", speaker_id=None),
            claim(3, "Банк дал кредит", "asserted", other.text, article=1, speaker="", speaker_id=None),
            claim(4, "Порт не закроют", "disputed", third.text, article=2, speaker="профсоюз", speaker_id=None,
                  polarity="negated", contradicts=(0,)),
        ),
        (PageArticle("a1", "Порт закроют", "1.txt", "2025-10-09", TEXT, sentences), other, third),
    )  # fmt: skip


def hostile_page() -> Page:
    """Every text that is shown tries to get out of its place."""
    text = "😀 " + " ".join(EVIL)
    claims = tuple(
        claim(
            at, "alert(2)", "reported", text, id=f"c<{at}>\"'", text=evil, speaker=evil, via=evil, cue=evil, time=evil,
            modality_label=evil, modality_en=evil, contradicts=((at + 1) % len(EVIL),),
        )
        for at, evil in enumerate(EVIL)
    )
    links = (("bad", "javascript:alert(1)"), ("worse", "data:text/html,<script>alert(1)</script>"), EVIL[:2])
    types = ("__proto__", "constructor", "Person", EVIL[0])
    nodes = tuple(
        node(
            f"n<{at}>&\"'",
            evil,
            types[at % 4],
            type_label=evil,
            names=(evil, evil + "2"),
            note=evil,
            claims=(at,),
            links=(*links, (evil, "https://example.org/?a=1&b=2")),
            kind="claimed" if at % 4 == 3 else "entity",
            time=evil,
            earliest=f"20{at:02}-01-01",
            latest=f"20{at:02}-02-01",
            spot=(10.0 * at, 5.0),
            values=(PageValue(evil, evil, evil, "asserted", (at,)),),
        )
        for at, evil in enumerate(EVIL)
    )
    edges = tuple(
        PageEdge(f'e<{at}>"', nodes[at].id, nodes[at - 1].id, evil, "reported", (at,), evil) for at, evil in enumerate(EVIL)
    )
    return Page(EVIL[0], nodes, edges, claims, (PageArticle("a", EVIL[0], EVIL[1], EVIL[3], text, ((0, len(text)),)),))
