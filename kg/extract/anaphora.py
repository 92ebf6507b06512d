"""Which mention a word stands for: the mention that it heads, or the antecedent of a pronoun.

A third-person pronoun, a relative «который» and a bare descriptor («политик», «чиновник»,
«ведомство») take the nearest earlier mention that agrees in gender, number and kind; subjects
and the article's main person go first. Precision first: without a good candidate there is none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from kg.extract.clause import subject
from kg.records import Document, Mention, Sentence, Token
from kg.text import gazetteer
from kg.text.clean import fold
from kg.text.normal import genitive, is_given_name
from kg.text.words import column, table

_PRONOUNS = frozenset({"он", "она", "оно", "они", "его", "ее", "их", "свой"})
_RELATIVE = frozenset({"который", "кто"})
_AGENTS = frozenset({"PERSON", "ORGANIZATION", "COUNTRY"})
_NAMED = _AGENTS | {"CITY", "STATE_OR_PROVINCE", "FACILITY", "PRODUCT", "WORK_OF_ART", "NATIONALITY", "LOCATION"}
_PLACES = ("COUNTRY", "STATE_OR_PROVINCE", "CITY")
_HEADS = frozenset({"президент", "председатель", "глава", "лидер", "премьер", "премьер-министр", "король", "император", "канцлер", "генсек", "губернатор", "мэр"})
"""Posts of those who are called the leader of a place."""
_POST_REACH = 60
_REACH = 3
_UNDECLINED = frozenset("иоуыэею")
_RUSSIAN_ENDINGS = ("ов", "ев", "ёв", "ин", "ын", "ий", "ый", "ва", "на", "ая", "ова", "ева", "ина", "ого", "ой")
_PASSING = frozenset({"этот", "сам", "влиятельный", "известный", "бывший", "нынешний", "действующий", "молодой", "пожилой"})
_ANYBODY = frozenset({"мужчина", "женщина", "девушка", "юноша"})
"""Nouns that bring in somebody new as soon as they are described: «пожилой мужчина»."""
_GENERIC_ORGANIZATIONS = frozenset(
    ["ведомство", "министерство", "компания", "агентство", "организация", "партия", "комитет", "издание", "газета", "телеканал", "банк", "фонд", "корпорация", "концерн", "холдинг", "авиакомпания", "группа", "клуб", "служба", "управление"]
)


class Referents:
    """Looks up, for a token of one document, the mention that it refers to."""

    def __init__(self, document: Document, mentions: Sequence[Mention]) -> None:
        self._document = document
        self._by_sentence: dict[int, list[Mention]] = {}
        for mention in mentions:
            if mention.is_sure or mention.label == "EVENT":
                self._by_sentence.setdefault(mention.sentence, []).append(mention)
        self._by_id = {m.id: m for m in mentions}
        self._counts = Counter(m.normal.split()[-1] for m in mentions if m.label == "PERSON")
        self._genders = self._known_genders(mentions)
        self._labels = self._usual_labels(mentions)

    def _known_genders(self, mentions: Sequence[Mention]) -> Mapping[str, str]:
        """The gender of a full name and of a surname, by the vote of its mentions."""
        votes: dict[str, Counter[str]] = {}
        for mention in mentions:
            if mention.label == "PERSON":
                token = self._document.sentences[mention.sentence].tokens[mention.head]
                for name in {mention.normal, mention.normal.split()[-1]}:
                    votes.setdefault(name, Counter())[token.gender] += 1
        return {name: count.most_common(1)[0][0] for name, count in votes.items()}

    @staticmethod
    def _usual_labels(mentions: Sequence[Mention]) -> Mapping[str, str]:
        """The label that most mentions of a name have."""
        votes: dict[str, Counter[str]] = {}
        for mention in mentions:
            if mention.label in _NAMED:
                votes.setdefault(mention.normal, Counter())[mention.label] += 1
        return {name: max(count, key=lambda label: (count[label], label)) for name, count in votes.items()}

    def mention(self, mention_id: str) -> Mention:
        return self._by_id[mention_id]

    def gender_of(self, mention_id: str) -> str:
        """Gender of a person; «» when the text does not show it."""
        mention = self._by_id[mention_id]
        return self._genders.get(mention.normal) or self._genders.get(mention.normal.split()[-1], "")

    def label_of(self, mention: Mention) -> str:
        """A mention's label, by the vote of all mentions of its name."""
        return self._labels.get(mention.normal, mention.label)

    def is_outlet(self, mention_id: str) -> bool:
        """An organisation that publishes: named as media in the gazetteer, or introduced as agency, paper, site."""
        mention = self._by_id.get(mention_id)
        if mention is None or self.label_of(mention) != "ORGANIZATION":
            return False
        if fold(mention.normal) in gazetteer.outlets():
            return True
        sentence = self._document.sentences[mention.sentence]
        head = sentence.tokens[mention.head]
        kinds = table("organizations.tsv", "lemma", "kind")
        around = [head, *([sentence.tokens[head.head]] if head.head >= 0 and head.rel in ("appos", "nmod", "flat") else [])]
        return any(kinds.get(t.lemma) == "media" or t.lemma in ("агентство", "портал", "сайт") for t in around)

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
        described = self._described(sentence, token, labels)
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
                return found  # «комедиантка и телеведущая Эллен Дедженерес»
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
                continue  # «защитник Алёхиной»: whose, whatever the tagger says of the case
            if token.case == child.case == "Gen" and token.lemma in column("kin.tsv", "lemma") and (child.rel.startswith("nmod") or child.gender != token.gender):
                continue  # «по словам матери Майкла Джексона»: whose mother
            if len(between.split()) <= 6:
                return named
        return None

    def fullest(self, mention: Mention) -> str:
        """The fullest name that the article has for a person: «Трамп» → «Дональд Трамп»."""
        last = mention.normal.split()[-1]
        names = {m.normal for m in self._by_id.values() if m.label == mention.label and m.normal.split()[-1] == last}
        return max(names, key=lambda n: (len(n.split()), len(n), n)) if mention.label == "PERSON" and " " not in mention.normal else mention.normal

    def is_inflected(self, mention: Mention) -> bool:
        """The text has the name in another form than the nominative."""
        return self._document.surface(mention.span) != mention.normal

    def genitive(self, mention: Mention) -> str | None:
        """The fullest form of a name that the article has in the genitive."""
        last = mention.normal.split()[-1]
        forms = [
            self._document.surface(m.span)
            for m in self._by_id.values()
            if m.label == mention.label and m.normal.split()[-1] == last
            and self._document.sentences[m.sentence].tokens[m.head].case == "Gen"
        ]  # fmt: skip
        fullest = max(forms, key=lambda f: (len(f.split()), f), default=None)
        if mention.label != "PERSON" or (fullest is not None and " " in fullest):
            return fullest
        # only the surname stands in the genitive: the given name is put beside it
        names = {m.normal for m in self._by_id.values() if m.label == "PERSON" and m.normal.split()[-1] == last}
        whole = genitive(max(names, key=lambda n: (len(n.split()), n)), self.gender_of(mention.id))
        return f"{' '.join(whole.split()[:-1])} {fullest}".strip() if fullest is not None else whole

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
                    if self.is_owner(sentence, person, token):
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
                if plural or not self._fits(earlier, mention, gender):
                    continue
                score = self._salience(earlier, mention, back)
                if best is None or score > best[0]:
                    best = (score, mention)
        return best[1] if best else None

    def _own_subject(self, sentence: Sentence, token: Token, labels: tuple[str, ...]) -> Mention | None:
        for above in sentence.ancestors(token.index):
            if above.is_verb:
                doer = subject(sentence, above)
                return self.of(sentence, doer, *labels) if doer is not None and doer.lemma != "свой" else None
        return None

    def _fits(self, sentence: Sentence, mention: Mention, gender: str) -> bool:
        token = sentence.tokens[mention.head]
        if token.pos == "ADJ":
            return False
        own = token.gender
        if mention.label == "PERSON":
            own = self._genders.get(mention.normal) or self._genders.get(mention.normal.split()[-1], own) or own
            if not any(is_given_name(word) for word in mention.normal.split()):
                own = own if token.text.lower().endswith(_RUSSIAN_ENDINGS) else ""
        return (not gender or not own or own == gender) and token.number != "Plur"

    def _salience(self, sentence: Sentence, mention: Mention, back: int) -> float:
        """Persons over things, subjects over others, near over far, and the article's main person."""
        token = sentence.tokens[mention.head]
        score = -1.5 * back + (3.0 if mention.label == "PERSON" else 0.0)
        if token.rel.startswith("nsubj"):
            score += 2.0
        elif token.rel in ("obj", "iobj"):
            score += 1.0
        elif token.rel in ("nmod", "flat", "amod"):
            score -= 0.5
        score += min(self._counts.get(mention.normal.split()[-1], 0), 6) * 0.35
        return score + token.index * 0.001

    def _described(self, sentence: Sentence, token: Token, labels: tuple[str, ...]) -> Mention | None:
        """A descriptor with no name of its own, that points back: «политик», «российский лидер»."""
        if token.number == "Plur" or token.case not in ("Nom", "Gen", "Dat", "Ins", "Acc") or not token.is_noun:
            return None
        if token.lemma in column("organizations.tsv", "lemma") and (not labels or "ORGANIZATION" in labels):
            if not self._is_bare(sentence, token):
                return None
            if table("organizations.tsv", "lemma", "kind")[token.lemma] == "media":
                return self._outlet_before(sentence, token)
            return self._named_like(sentence, token) or (
                self._earlier(sentence, token, ("ORGANIZATION",)) if token.lemma in _GENERIC_ORGANIZATIONS else None)  # fmt: skip
        if labels and "PERSON" not in labels:
            return None
        if token.lemma not in column("descriptors.tsv", "lemma"):
            return self._introduced_as(sentence, token) if token.lemma in column("posts.tsv", "lemma") else None
        adjectives = [t for t in sentence.below(token.index, "amod", "nmod") if t.index != token.index]
        place = next((found for t in adjectives if (found := self.direct(sentence, t, *_PLACES)) is not None), None)
        if place is not None:
            return self._holder(sentence, token, place)
        if not self._is_bare(sentence, token):
            return None
        return self._introduced_as(sentence, token) or self._earlier(sentence, token, ("PERSON",))

    def _is_whose(self, noun: Token, person: Mention) -> bool:
        """«Адвокат Маркива заявил»: the noun is in the nominative, the name is not."""
        return noun.case == "Nom" and self.is_inflected(person)

    def is_owner(self, sentence: Sentence, person: Mention, noun: Token) -> bool:
        """«представитель партии Цвангираи»: a name that has no cases, hung on a genitive behind the noun."""
        head = sentence.tokens[person.head]
        holder = sentence.tokens[head.head] if head.head >= 0 else None
        return holder is not None and holder.index > noun.index and holder.case == "Gen" and person.normal[-1:] in _UNDECLINED

    def _leads_to(self, sentence: Sentence, person: Mention, lemma: str) -> Token | None:
        """«Адвокат обвиняемого Илиас Спирлиадис»: the noun, its genitives, the name."""
        head = sentence.tokens[person.head]
        at = next((t.index for t in sentence.tokens if t.start >= person.start), 0) - 1
        while at >= 0 and sentence.tokens[at].case == "Gen" and sentence.tokens[at].lemma != lemma:
            at -= 1
        noun = sentence.tokens[at] if at >= 0 else None
        if noun is None or noun.lemma != lemma or noun.case != head.case or self.is_owner(sentence, person, noun) or self._is_whose(noun, person):
            return None
        return noun

    def _outlet_before(self, sentence: Sentence, token: Token) -> Mention | None:
        """«издание» after «газета Daily Mirror»: the nearest outlet, else the nearest name in Latin letters."""
        for wanted in (self.is_outlet, lambda i: self._by_id[i].normal.isascii()):
            for back in range(sentence.index + 1):
                earlier = self._document.sentences[sentence.index - back]
                for mention in reversed(self.mentions_in(earlier)):
                    if mention.label == "ORGANIZATION" and (back or mention.end <= token.start) and wanted(mention.id):
                        return mention
        return None

    def _named_like(self, sentence: Sentence, token: Token) -> Mention | None:
        """«институт» after «Институт Пушкина»: the nearest organisation whose name has the noun."""
        for back in range(len(self._document.sentences)):
            if sentence.index - back < 0:
                return None
            earlier = self._document.sentences[sentence.index - back]
            for mention in reversed(self.mentions_in(earlier)):
                if mention.label != "ORGANIZATION" or (not back and mention.end > token.start) or " " not in mention.normal:
                    continue
                head = earlier.tokens[mention.head]
                if head.lemma == token.lemma:
                    return mention
        return None

    def _introduced_as(self, sentence: Sentence, token: Token) -> Mention | None:
        """«пианист» after «пианист Евгений Кисин»: who is named with that noun, before or after."""
        if not self._is_bare(sentence, token):
            return None
        former = any(t.lemma == "бывший" for t in sentence.below(token.index, "amod"))
        lemmas = (token.lemma, f"экс-{token.lemma}") if former else (token.lemma,)
        sentences = self._document.sentences
        for other in [*reversed(sentences[: sentence.index + 1]), *sentences[sentence.index + 1 :]]:
            for person in reversed(self.mentions_in(other)):
                here = other is sentence and person.end > token.start
                if person.label != "PERSON" or here:
                    continue
                noun = next((n for lemma in lemmas if (n := self._called(other, person, lemma)) is not None), None)
                if noun is not None and (not former or self._is_former(other, noun)):
                    return person
        return None

    @staticmethod
    def _is_former(sentence: Sentence, noun: Token) -> bool:
        return noun.lemma.startswith("экс-") or any(t.lemma in ("бывший", "экс-") for t in sentence.below(noun.index))

    def _called(self, sentence: Sentence, person: Mention, lemma: str) -> Token | None:
        """«пианист Евгений Кисин», «Евгений Кисин, пианист»: the noun and the name in apposition, or the post
        that the noun heads right before the name."""
        head = sentence.tokens[person.head]
        above = sentence.tokens[head.head] if head.head >= 0 else None
        if above is not None and above.lemma == lemma and above.case == head.case and head.rel in ("appos", "flat", "nmod"):
            return None if self.is_owner(sentence, person, above) or self._is_whose(above, person) else above
        for beside in sentence.below(head.index, "appos"):
            if beside.lemma == lemma and beside.case == head.case:
                return beside
        noun = self._leads_to(sentence, person, lemma)
        if noun is not None:
            return noun
        post = self._post_before(sentence, person)
        holder = sentence.tokens[post.head] if post is not None else None
        return holder if holder is not None and holder.lemma == lemma and holder.case == head.case else None

    def _is_bare(self, sentence: Sentence, token: Token) -> bool:
        kept = [t for t in sentence.below(token.index) if t.rel in ("nmod", "acl", "acl:relcl", "amod", "nummod", "appos")]
        return all(
            ((t.lemma in _PASSING or t.lemma.endswith("-летний")) and (token.lemma not in _ANYBODY or t.lemma in ("этот", "сам"))) or t.rel == "appos"
            or (t.rel == "acl:relcl" and any(s.text == "," for s in sentence.below(t.index, "punct")))
            for t in kept
        )

    def _earlier(self, sentence: Sentence, token: Token, labels: tuple[str, ...]) -> Mention | None:
        best: tuple[float, Mention] | None = None
        for back in range(2 * _REACH + 1):
            if sentence.index - back < 0:
                break
            earlier = self._document.sentences[sentence.index - back]
            for mention in self.mentions_in(earlier):
                if mention.label in labels and (back or mention.end <= token.start) and self._fits(earlier, mention, token.gender if labels == ("PERSON",) else ""):
                    score = self._prominence(earlier, mention, back)
                    if best is None or score > best[0]:
                        best = (score, mention)
        return best[1] if best else None

    def _prominence(self, sentence: Sentence, mention: Mention, back: int) -> float:
        """For a descriptor the article's main person counts more than nearness."""
        times = self._counts.get(mention.normal.split()[-1], 0)
        return self._salience(sentence, mention, back) + 1.0 * back + 0.8 * min(times, 8)

    def _holder(self, sentence: Sentence, token: Token, place: Mention) -> Mention | None:
        """«российский лидер», «губернатор Петербурга»: whom the article names before with such a post of that place."""
        wanted = _HEADS if token.lemma in ("лидер", "глава") else frozenset({token.lemma})
        for back in range(sentence.index + 1):
            earlier = self._document.sentences[sentence.index - back]
            people = [m for m in self.mentions_in(earlier) if m.label == "PERSON" and (back or m.end <= token.start)]
            for person in sorted(people, key=lambda m: -m.start):
                if any(self._is_of(earlier, post, place) for post in self._posts_before(earlier, person, people) if earlier.tokens[post.head].lemma in wanted):
                    return person
        return None

    def _posts_before(self, sentence: Sentence, person: Mention, people: Sequence[Mention]) -> list[Mention]:
        """«председатель КНР, генеральный секретарь ЦК КПК Си Цзиньпин»: the posts between the name before and this one."""
        since = max((p.end for p in people if p.end <= person.start), default=0)
        posts = [m for m in self.mentions_in(sentence) if m.label == "PROFESSION" and since <= m.start and m.end <= person.start]
        return [p for p in posts if person.start - p.end <= _POST_REACH]

    def _is_of(self, sentence: Sentence, post: Mention, place: Mention) -> bool:
        """A place inside the post, or right beside it, that is the wanted one whatever it is called: «Китай», «КНР»."""
        beside = [m for m in self.mentions_in(sentence) if m.label in _PLACES and (post.span.holds(m.span) or 0 <= post.start - m.end <= 1 or 0 <= m.start - post.end <= 1)]
        ids = {e.qid for e in gazetteer.lookup(place.normal) if e.qid}
        return any(m.normal == place.normal or ids & {e.qid for e in gazetteer.lookup(m.normal) if e.qid} for m in beside)

    def _post_before(self, sentence: Sentence, person: Mention) -> Mention | None:
        """The post that stands right before a name, the longest."""
        found = [
            m
            for m in self.mentions_in(sentence)
            if m.label == "PROFESSION" and 0 <= person.start - m.end <= 2 and m.sentence == person.sentence
        ]
        return max(found, key=lambda m: m.end - m.start, default=None)
