"""What resolution costs an article as the corpus grows, beside the extraction of an article in the same run.

    python benchmarks/resolve.py [1000 10000 100000]

The articles are made: people, bodies and places drawn by Zipf's law from a stock that grows with the square root
of the corpus (Heaps' law), people met in full, by surname and by initials. Extraction is timed on seeds/.
"""

from __future__ import annotations

import hashlib
import itertools
import random
import resource
import sys
import time
from bisect import bisect
from collections.abc import Iterator
from pathlib import Path

from kg.ids import Minter
from kg.pipeline import read_facts
from kg.records import Article, Facts, Mention, Span
from kg.resolve import resolve
from kg.resolve.stories import stories

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
GIVEN = ["Иван", "Пётр", "Олег", "Анна", "Нина", "Глеб", "Мария", "Игорь", "Юрий", "Павел", "Лидия", "Борис", "Софья", "Роман", "Алла"]
ROOTS = ["Ковр", "Лям", "Тас", "Зар", "Мост", "Порт", "Бел", "Черн", "Сад", "Гор", "Бор", "Нов", "Стар", "Кам", "Вол", "Мед", "Лис", "Зайц", "Орл", "Сокол"]
MIDDLES = ["ов", "ев", "ин", "овск", "ник", "чен", "гал", "дор", "мир", "вел"]
ENDS = ["ин", "ов", "ев", "ский", "енко", "ко", "ян", "дзе", "ич", "ец"]
KINDS = ["Союз", "Завод", "Институт", "Фонд", "Комитет", "Банк", "Театр", "Центр", "Совет", "Клуб"]


class Stock:
    """Names in the order of their frequency; the n-th is drawn in proportion to 1/n."""

    def __init__(self, names: list[str]) -> None:
        self._names = names
        self._reach = list(itertools.accumulate(1 / n for n in range(1, len(names) + 1)))

    def draw(self, chance: random.Random) -> str:
        return self._names[bisect(self._reach, chance.random() * self._reach[-1])]


def corpus(count: int) -> Iterator[Facts]:
    chance = random.Random(count)
    size = int(60 * count**0.5)
    surnames = [f"{a}{b}{c}" for a in ROOTS for b in MIDDLES for c in ENDS]
    people = Stock([f"{chance.choice(GIVEN)} {chance.choice(surnames)}" for _ in range(size)])
    bodies = Stock([f"{chance.choice(KINDS)} {chance.choice(surnames)}ых" for _ in range(size)])
    places = Stock(chance.sample([f"{a}{b}град" for a in ROOTS for b in MIDDLES], 200))
    for number in range(count):
        names = []
        for _ in range(4):
            person = people.draw(chance)
            given, surname = person.split()
            names.append(("PERSON", chance.choices([person, surname, f"{given[0]}. {surname}"], [6, 3, 1])[0]))
        names += [("ORGANIZATION", bodies.draw(chance)) for _ in range(3)] + [("CITY", places.draw(chance)) for _ in range(3)]
        yield article(number, names)


def article(number: int, names: list[tuple[str, str]]) -> Facts:
    text, mentions = f"{number} ", []
    for at, (label, name) in enumerate(names):
        mentions.append(Mention(f"m{at}", len(text), len(text) + len(name), label, name, 0, 0, 1.0, "made"))
        text += f"{name} и "
    sha = hashlib.sha256(text.encode()).hexdigest()
    return Facts(Article(f"{number}.txt", text, sha, "utf-8", "", (Span(0, len(text)),)), (Span(0, len(text)),), tuple(mentions))


def main() -> None:
    read_facts([SEEDS])
    start = time.process_time()
    count = len(read_facts([SEEDS]).facts)
    extraction = (time.process_time() - start) / count
    print(f"extraction of an article of seeds/: {1000 * extraction:.0f} ms of CPU\n")
    print(f"{'articles':>9} {'entities':>9} {'doubts':>7} {'ms/article':>11} {'of extraction':>14} {'reprints ms/article':>20} {'peak MB':>8}")
    for size in map(int, sys.argv[1:] or ("1000", "10000", "100000")):
        made = list(corpus(size))
        start = time.process_time()
        found = resolve(made, Minter())
        cost = (time.process_time() - start) / size
        start = time.process_time()
        stories([facts.article for facts in made])
        reprints = (time.process_time() - start) / size
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{size:>9} {len(found.entities):>9} {len(found.doubts):>7} {1000 * cost:>11.2f} {100 * cost / extraction:>12.1f} %"
            f" {1000 * reprints:>20.2f} {peak:>8.0f}"
        )


if __name__ == "__main__":
    main()
