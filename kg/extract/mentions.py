"""The mentions of a document, looked up by place: whose head a word is, what a name is called in full."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from kg.extract.phrase import OPENING
from kg.records import Document, Mention, Sentence, Token
from kg.text import gazetteer
from kg.text.clean import fold
from kg.text.normal import genitive, given_gender, is_given_name, is_womans_surname
from kg.text.words import table

_AGENTS = frozenset({"PERSON", "ORGANIZATION", "COUNTRY"})
_NAMED = _AGENTS | {"CITY", "STATE_OR_PROVINCE", "FACILITY", "PRODUCT", "WORK_OF_ART", "NATIONALITY", "LOCATION"}
_RUSSIAN_ENDINGS = ("ов", "ев", "ёв", "ин", "ын", "ий", "ый", "ва", "на", "ая", "ова", "ева", "ина", "ого", "ой")
_MANS = re.compile(r"[а-яё]{2}(?:[оеё]в|[сц]кий)$")


class MentionIndex:
    """The sure mentions of a document, and what is known of their names; `counts` are persons by last name."""

    def __init__(self, document: Document, mentions: Sequence[Mention]) -> None:
        self._document = document
        self._by_sentence: dict[int, list[Mention]] = {}
        for mention in mentions:
            if mention.is_sure or mention.label == "EVENT":
                self._by_sentence.setdefault(mention.sentence, []).append(mention)
        self.by_id = {m.id: m for m in mentions}
        self._quoted: set[tuple[str, str]] | None = None
        self._nouns: dict[str, list[tuple[Sentence, Token]]] = {}
        self.counts = Counter(m.normal.split()[-1] for m in mentions if m.label == "PERSON")
        self._fullest = self._full_names(mentions)
        self._genders, self._shown_genders = self._known_genders(mentions)
        self._labels = self._usual_labels(mentions)

    @staticmethod
    def _full_names(mentions: Sequence[Mention]) -> Mapping[str, str]:
        """The fullest name with each last name."""
        found: dict[str, str] = {}
        for name in {m.normal for m in mentions if m.label == "PERSON"}:
            last = name.split()[-1]
            found[last] = max(found.get(last, ""), name, key=lambda n: (len(n.split()), len(n), n))
        return found

    def _known_genders(self, mentions: Sequence[Mention]) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """The gender of a full name and of a surname, by the vote of its mentions; and that of names for which more than the tagger tells it."""
        votes: dict[str, Counter[str]] = {}
        shown: dict[str, Counter[str]] = {}
        for mention in mentions:
            if mention.label != "PERSON":
                continue
            sentence = self._document.sentences[mention.sentence]
            told = self._told_gender(sentence, mention)
            for name in {mention.normal, mention.normal.split()[-1]}:
                votes.setdefault(name, Counter())[sentence.tokens[mention.head].gender] += 1
                if told:
                    shown.setdefault(name, Counter())[told] += 1
        sure = {name: max(count, key=lambda g: (count[g], g)) for name, count in shown.items() if len(set(count.values())) == len(count)}
        return {name: sure.get(name) or count.most_common(1)[0][0] for name, count in votes.items()}, sure

    def _told_gender(self, sentence: Sentence, mention: Mention) -> str:
        """By the feminine verb whose subject the name is or stands beside («Майли Рур заявила», «комиссар Майли Рур заявила»), by the given name,
        by a Russian surname, or by a masculine verb."""
        first, last = mention.normal.split()[0], mention.normal.split()[-1]
        subject = sentence.tokens[mention.head]
        while subject.rel in ("appos", "flat", "flat:name") and subject.head >= 0:
            subject = sentence.tokens[subject.head]
        verb = sentence.tokens[subject.head] if subject.rel in ("nsubj", "nsubj:pass") and subject.head >= 0 else None
        acts = verb.gender if verb is not None and verb.feats.get("Tense") == "Past" and verb.number == "Sing" else ""
        if acts == "Fem":
            return "Fem"
        known = given_gender(first) if first != last else ""
        known = known or ("Fem" if is_womans_surname(last) else "Masc" if _MANS.search(last) else "")
        return known or (acts if acts == "Masc" and subject.index == mention.head else "")

    @staticmethod
    def _usual_labels(mentions: Sequence[Mention]) -> Mapping[str, str]:
        """The label that most mentions of a name have."""
        votes: dict[str, Counter[str]] = {}
        for mention in mentions:
            if mention.label in _NAMED:
                votes.setdefault(mention.normal, Counter())[mention.label] += 1
        return {name: max(count, key=lambda label: (count[label], label)) for name, count in votes.items()}

    def mention(self, mention_id: str) -> Mention:
        return self.by_id[mention_id]

    def gender_of(self, mention_id: str) -> str:
        """Gender of a person; «» when the text does not show it."""
        mention = self.by_id[mention_id]
        return self._genders.get(mention.normal) or self._genders.get(mention.normal.split()[-1], "")

    def gender_by_name(self, person: Mention) -> str:
        """The gender that the given name of the fullest name tells; «» when the dictionary does not know it, or the text says another."""
        name = self.fullest(person)
        known = given_gender(name.split()[0]) or self._shown_genders.get(name, "")
        return known if self._genders.get(name) in (known, None) else ""

    def label_of(self, mention: Mention) -> str:
        """A mention's label, by the vote of all mentions of its name."""
        return self._labels.get(mention.normal, mention.label)

    def is_outlet(self, mention_id: str) -> bool:
        """An organisation that publishes: named as media in the gazetteer, or introduced as agency, paper, site."""
        mention = self.by_id.get(mention_id)
        if mention is None or self.label_of(mention) != "ORGANIZATION":
            return False
        if fold(mention.normal) in gazetteer.outlets():
            return True
        sentence = self._document.sentences[mention.sentence]
        head = sentence.tokens[mention.head]
        kinds = table("organizations.tsv", "lemma", "kind")
        around = [head, *([sentence.tokens[head.head]] if head.head >= 0 and head.rel in ("appos", "nmod", "flat") else [])]
        return any(kinds.get(t.lemma) == "media" or t.lemma in ("агентство", "портал", "сайт") for t in around)

    def nouns(self, lemma: str) -> Sequence[tuple[Sentence, Token]]:
        """All places of a common noun, in text order."""
        if not self._nouns:
            for sentence in self._document.sentences:
                for token in sentence.tokens:
                    if token.pos == "NOUN":
                        self._nouns.setdefault(token.lemma, []).append((sentence, token))
        return self._nouns.get(lemma, [])

    def sentence(self, index: int) -> Sentence:
        return self._document.sentences[index]

    def mentions_in(self, sentence: Sentence) -> list[Mention]:
        return self._by_sentence.get(sentence.index, [])

    def direct(self, sentence: Sentence, token: Token, *labels: str) -> Mention | None:
        """The mention that a token heads, the longest first; then the longest that holds it.

        Inside an organisation's name it is the whole organisation.
        """
        own = [m for m in self.mentions_in(sentence) if m.start <= token.start and token.end <= m.end]
        if labels:
            own = [m for m in own if m.label in labels]
        if not own:
            return None
        heads = [m for m in own if m.head == token.index]
        chosen = max(heads or own, key=lambda m: (m.end - m.start, m.confidence, m.id))
        around = [m for m in own if m.label == chosen.label == "ORGANIZATION" and m.span.holds(chosen.span)]
        return max(around, key=lambda m: (m.end - m.start, m.id), default=chosen)

    def last_before(self, sentence: Sentence, word: Token) -> Mention | None:
        """«последний»: the last one that the sentence or the one before names, in the gender of the word."""
        for earlier in (sentence, *([self.sentence(sentence.index - 1)] if sentence.index else [])):
            for mention in sorted(self.mentions_in(earlier), key=lambda m: -m.start):
                head = earlier.tokens[mention.head]
                fits = self.fits(earlier, mention, word.gender) if mention.label == "PERSON" else head.gender == word.gender
                if mention.label in _AGENTS and head.is_noun and fits and (earlier is not sentence or mention.end <= word.start):
                    return mention
        return None

    def fullest(self, mention: Mention) -> str:
        """The fullest name that the article has for a person: «Трамп» → «Дональд Трамп»."""
        return self._fullest.get(mention.normal, mention.normal) if mention.label == "PERSON" else mention.normal

    def is_inflected(self, mention: Mention) -> bool:
        """The text has the name in another form than the nominative."""
        return self._document.surface(mention.span) != mention.normal

    def is_quoted(self, mention: Mention) -> bool:
        """The name stands in quotation marks somewhere."""
        if self._quoted is None:
            text = self._document.article.text
            self._quoted = {(m.label, m.normal) for m in self.by_id.values() if m.start and text[m.start - 1] in OPENING}
        return (mention.label, mention.normal) in self._quoted

    def genitive(self, mention: Mention) -> str | None:
        """The fullest form of a name that the article has in the genitive."""
        last = mention.normal.split()[-1]
        forms = [
            self._document.surface(m.span)
            for m in self.by_id.values()
            if m.label == mention.label and m.normal.split()[-1] == last
            and self._document.sentences[m.sentence].tokens[m.head].case == "Gen"
        ]  # fmt: skip
        fullest = max(forms, key=lambda f: (len(f.split()), f), default=None)
        if mention.label != "PERSON" or (fullest is not None and " " in fullest):
            return fullest
        # only the surname stands in the genitive: the given name is put beside it
        names = {m.normal for m in self.by_id.values() if m.label == "PERSON" and m.normal.split()[-1] == last}
        whole = genitive(max(names, key=lambda n: (len(n.split()), n)), self.gender_of(mention.id))
        return f"{' '.join(whole.split()[:-1])} {fullest}".strip() if fullest is not None else whole

    def fits(self, sentence: Sentence, mention: Mention, gender: str) -> bool:
        token = sentence.tokens[mention.head]
        if token.pos == "ADJ":
            return False
        own = token.gender
        if mention.label == "PERSON":
            own = self._genders.get(mention.normal) or self._genders.get(mention.normal.split()[-1], own) or own
            if not any(is_given_name(word) for word in mention.normal.split()) and mention.normal not in self._shown_genders:
                own = own if token.text.lower().endswith(_RUSSIAN_ENDINGS) else ""
        return (not gender or not own or own == gender) and token.number != "Plur"

    def salience(self, sentence: Sentence, mention: Mention, back: int) -> float:
        """Persons over things, subjects over others, near over far, and the article's main person."""
        token = sentence.tokens[mention.head]
        score = -1.5 * back + (3.0 if mention.label == "PERSON" else 0.0)
        if token.rel.startswith("nsubj"):
            score += 2.0
        elif token.rel in ("obj", "iobj"):
            score += 1.0
        elif token.rel in ("nmod", "flat", "amod"):
            score -= 0.5
        score += min(self.counts.get(mention.normal.split()[-1], 0), 6) * 0.35
        return score + token.index * 0.001
