"""What tells for and against each speaker that a claim may have: a row of numbers for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from kg.extract.claims.learned.features import CASES, MODALITIES, RELATIONS, number_of
from kg.extract.claims.learned.head import Floats, Thresholds
from kg.extract.claims.learned.options import WAYS, Option, Options, Word, called, speaker_of
from kg.extract.claims.learned.referring import KINDS, beside, phrase_of, sort_of
from kg.extract.claims.learned.sight import Sight
from kg.records import Claim
from kg.text.clean import fold
from kg.text.words import column

COLUMNS = (
    *WAYS, "said", "said_more", "chance", "chance_more", "likeliest", "before", "after", "inside", "mentions", "claims", "label", "gender", "acts",
    "words", "capitals", "common", "shared", "longer", "same_last", "around", "introduced", "shares",
    "most", "second", "nobody", "word_said", "itself", "kind", "resolved", "modality", "sentence", "sort", "case", "relation", "animate", "alone",
    "apart", "confidence", "speakers", "options", "newcomer", "post", "descriptor", "complements",
)  # fmt: skip
"""For an option: its ways; how likely its words are the speaker's, and how much more than the word; how likely the word stands for it, how much
more than for what the rules make of it, and whether most likely of all; sentences to its nearest mention before and after the word; whether it is
named in what is said; its mentions and claims in the article; label; agreement in gender with the word and with its verb; words, capitals, whether
it begins with a small letter; words shared with the rules' speaker, words more than he has, and whether the last is the same; whether it tells the
claim around; nouns that introduce the name, and those of them that the word's phrase has too. For all options of a claim: the two best chances,
that of nobody, those of the word as the speaker's and as what the rules make of it; the claim's kind of speaker, whether the rules resolved him,
modality, sentence; the word's sort, case, relation, whether it is animate, stands alone, sentences to the cue; the claim's confidence, the
article's speakers, the claim's options; whether the word brings somebody in, is a post, points back, and how much hangs on it."""

_LABELS = ("PERSON", "ORGANIZATION", "COUNTRY")
_FAR = 50


class Marks:
    """Counts of an article, looked up once."""

    def __init__(self, sight: Sight, claims: Sequence[Claim]) -> None:
        self._sight = sight
        self._claims = claims
        self._names = [fold(called(sight, speaker_of(c))) for c in claims]
        self._votes = Counter(name for name in self._names if name)
        self._introduced: dict[str, set[str]] = {}
        self._counts: Counter[str] = Counter()
        for mention in sight.referents.by_id.values():
            if mention.is_sure:
                name = sight.known(mention).name
                self._counts[name] += 1
                self._introduced.setdefault(name, set()).update(beside(sight.document.sentences[mention.sentence], mention))

    def rows(self, number: int, options: Options) -> Floats:
        """[options, COLUMNS] for one of the claims."""
        shared = self._shared(self._claims[number], options)
        return np.array([[*own, *shared] for own in self._own(number, options)], dtype=np.float32)

    def _own(self, number: int, options: Options) -> Iterator[list[float]]:
        claim, ruled, word = self._claims[number], self._names[number], options.word
        word_said, itself = _word_said(options), word.meant.itself if word is not None else 0.0
        most = max(o.chance for o in options.found)
        around = self._around(number)
        theirs = set(ruled.split())
        phrase = phrase_of(word.sentence, word.token) if word is not None and word.token.is_noun else set()
        for option in options.found:
            said = sum(options.said.get(unit, 0.0) for unit in option.units) if option.name else options.judged.judgement.nobody
            before, after = _distances(option, word)
            words, name = set(option.name.split()), called(self._sight, option.speaker)
            yield [
                *(float(way in option.ways) for way in WAYS), said, said - word_said, option.chance, option.chance - itself, float(0 < option.chance == most),
                before, after, float(any(claim.span.holds(m.span) for m in option.mentions)), self._counts[option.name],
                self._votes[option.name] - bool(ruled and option.name == ruled), _label(option), *self._agreement(option, word),
                len(words), sum(w[:1].isupper() for w in name.split()), float(name[:1].islower()), len(words & theirs), len(words) - len(theirs),
                float(bool(words and theirs) and option.name.split()[-1] == ruled.split()[-1]), float(around == option.name),
                len(introduced := self._introduced.get(option.name, set())), len(introduced & phrase),
            ]  # fmt: skip

    def _shared(self, claim: Claim, options: Options) -> list[float]:
        chances = sorted((o.chance for o in options.found), reverse=True)
        place = self._sight.seen.units[options.judged.about.cue[0]].sentence
        word = options.word
        token = word.token if word is not None else None
        return [
            chances[0], chances[1] if len(chances) > 1 else 0.0, options.judged.judgement.nobody, _word_said(options), word.meant.itself if word is not None else 0.0,
            number_of(KINDS, claim.speaker_kind), float(claim.speaker is not None), MODALITIES.index(claim.modality), place,
            sort_of(token) if token is not None else -1, number_of(CASES, token.case) if token is not None else -1,
            number_of(RELATIONS, token.rel) if token is not None else -1, float(token is not None and token.feats.get("Animacy") == "Anim"),
            float(word is not None and len(word.sentence.subtree(word.token.index)) == 1), word.sentence.index - place if word is not None else _FAR,
            claim.confidence, len(self._votes), len(options.found), *_listed(word),
        ]  # fmt: skip

    def _around(self, number: int) -> str | None:
        """Who tells the last claim before this one that holds its cue."""
        cue = self._claims[number].cue
        before = range(number - 1, -1, -1) if cue is not None else ()
        return next((self._names[i] for i in before if cue is not None and self._claims[i].span.holds(cue)), None)

    def _agreement(self, option: Option, word: Word | None) -> tuple[float, float]:
        """In gender with the word, and with the verb that it is the subject of: 1, -1, or 0 where that is not known."""
        person = next((m for m in option.mentions if m.label == "PERSON"), None)
        if person is None or word is None:
            return 0.0, 0.0
        token = word.token
        verb = word.sentence.tokens[token.head] if token.head >= 0 and token.rel.startswith("nsubj") else None
        known = self._sight.referents.gender_of(person.id)
        wanted = token.gender if token.pos in ("PRON", "DET") or token.feats.get("Animacy") == "Anim" else ""
        return _agrees(known, wanted), _agrees(known, verb.gender if verb is not None and verb.is_finite else "")


def choice(rows: Floats, chances: Floats, thresholds: Thresholds) -> int:
    """The likeliest option that may stand in for the rules', which is the first."""
    mark = {name: rows[:, COLUMNS.index(name)] for name in ("described", "named", "words", "resolved")}
    unnamed = mark["words"][0] > 0 and not mark["resolved"][0] and mark["described"][0]
    guess = (mark["named"] > 0) & (mark["described"] == 0) if unnamed else np.zeros(len(rows), dtype=bool)
    least = chances[0] + np.where(guess, thresholds.name, thresholds.speaker) if mark["words"][0] > 0 else np.full(len(rows), thresholds.somebody)
    allowed = chances >= least
    allowed[0] = True
    return int(np.where(allowed, chances, -1.0).argmax())


def _word_said(options: Options) -> float:
    """The chance of the word's units."""
    return sum(options.said.get(unit, 0.0) for unit in options.word.units) if options.word is not None else 0.0


def _distances(option: Option, word: Word | None) -> tuple[float, float]:
    """Sentences to the nearest mention before the word, and to the nearest after it."""
    if word is None:
        return _FAR, _FAR
    apart = [(m.start < word.token.start, min(_FAR, abs(m.sentence - word.sentence.index))) for m in option.mentions]
    return min((a for is_before, a in apart if is_before), default=_FAR), min((a for is_before, a in apart if not is_before), default=_FAR)


def _label(option: Option) -> int:
    if not option.mentions:
        return -1
    return _LABELS.index(option.mentions[0].label) if option.mentions[0].label in _LABELS else len(_LABELS)


def _agrees(one: str, other: str) -> float:
    return 0.0 if not one or not other else 1.0 if one == other else -1.0


def _listed(word: Word | None) -> tuple[float, ...]:
    """Whether the word brings somebody in, is a post, points back; and how many nouns it governs."""
    if word is None:
        return 0.0, 0.0, 0.0, 0.0
    lists = [float(word.token.lemma in column(name, "lemma")) for name in ("newcomers.tsv", "posts.tsv", "descriptors.tsv")]
    return *lists, float(sum(1 for _ in word.sentence.below(word.token.index, "nmod", "amod")))
