"""Article → Document: lines, sentences, words, morphology, dependency trees, lemmas."""

from __future__ import annotations

from types import MappingProxyType

from razdel import tokenize

from kg.records import Article, Document, Sentence, Token
from kg.text.clean import Cleaned, clean
from kg.text.matching import noun_key
from kg.text.models import score_heads, tag_morphology, vocabulary
from kg.text.sentences import sentences
from kg.text.subjects import mended
from kg.text.syntax import heads

MOST_WORDS = 250
_POS = {"PROPN": "NOUN", "AUX": "VERB", "DET": "ADJ", "NUM": "NOUN"}


def annotate(article: Article) -> Document:
    """Read the article's lines one by one (a sentence never runs over the end of a line)."""
    pieces: list[tuple[int, Cleaned, int, list[tuple[str, int, int]]]] = []
    for number, line in enumerate(article.lines):
        cleaned = clean(article.text, line)
        for start, stop in sentences(cleaned.text):
            words = [(w.text, w.start, w.stop) for w in tokenize(cleaned.text[start:stop])]
            for at in range(0, len(words), MOST_WORDS):
                part = words[at : at + MOST_WORDS]
                if part:
                    pieces.append((number, cleaned, start, part))
    items = [[word for word, _, _ in piece[3]] for piece in pieces]
    morphology, scored = tag_morphology(items), score_heads(items)
    read = []
    for index, (piece, tags, (scores, rels)) in enumerate(zip(pieces, morphology, scored, strict=True)):
        read.append(_sentence(index, piece, tags, heads(scores), rels))
    return Document(article, tuple(read))


def _sentence(
    index: int,
    piece: tuple[int, Cleaned, int, list[tuple[str, int, int]]],
    tags: list[tuple[str, dict[str, str]]],
    tree: list[int],
    rels: list[str],
) -> Sentence:
    line, cleaned, offset, words = piece
    first, last = offset + words[0][1], offset + words[-1][2]
    tokens = []
    for i, ((word, start, stop), (pos, tagged), head, rel) in enumerate(zip(words, tags, tree, rels, strict=True)):
        feats = _with_future(word, tagged)
        tokens.append(
            Token(
                index=i,
                text=word,
                start=cleaned.starts[offset + start],
                end=cleaned.ends[offset + stop - 1],
                lemma=lemmatize(word, pos, feats),
                pos=pos,
                feats=MappingProxyType(feats),
                head=head,
                rel="root" if head < 0 else ("dep" if rel == "root" else rel),
            )
        )
    return Sentence(
        index, line, cleaned.text[first:last], cleaned.starts[first:last], cleaned.ends[first:last], mended(tokens)
    )


def _with_future(word: str, feats: dict[str, str]) -> dict[str, str]:
    """«будет», «будут» are future; the tagger, as its training corpus does, calls them present."""
    is_future = word.lower() in _FUTURE and feats.get("Tense") == "Pres"
    return {**feats, "Tense": "Fut"} if is_future else feats


_FUTURE = frozenset({"буду", "будешь", "будет", "будем", "будете", "будут"})


def lemmatize(word: str, pos: str, feats: dict[str, str]) -> str:
    """The dictionary form whose part of speech and features fit best, in lower case, ё as е."""
    lower = word.lower()
    listed = noun_key(lower.replace("ё", "е")) if pos in ("NOUN", "ADJ", "PROPN") else None
    if listed:
        return listed
    best, most = lower, 0
    for form in vocabulary()(lower):
        same = _POS.get(form.pos, form.pos) == _POS.get(pos, pos)
        score = 3 * same + sum(form.feats.get(k) == v for k, v in feats.items() if k in _COMPARED)
        if score > most:
            best, most = form.normal, score
    return str(best).replace("ё", "е")


_COMPARED = frozenset({"Case", "Gender", "Number", "Aspect", "Person", "Tense", "Variant", "VerbForm"})
