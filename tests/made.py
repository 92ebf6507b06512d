"""Articles made for tests of resolution: a line of names, without any reading of language."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from kg.records import Article, Facts, Mention, Relation, Span


def made(name: str, mentions: Sequence[tuple[str, str]], ties: Sequence[tuple[int, str, int]] = (), date: str | None = None) -> Facts:
    """An article whose sentences are its mentions: (NEREL label, nominative) each.

    `ties` are relations between mentions by their places in the list.
    """
    text, found, sentences = f"{name}\n", [], []
    for number, (label, normal) in enumerate(mentions):
        start = len(text)
        text += f"{normal} здесь.\n"
        found.append(Mention(f"m{number}", start, start + len(normal), label, normal, number, 0, 1.0, "made"))
        sentences.append(Span(start, len(text) - 1))
    relations = []
    for head, label, tail in ties:
        one, other = found[head].span, found[tail].span
        whole = one.cover(other)
        relations.append(Relation(label, f"m{head}", f"m{tail}", whole.start, whole.end, one.start, 0.9, "made", presupposed=True))
    sha = hashlib.sha256(text.encode()).hexdigest()
    article = Article(f"{name}.txt", text, sha, "utf-8", name, (Span(0, len(text) - 1),), date, "given" if date else None)
    return Facts(article, tuple(sentences), tuple(found), relations=tuple(relations))
