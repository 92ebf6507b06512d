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
from kg.text.words import column, table

_REACH = 3
_ISSUED = frozenset(
    ["заявление", "сообщение", "пресс-релиз", "релиз", "материал", "статья", "публикация", "коммюнике", "обращение", "пост", "запись", "записка", "письмо", "послание", "документ", "поздравление", "телеграмма", "приветствие", "соболезнование", "интервью", "видеообращение"]
)
_IMPERSONAL = frozenset({"сообщаться", "отмечаться", "говориться", "подчеркиваться", "уточняться", "указываться", "добавляться", "утверждаться"})


def chained(document: Document, claims: Sequence[Claim], referents: Referents) -> list[Claim]:
    """Claims in text order, with speakers carried on."""
    out: list[Claim] = []
    for claim in claims:
        out.append(_carried_on(document, claim, out, referents))
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


def _carried_on(document: Document, claim: Claim, earlier: Sequence[Claim], referents: Referents) -> Claim:
    told = _told_around(document, claim, earlier)
    sentence, token = _pointing(document, claim)
    if sentence is None:
        return claim
    if token is not None and (talked := _who_talked(document, claim, token, earlier, referents)) is not None:
        return _as(claim, talked)
    if told is None:
        return claim
    if token is not None and _is_taken_up(claim, token, sentence, told, referents):
        return _as(claim, told)
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


def _who_talked(document: Document, claim: Claim, token: Token, earlier: Sequence[Claim], referents: Referents) -> Claim | None:
    """«собеседница агентства», «собеседник издания» who spoke before: the last person of that gender, by name or not; behind an
    outlet's own name only somebody unnamed."""
    sentence = document.sentence_at(token.start)
    if token.lemma not in _TALKING or token.number != "Sing" or sentence is None or claim.parent is not None:
        return None
    below = [t for t in sentence.below(token.index) if t.rel not in ("punct", "case")]
    outlets = table("organizations.tsv", "lemma", "kind")
    generic = all(t.case == "Gen" and outlets.get(t.lemma) in ("media", "agency") and not t.is_title and len(sentence.subtree(t.index)) == 1 for t in below)
    if not generic and not all(t.case in ("Gen", "") and referents.direct(sentence, t, "ORGANIZATION") is not None for t in below):
        return None
    kinds = ("person", "anonymous") if generic and below else ("anonymous",)
    for other in reversed(earlier):
        there = document.sentence_at(other.cue.start) if other.cue is not None else None
        if there is None or sentence.index - there.index > 2 * _REACH:
            return None
        own = referents.gender_of(other.speaker) if other.speaker else ""
        if other.parent is None and other.speaker_kind in kinds and own in ("", _TALKING[token.lemma]):
            return other
    return None


def _is_taken_up(claim: Claim, token: Token, sentence: Sentence, told: Claim, referents: Referents) -> bool:
    """«…, — сказала Анна Ланг. Синоптик добавила …»: a bare noun that the article has for nobody else, of somebody who has just been
    speaking; not «прокурор», «муж», who come in by themselves."""
    if claim.speaker is not None or claim.speaker_name is None or " " in claim.speaker_name or told.speaker is None or told.speaker_kind != "person":
        return False
    if not token.is_noun or token.number != "Sing" or token.feats.get("Animacy") != "Anim" or (token.is_title and token.index):
        return False
    if token.lemma in column("kin.tsv", "lemma") or token.lemma in column("newcomers.tsv", "lemma") or any(t.rel not in ("punct", "case") for t in sentence.below(token.index)):
        return False
    verb = sentence.tokens[token.head] if token.rel.startswith("nsubj") and token.head >= 0 else None
    genders = {verb.gender if verb is not None and verb.is_finite else "", token.gender if token.gender == "Fem" else ""} - {""}
    own = referents.gender_of(told.speaker)
    return (verb is None or verb.number != "Plur") and (not own or genders <= {own})


_TALKING = {"собеседник": "Masc", "собеседница": "Fem"}


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
