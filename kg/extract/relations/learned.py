"""Relations that the trained extractor proposes, tied to mentions and to the word that states them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kg.extract.clause import is_negated
from kg.extract.proposal import RelationProposal
from kg.extract.relations.phrases import is_former, is_journey
from kg.extract.relations.predicates import is_irrealis
from kg.records import Document, Mention, Relation, Sentence, Token

# Relations that a past tense or «бывший» puts into the past.
_LASTING = frozenset({"WORKPLACE", "WORKS_AS", "MEMBER_OF", "OWNER_OF", "SUBORDINATE_OF", "KNOWS", "PLACE_RESIDES_IN"})


def learned_relations(
    document: Document, mentions: Sequence[Mention], proposals: Sequence[RelationProposal]
) -> Iterator[Relation]:
    """Proposals whose two mentions were both settled as proposed."""
    index = {(m.start, m.end, m.label): m for m in mentions}
    for one in proposals:
        head = index.get((one.head.start, one.head.end, one.head_label))
        tail = index.get((one.tail.start, one.tail.end, one.tail_label))
        if head is not None and tail is not None and head.id != tail.id and not _is_wrong(document, one.label, head, tail):
            yield _relation(document, one, head, tail)


def _is_wrong(document: Document, label: str, head: Mention, tail: Mention) -> bool:
    """What the words show to be otherwise: one of many, a way from one place to the other, a name beside its own beginning."""
    if label == "LOCATED_IN":
        return is_journey(document, head, tail) or (head.sentence == tail.sentence and head.head == tail.head)
    return _is_one_of_many(document, label, tail)


def _is_one_of_many(document: Document, label: str, post: Mention) -> bool:
    """«один из влиятельных политиков»: a plural post names a crowd, not what one person is."""
    token = document.sentences[post.sentence].tokens[post.head]
    return label == "WORKS_AS" and token.number == "Plur"


def _relation(document: Document, one: RelationProposal, head: Mention, tail: Mention) -> Relation:
    span = head.span.cover(tail.span)
    anchor, presupposed, verb = max(head.start, tail.start), False, None
    sentence = document.sentences[head.sentence]
    if head.sentence == tail.sentence:
        verb = _stating_verb(sentence, head, tail)
        presupposed = verb is None
        anchor = verb.start if verb is not None else head.start
    former = any(m.label == "PROFESSION" and is_former(document.sentences[m.sentence], m) for m in (head, tail))
    past = one.label in _LASTING and (former or (verb is not None and _is_over(verb)))
    return Relation(
        one.label, head.id, tail.id, span.start, span.end, anchor, one.confidence, one.found_by, presupposed=presupposed,
        negated=verb is not None and is_negated(sentence, verb), irrealis=verb is not None and is_irrealis(sentence, verb), past=past,
    )  # fmt: skip


def _is_over(verb: Token) -> bool:
    """«работал», «был»: an imperfective past says that it has ended."""
    return verb.feats.get("Tense") == "Past" and verb.feats.get("Aspect") == "Imp"


def _stating_verb(sentence: Sentence, head: Mention, tail: Mention) -> Token | None:
    """The verb on the way between two mentions in the tree; None inside one noun phrase."""
    up = _path(sentence, head.head)
    down = _path(sentence, tail.head)
    common = next((i for i in up if i in down), None)
    if common is None:
        return None
    way = [*up[: up.index(common) + 1], *down[: down.index(common)]]
    verbs: Mapping[int, Token] = {i: sentence.tokens[i] for i in way if sentence.tokens[i].is_verb and i not in (head.head, tail.head)}
    return verbs.get(common) or next(iter(verbs.values()), None)


def _path(sentence: Sentence, index: int) -> list[int]:
    return [index, *(t.index for t in sentence.ancestors(index))]
