"""Who goes on speaking: a pronoun, a bare document or an impersonal verb takes up the speaker before.

«… заявил Ляшко. «Это работа спецслужб», — добавил он»; «В заявлении говорится …»; «Отмечается, что …».
A speaker is kept as long as no other person comes to be the subject in between.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extract.anaphora import Referents
from kg.extract.claims.naming import folded_possessive
from kg.extract.claims.speaker import told_as
from kg.records import Claim, Document, Sentence, Token

_REACH = 3
_ISSUED = frozenset(
    ["заявление", "сообщение", "пресс-релиз", "релиз", "материал", "статья", "публикация", "коммюнике", "обращение", "пост", "запись", "записка", "письмо", "послание", "документ", "поздравление", "телеграмма", "приветствие", "соболезнование", "интервью", "видеообращение"]
)
_IMPERSONAL = frozenset({"сообщаться", "отмечаться", "говориться", "подчеркиваться", "уточняться", "указываться", "добавляться", "утверждаться"})


def chained(document: Document, claims: Sequence[Claim], referents: Referents) -> list[Claim]:
    """Claims in text order, with speakers carried on."""
    out: list[Claim] = []
    for claim in claims:
        told = _told_around(document, claim, out)
        if told is not None:
            claim = _carried_on(document, claim, told, referents)
        out.append(claim)
    return out


def _told_around(document: Document, claim: Claim, earlier: Sequence[Claim]) -> Claim | None:
    """For «он» in somebody's indirect speech that speaker himself; in quoted speech, nobody; else who spoke before."""
    if claim.parent is None:
        return _told_before(document, claim, earlier)
    parent = next((c for c in earlier if c.id == claim.parent), None)
    if parent is None or document.article.text[parent.start - 1 : parent.start] in ("«", '"', "“", "„"):
        return None
    return parent if parent.speaker_kind in ("person", "anonymous") and (parent.speaker or parent.speaker_name) else None


def _told_before(document: Document, claim: Claim, earlier: Sequence[Claim]) -> Claim | None:
    """The last claim before, of the sentences near by, that names who tells and is no part of this one."""
    here = document.sentence_at(claim.cue.start) if claim.cue else None
    if here is None:
        return None
    for other in reversed(earlier):
        if other.cue is None or other.parent is not None or not (other.speaker or other.speaker_name):
            continue
        there = document.sentence_at(other.cue.start)
        if there is None or here.index - there.index > _REACH:
            return None
        if claim.parent == other.id or (claim.cue is not None and other.span.holds(claim.cue)):
            continue
        return other
    return None


def _carried_on(document: Document, claim: Claim, told: Claim, referents: Referents) -> Claim:
    sentence, token = _pointing(document, claim)
    if sentence is None:
        return claim
    if claim.speaker_name is not None and " " not in claim.speaker_name and (told.speaker_name or "").startswith(claim.speaker_name + " "):
        return _as(claim, told)  # «адвокат Лямина сообщил …; по словам адвоката»
    if token is not None and (_is_he(token) or _is_they(token)):
        return _as(claim, told) if _is_same(document, claim, told, token, referents) else claim
    if token is not None and token.lemma in _ISSUED and claim.speaker is None and claim.speaker_kind == "document" and claim.via_name is None:
        bare = claim.speaker_name is not None and " " not in claim.speaker_name
        if bare and told.speaker_kind in ("organization", "person"):
            return replace(_as(claim, told), via=None, via_name=claim.speaker_name)
    if claim.speaker_kind == "author" and claim.parent is None and _is_impersonal(sentence, claim):
        if told.via is not None and referents.is_outlet(told.via):
            return replace(claim, speaker=told.via, speaker_name=None, speaker_kind="organization")
        return _as(claim, told)
    return claim


def _pointing(document: Document, claim: Claim) -> tuple[Sentence | None, Token | None]:
    sentence = document.sentence_at(claim.cue.start) if claim.cue else None
    if sentence is None or claim.speaker_span is None:
        return sentence, None
    return sentence, sentence.at(claim.speaker_span.start)


def _is_he(token: Token) -> bool:
    return (token.pos == "PRON" and token.lemma in ("он", "она")) or (folded_possessive(token) and token.lemma != "их")


def _is_they(token: Token) -> bool:
    return token.lemma in ("они", "их")


def _as(claim: Claim, told: Claim) -> Claim:
    return replace(told_as(claim, told), via=claim.via or told.via, via_name=claim.via_name or told.via_name)


def _is_same(document: Document, claim: Claim, told: Claim, token: Token, referents: Referents) -> bool:
    """The speaker before fits the pronoun, and nobody else has become the subject since."""
    if _is_they(token):
        return claim.speaker_name is None and told.speaker_kind in ("group", "organization", "anonymous")
    if told.speaker_kind not in ("person", "anonymous"):
        return False
    gender = token.gender or {"он": "Masc", "его": "Masc", "она": "Fem", "ее": "Fem"}.get(token.lemma, "")
    own = referents.gender_of(told.speaker) if told.speaker else ("Masc" if told.speaker_kind == "anonymous" else "")
    if gender and own and own != gender:
        return False
    if claim.speaker is None and claim.speaker_name is not None:
        return False  # the pronoun stands for somebody without a name
    if claim.speaker is None or claim.speaker == told.speaker or told.cue is None or told.speaker is None:
        return True
    rival = referents.mention(claim.speaker)
    since = document.sentence_at(told.cue.start)
    there = document.sentences[rival.sentence]
    if since is None or there.index <= since.index:
        return True
    head = there.tokens[rival.head]
    if head.rel in ("appos", "flat", "flat:name") and head.head >= 0:
        head = there.tokens[head.head]
    return not head.rel.startswith("nsubj")


def _is_impersonal(sentence: Sentence, claim: Claim) -> bool:
    """«Отмечается, что …», in the present; «сообщалось» tells of somebody unnamed."""
    verb = sentence.at(claim.cue.start) if claim.cue else None
    return verb is not None and verb.lemma in _IMPERSONAL and verb.feats.get("Tense") == "Pres"
