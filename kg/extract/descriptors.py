"""Descriptors without a name that point to somebody named elsewhere: «политик», «российский лидер», «ведомство»."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kg.extract.described import Descriptions
from kg.extract.mentions import MentionIndex
from kg.records import Mention, Sentence, Token
from kg.text import gazetteer
from kg.text.words import column, table

_PLACES = ("COUNTRY", "STATE_OR_PROVINCE", "CITY")
_ORIGINS = (*_PLACES, "NATIONALITY")
_OPENING = 2
"""Sentences below a headline that it may speak of."""
_HEADS = frozenset({"президент", "председатель", "глава", "лидер", "премьер", "премьер-министр", "король", "император", "канцлер", "генсек", "губернатор", "мэр"})
"""Posts of those who are called the leader of a place."""
_OF_STATE = frozenset({"президент", "король", "королева", "император", "лидер", "председатель"})
_OF_GOVERNMENT = frozenset({"премьер", "премьер-министр", "канцлер", "председатель"})
_OF_REGION = frozenset({"губернатор", "глава", "мэр", "президент"})
_OF_BODY = frozenset({"глава", "министр", "директор", "гендиректор", "председатель", "руководитель", "начальник", "президент"})
_LED = {
    "государство": _OF_STATE, "страна": _OF_STATE, "правительство": _OF_GOVERNMENT, "кабинет": _OF_GOVERNMENT, "кабмин": _OF_GOVERNMENT,
    "республика": _OF_STATE | _OF_REGION, "регион": _OF_REGION, "область": _OF_REGION, "край": _OF_REGION, "город": _OF_REGION,
    "ведомство": _OF_BODY, "министерство": _OF_BODY, "компания": _OF_BODY, "комитет": _OF_BODY, "организация": _OF_BODY,
}  # fmt: skip
"""By what one is called the head of, the posts that such a head holds."""
_POST_REACH = 60
_REACH = 3
_UNDECLINED = frozenset("иоуыэею")
_PASSING = frozenset({"этот", "сам", "влиятельный", "известный", "бывший", "нынешний", "действующий", "молодой", "пожилой", "новый", "новоиспеченный", "новоизбранный", "опальный", "знаменитый"})
_ANYBODY = frozenset({"мужчина", "женщина", "девушка", "юноша"})
"""Nouns that bring in somebody new as soon as they are described: «пожилой мужчина»."""
_GENERIC_ORGANIZATIONS = frozenset(
    ["ведомство", "министерство", "компания", "агентство", "организация", "партия", "комитет", "издание", "газета", "телеканал", "банк", "фонд", "корпорация", "концерн", "холдинг", "авиакомпания", "группа", "клуб", "служба", "управление",
     "авиаперевозчик", "перевозчик", "лоукостер", "фирма", "предприятие", "производитель", "автопроизводитель", "застройщик", "ритейлер", "госкомпания", "монополист", "разработчик"]
)


class Descriptors:
    """Looks for the mention that a bare noun stands for; None without a good candidate."""

    def __init__(self, index: MentionIndex, sentences: Sequence[Sentence]) -> None:
        self._index = index
        self._sentences = sentences
        self._descriptions = Descriptions(index, sentences, self._nouns_of)

    def described(self, sentence: Sentence, token: Token, labels: tuple[str, ...]) -> Mention | None:
        """A descriptor with no name of its own, that points back: «политик», «российский лидер»."""
        if token.case not in ("Nom", "Gen", "Dat", "Ins", "Acc") or not token.is_noun:
            return None
        if token.number == "Plur":
            return self._named_like(sentence, token) if token.lemma == "власть" and self._is_bare(sentence, token) and (not labels or "ORGANIZATION" in labels) else None
        if token.lemma in column("organizations.tsv", "lemma") and (not labels or "ORGANIZATION" in labels):
            if not self._is_bare(sentence, token):
                return None
            if table("organizations.tsv", "lemma", "kind")[token.lemma] == "media":
                return self._outlet_before(sentence, token)
            return self._named_like(sentence, token) or (
                self._earlier(sentence, token, ("ORGANIZATION",), self._is_kind(token.lemma)) or self._earlier(sentence, token, ("ORGANIZATION",)) if token.lemma in _GENERIC_ORGANIZATIONS else None)  # fmt: skip
        if labels and "PERSON" not in labels:
            return None
        if token.lemma not in column("descriptors.tsv", "lemma"):
            if token.lemma not in column("posts.tsv", "lemma"):
                return None
            return self._introduced_as(sentence, token) or self._descriptions.person(sentence, token)
        adjectives = [t for t in sentence.below(token.index, "amod", "nmod") if t.index != token.index]
        place = next((found for t in adjectives if (found := self._index.direct(sentence, t, *_PLACES)) is not None), None)
        if token.lemma == "глава" and (led := self._led(sentence, token)) is not None:
            return self._with_post(sentence, token, _LED[led])
        if place is not None and token.lemma in _HEADS:
            return self._holder(sentence, token, place) or self._well_known(sentence, token)
        if not self._is_bare(sentence, token):
            return self._descriptions.person(sentence, token) or (self._opening(token) if sentence.index == 0 else None)
        of_place = self._descriptions.person(sentence, token) if place is not None else None
        introduced = of_place or self._introduced_as(sentence, token) or self._descriptions.person(sentence, token)
        if introduced is None and token.lemma in _HEADS:
            introduced = self._well_known(sentence, token)
        return introduced if introduced is not None or place is not None else self.person_before(sentence, token)

    @staticmethod
    def _led(sentence: Sentence, token: Token) -> str | None:
        """«глава государства», «глава ведомства»: what is led, where that says no name."""
        below = [t for t in sentence.below(token.index, "nmod") if t.case == "Gen"]
        return below[0].lemma if len(below) == 1 and below[0].lemma in _LED and len(sentence.subtree(below[0].index)) == 1 else None

    def _with_post(self, sentence: Sentence, token: Token, posts: frozenset[str]) -> Mention | None:
        """The last person before who is named behind one of these posts."""
        for back in range(sentence.index + 1):
            earlier = self._sentences[sentence.index - back]
            people = [m for m in self._index.mentions_in(earlier) if m.label == "PERSON" and (back or m.end <= token.start)]
            for person in sorted(people, key=lambda m: -m.start):
                if any(earlier.tokens[post.head].lemma in posts for post in self._posts_before(earlier, person, people)):
                    return person
        return None

    def _well_known(self, sentence: Sentence, token: Token) -> Mention | None:
        """«Анна Рябова подписала указ. Президент сказала …»: the last one before whom the article nowhere gives a post, for
        whom every reader knows; None when there are two of them."""
        found: dict[str, Mention] = {}
        for back in range(min(sentence.index, _REACH) + 1):
            earlier = self._sentences[sentence.index - back]
            for mention in self._index.mentions_in(earlier):
                if mention.label == "PERSON" and (back or mention.end <= token.start) and self._index.fits(earlier, mention, token.gender):
                    found.setdefault(mention.normal.split()[-1], mention)
        unknown = [m for last, m in found.items() if not self._has_post(last)]
        return unknown[0] if len(unknown) == 1 else None

    def _has_post(self, last_name: str) -> bool:
        """Somewhere the article puts a post beside that name."""
        for sentence in self._sentences:
            people = [m for m in self._index.mentions_in(sentence) if m.label == "PERSON"]
            for person in people:
                if person.normal.split()[-1] == last_name and (
                    self._posts_before(sentence, person, people) or any(t.is_noun and t.start >= person.end for t in sentence.below(person.head, "appos"))
                ):
                    return True
        return False

    def person_before(self, sentence: Sentence, token: Token) -> Mention | None:
        """The person whom a noun takes up: «политик», «шотландец»; in a headline, whom the text begins with."""
        found = self._earlier(sentence, token, ("PERSON",))
        return found if found is not None or sentence.index else self._opening(token)

    def _opening(self, token: Token) -> Mention | None:
        """«Глава завода ушёл в отставку» over «Гендиректор завода Пётр Лямин заявил …»: the subject of the first sentence."""
        if token.case != "Nom":
            return None
        for sentence in self._sentences[1 : _OPENING + 1]:
            for mention in self._index.mentions_in(sentence):
                head = sentence.tokens[mention.head]
                above = sentence.tokens[head.head] if head.head >= 0 and head.rel in ("appos", "flat", "flat:name", "nmod") else head
                if mention.label == "PERSON" and above.rel.startswith("nsubj") and head.case in ("Nom", "") and self._index.fits(sentence, mention, token.gender):
                    return mention
        return None

    def _is_whose(self, noun: Token, person: Mention) -> bool:
        """«Адвокат Бондарчука заявил»: the noun is in the nominative, the name is not."""
        return noun.case == "Nom" and self._index.is_inflected(person)

    def is_owner(self, sentence: Sentence, person: Mention, noun: Token) -> bool:
        """«представитель партии Мурати»: a name that has no cases, hung on a genitive behind the noun."""
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
        if noun is None or noun.lemma != lemma or noun.case != head.case or self._is_owned(sentence, person, noun):
            return None
        return noun

    def _outlet_before(self, sentence: Sentence, token: Token) -> Mention | None:
        """«издание» after «газета Daily Mirror»: the nearest outlet, else the nearest name in Latin letters, else in quotation marks that acts."""
        for wanted in (self._index.is_outlet, lambda i: self._index.by_id[i].normal.isascii(), self._is_quoted_actor):
            for back in range(sentence.index + 1):
                earlier = self._sentences[sentence.index - back]
                for mention in reversed(self._index.mentions_in(earlier)):
                    if mention.label == "ORGANIZATION" and (back or mention.end <= token.start) and wanted(mention.id):
                        return mention
        return None

    def _is_quoted_actor(self, mention_id: str) -> bool:
        """«сообщает «Заречная жизнь»»."""
        mention = self._index.by_id[mention_id]
        sentence = self._sentences[mention.sentence]
        head, before = sentence.tokens[mention.head], next((t for t in reversed(sentence.tokens) if t.end <= mention.start), None)
        return before is not None and before.text in ("«", '"', "“", "„") and head.rel == "nsubj"

    def _named_like(self, sentence: Sentence, token: Token) -> Mention | None:
        """«институт» after «Институт Пушкина»: the nearest organisation whose name has the noun."""
        for back in range(len(self._sentences)):
            if sentence.index - back < 0:
                return None
            earlier = self._sentences[sentence.index - back]
            for mention in reversed(self._index.mentions_in(earlier)):
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
        sentences = self._sentences
        for other in [*reversed(sentences[: sentence.index + 1]), *sentences[sentence.index + 1 :]]:
            for person in reversed(self._index.mentions_in(other)):
                here = other is sentence and person.end > token.start
                if person.label != "PERSON" or here:
                    continue
                noun = next((n for lemma in lemmas if (n := self._called(other, person, lemma)) is not None), None)
                if noun is not None and (not former or self._is_former(other, noun)):
                    return person
        return None

    def _nouns_of(self, sentence: Sentence, person: Mention) -> Iterator[Token]:
        """The nouns that describe a person: those that the name is in apposition to, or has in apposition, or stands behind."""
        head = sentence.tokens[person.head]
        above = sentence.tokens[head.head] if head.head >= 0 and head.rel in ("appos", "flat", "nmod") else None
        if above is not None and above.case == head.case and not self._is_owned(sentence, person, above):
            yield above
        yield from (t for t in sentence.below(head.index, "appos") if t.is_noun and t.case == head.case)
        post = self._post_before(sentence, person)
        if post is not None and sentence.tokens[post.head].case == head.case:
            yield sentence.tokens[post.head]

    @staticmethod
    def _is_former(sentence: Sentence, noun: Token) -> bool:
        return noun.lemma.startswith("экс-") or any(t.lemma in ("бывший", "экс-") for t in sentence.below(noun.index))

    def _called(self, sentence: Sentence, person: Mention, lemma: str) -> Token | None:
        """«пианист Евгений Кисин», «Евгений Кисин, пианист»: the noun among those that describe the person."""
        head = sentence.tokens[person.head]
        above = sentence.tokens[head.head] if head.head >= 0 and head.rel in ("appos", "flat", "nmod") else None
        if above is not None and above.lemma == lemma and above.case == head.case and self._is_owned(sentence, person, above):
            return None
        return next((noun for noun in self._nouns_of(sentence, person) if noun.lemma == lemma), None) or self._leads_to(sentence, person, lemma)

    def _is_owned(self, sentence: Sentence, person: Mention, noun: Token) -> bool:
        return self.is_owner(sentence, person, noun) or self._is_whose(noun, person)

    def _is_bare(self, sentence: Sentence, token: Token) -> bool:
        kept = [t for t in sentence.below(token.index) if t.rel in ("nmod", "acl", "acl:relcl", "amod", "nummod", "appos")]
        return all(
            ((t.lemma in _PASSING or t.lemma.endswith("летний") or self._index.direct(sentence, t, *_ORIGINS) is not None) and (token.lemma not in _ANYBODY or t.lemma in ("этот", "сам"))) or t.rel == "appos"
            or (t.rel == "acl:relcl" and any(s.text == "," for s in sentence.below(t.index, "punct")))
            for t in kept
        )

    def _is_kind(self, lemma: str) -> Callable[[Mention], bool]:
        """What «компания» may stand for: no agency that reports, and no ministry."""
        kinds = table("organizations.tsv", "lemma", "kind")
        if kinds.get(lemma) != "company":
            return lambda _: True

        def fits(mention: Mention) -> bool:
            head = self._sentences[mention.sentence].tokens[mention.head]
            return kinds.get(head.lemma, "company") == "company" and not self._index.is_outlet(mention.id)

        return fits

    def _earlier(self, sentence: Sentence, token: Token, labels: tuple[str, ...], wanted: Callable[[Mention], bool] = lambda _: True) -> Mention | None:
        best: tuple[float, Mention] | None = None
        for back in range(2 * _REACH + 1):
            if sentence.index - back < 0:
                break
            earlier = self._sentences[sentence.index - back]
            for mention in self._index.mentions_in(earlier):
                if mention.label in labels and (back or mention.end <= token.start) and wanted(mention) and self._index.fits(earlier, mention, token.gender if labels == ("PERSON",) else ""):
                    score = self._prominence(earlier, mention, back)
                    if best is None or score > best[0]:
                        best = (score, mention)
        return best[1] if best else None

    def _prominence(self, sentence: Sentence, mention: Mention, back: int) -> float:
        """For a descriptor the article's main person counts more than nearness."""
        times = self._index.counts.get(mention.normal.split()[-1], 0)
        return self._index.salience(sentence, mention, back) + 1.0 * back + 0.8 * min(times, 8)

    def _holder(self, sentence: Sentence, token: Token, place: Mention) -> Mention | None:
        """«российский лидер», «губернатор Петербурга»: whom the article names before with such a post of that place."""
        wanted = _HEADS if token.lemma in ("лидер", "глава") else frozenset({token.lemma})
        for back in range(sentence.index + 1):
            earlier = self._sentences[sentence.index - back]
            people = [m for m in self._index.mentions_in(earlier) if m.label == "PERSON" and (back or m.end <= token.start)]
            for person in sorted(people, key=lambda m: -m.start):
                if any(self._is_of(earlier, post, place) for post in self._posts_before(earlier, person, people) if earlier.tokens[post.head].lemma in wanted):
                    return person
        return None

    def _posts_before(self, sentence: Sentence, person: Mention, people: Sequence[Mention]) -> list[Mention]:
        """«председатель КНР, генеральный секретарь ЦК КПК Си Цзиньпин»: the posts between the name before and this one."""
        since = max((p.end for p in people if p.end <= person.start), default=0)
        posts = [m for m in self._index.mentions_in(sentence) if m.label == "PROFESSION" and since <= m.start and m.end <= person.start]
        return [p for p in posts if person.start - p.end <= _POST_REACH]

    def _is_of(self, sentence: Sentence, post: Mention, place: Mention) -> bool:
        """A place inside the post, or right beside it, that is the wanted one whatever it is called: «Китай», «КНР»."""
        beside = [m for m in self._index.mentions_in(sentence) if m.label in _PLACES and (post.span.holds(m.span) or 0 <= post.start - m.end <= 1 or 0 <= m.start - post.end <= 1)]
        ids = {e.qid for e in gazetteer.lookup(place.normal) if e.qid}
        return any(m.normal == place.normal or ids & {e.qid for e in gazetteer.lookup(m.normal) if e.qid} for m in beside)

    def _post_before(self, sentence: Sentence, person: Mention) -> Mention | None:
        """The post that stands right before a name, the longest."""
        found = [
            m
            for m in self._index.mentions_in(sentence)
            if m.label == "PROFESSION" and 0 <= person.start - m.end <= 2 and m.sentence == person.sentence
        ]
        return max(found, key=lambda m: m.end - m.start, default=None)
