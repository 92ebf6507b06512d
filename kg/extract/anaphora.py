"""Which mention a word stands for: the mention that it heads, or the antecedent of a pronoun.

A third-person pronoun, a relative «который» and a bare descriptor («политик», «чиновник»,
«ведомство») take the nearest earlier mention that agrees in gender, number and kind; subjects
and the article's main person go first. Precision first: without a good candidate there is none.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.clause import subject
from kg.extract.descriptors import Descriptors
from kg.extract.mentions import MentionIndex
from kg.records import Document, Mention, Sentence, Token
from kg.text.words import column

_PRONOUNS = frozenset({"он", "она", "оно", "они", "его", "ее", "их", "свой"})
_RELATIVE = frozenset({"который", "кто"})
_AGENTS = frozenset({"PERSON", "ORGANIZATION", "COUNTRY"})
_REACH = 3


class Referents(MentionIndex):
    """Looks up, for a token of one document, the mention that it refers to."""

    def __init__(self, document: Document, mentions: Sequence[Mention]) -> None:
        super().__init__(document, mentions)
        self._descriptors = Descriptors(self, document.sentences)

    def is_owner(self, sentence: Sentence, person: Mention, noun: Token) -> bool:
        """«представитель партии Мурати»: a name that has no cases, hung on a genitive behind the noun."""
        return self._descriptors.is_owner(sentence, person, noun)

    def person_before(self, sentence: Sentence, noun: Token) -> Mention | None:
        """«шотландец», «американка»: the person whom a noun takes up."""
        return self._descriptors.person_before(sentence, noun)

    def of(self, sentence: Sentence, token: Token, *labels: str) -> Mention | None:
        """The mention for a token: its own, the name in apposition to it, or its antecedent."""
        if token.lemma in _RELATIVE and token.head >= 0:
            noun = self.relative_noun(sentence, token)
            return self.of(sentence, noun, *labels) if noun is not None else None
        if token.lemma in _PRONOUNS or (token.pos == "DET" and token.text.lower() in _PRONOUNS):
            return self._antecedent(sentence, token, labels)
        named = self._behind_post(sentence, token, labels) or self._apposed(sentence, token, labels) or self._by_name(sentence, token, labels)
        if named is not None:
            return named
        own = self.direct(sentence, token, *labels)
        if own is not None and own.label not in ("PROFESSION",):
            return own
        described = self._descriptors.described(sentence, token, labels)
        return described or own

    def relative_noun(self, sentence: Sentence, token: Token) -> Token | None:
        """The noun that a relative pronoun stands for."""
        for above in sentence.ancestors(token.index):
            if above.rel.startswith("acl") and above.head >= 0:
                return sentence.tokens[above.head]
        return None

    def _apposed(self, sentence: Sentence, token: Token, labels: tuple[str, ...]) -> Mention | None:
        """«российский лидер Владимир Путин»: the name right behind its descriptor."""
        own = self.direct(sentence, token)
        if own is not None and own.label in ("PERSON", "ORGANIZATION") and own.head == token.index and token.is_title:
            return own if not labels or own.label in labels else None
        edge = own.end if own is not None and own.label == "PROFESSION" else token.end
        for twin in sentence.below(token.index, "conj"):
            if twin.is_noun and twin.case == token.case and (found := self._apposed(sentence, twin, labels)) is not None:
                return found  # «актриса и телеведущая Мэри Ланг»
        for child in sentence.below(token.index, "appos", "flat", "nmod"):
            named = self.direct(sentence, child, "PERSON", "ORGANIZATION")
            if (named is None or named.head != child.index) and child.rel == "appos" and child.is_noun:
                named = self._apposed(sentence, child, labels) or named
            if named is None or (labels and named.label not in labels):
                continue
            between = self._document.article.text[min(edge, named.start) : named.start]
            if child.rel.startswith("nmod") and child.case != token.case:
                continue
            if token.case == "Nom" and named.label == "PERSON" and self.is_inflected(named):
                continue  # «защитник Рябовой»: whose, whatever the tagger says of the case
            if named.label == "PERSON" and self.acts_as_another(sentence, token, named):
                continue  # «представитель Лоренс сообщил», where Лоренс is a woman
            if named.label == "ORGANIZATION" and token.number == "Plur" and token.feats.get("Animacy") == "Anim" and child.rel.startswith("nmod"):
                continue  # «сторонников «Зари»»
            if token.case == child.case == "Gen" and token.lemma in column("kin.tsv", "lemma") and (child.rel.startswith("nmod") or child.gender != token.gender):
                continue  # «по словам матери Джона Ланга»: whose mother
            if len(between.split()) <= 6:
                return named
        return None

    def acts_as_another(self, sentence: Sentence, noun: Token, person: Mention) -> bool:
        """The verb of a noun is in the plural, or has the noun's gender, and the person another."""
        verb = sentence.tokens[noun.head] if noun.rel.startswith("nsubj") and noun.head >= 0 else None
        if verb is None or not verb.is_finite:
            return False
        if verb.number == "Plur" and self.is_inflected(person) and not any(True for _ in sentence.below(noun.index, "conj")):
            return True  # «коллеги Лямина высказали»
        gender = self.gender_by_name(person)
        return verb.gender in ("Masc", "Fem") and verb.gender == noun.gender and bool(gender) and gender != verb.gender

    def dropped(self, sentence: Sentence, verb: Token) -> Mention | None:
        """The subject that a verb leaves out, when it is one person: «В посте обещал, что …»."""
        if not verb.is_finite or verb.number != "Sing" or verb.feats.get("Person") in ("1", "2") or verb.gender == "Neut":
            return None
        if any(t.rel.startswith(("nsubj", "csubj")) for t in sentence.below(verb.index)):
            return None
        return self._antecedent(sentence, verb, ("PERSON",)) if verb.gender else None

    def _by_name(self, sentence: Sentence, token: Token, labels: tuple[str, ...]) -> Mention | None:
        """«американец по имени Бэ Чжун Хо»."""
        following = sentence.tokens[token.index + 1 : token.index + 4]
        if [t.text.lower() for t in following[:2]] != ["по", "имени"] or len(following) < 3 or (labels and "PERSON" not in labels):
            return None
        return self.direct(sentence, following[2], "PERSON")

    def _behind_post(self, sentence: Sentence, token: Token, labels: tuple[str, ...]) -> Mention | None:
        """«пресс-атташе посольства Сергея Маркова»: the name right behind the post that the noun heads."""
        if labels and "PERSON" not in labels:
            return None
        posts = [m for m in self.mentions_in(sentence) if m.label == "PROFESSION" and m.head == token.index]
        for post in sorted(posts, key=lambda m: -m.end):
            for person in self.mentions_in(sentence):
                if person.label == "PERSON" and 0 < person.start - post.end <= 1:
                    head = sentence.tokens[person.head]
                    if self._descriptors.is_owner(sentence, person, token) or self.acts_as_another(sentence, token, person):
                        return None
                    inflected = token.case == "Nom" and self._document.surface(person.span) != person.normal
                    return person if head.case == token.case and head.number == token.number and not inflected else None
        return None

    def _antecedent(self, sentence: Sentence, token: Token, labels: tuple[str, ...]) -> Mention | None:
        plural = token.number == "Plur" or token.lemma in ("они", "их")
        if plural and not labels:
            return None
        gender = "" if plural else token.gender or {"он": "Masc", "его": "Masc", "она": "Fem", "ее": "Fem"}.get(token.lemma, "")
        if token.lemma == "свой":
            return self._own_subject(sentence, token, labels)
        wanted = labels or tuple(_AGENTS)
        best: tuple[float, Mention] | None = None
        for back in range((2 * _REACH if labels == ("PERSON",) else _REACH) + 1):
            if sentence.index - back < 0:
                break
            earlier = self._document.sentences[sentence.index - back]
            for mention in self.mentions_in(earlier):
                if mention.label not in wanted or (back == 0 and mention.end > token.start):
                    continue
                if plural or not self.fits(earlier, mention, gender):
                    continue
                score = self.salience(earlier, mention, back)
                if best is None or score > best[0]:
                    best = (score, mention)
        return best[1] if best else None

    def _own_subject(self, sentence: Sentence, token: Token, labels: tuple[str, ...]) -> Mention | None:
        for above in sentence.ancestors(token.index):
            if above.is_verb:
                doer = subject(sentence, above)
                return self.of(sentence, doer, *labels) if doer is not None and doer.lemma != "свой" else None
        return None
