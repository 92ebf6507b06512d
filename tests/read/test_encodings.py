"""One text in many encodings: the same article comes out, and a guess is told."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from kg.errors import Refusal
from kg.read import read
from kg.records import Article

TEXT = (
    "Мэр Заозёрска открыл новый мост\r\n"
    "\r\n"
    "12 марта 2021 года\r\n"
    "Мэр Заозёрска Пётр Луговой во вторник открыл мост через реку Чайка. По его словам, работы шли три года.\r\n"
    "— Мы ждали этого дня, — сказал Луговой журналистам. Движение объездом больше не нужно.\r\n"
    "Подрядчик сообщил, что съёмка фильма о стройке ещё не закончена: её покажут в июне.\r\n"
)

PLAIN = {
    "utf-8": TEXT.encode(),
    "utf-8 with mark": codecs.BOM_UTF8 + TEXT.encode(),
    "utf-16 little with mark": codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
    "utf-16 big with mark": codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    "utf-32 with mark": codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"),
}
GUESSED = {
    "utf-16-le": TEXT.encode("utf-16-le"),
    "utf-16-be": TEXT.encode("utf-16-be"),
    "cp1251": TEXT.encode("cp1251"),
    "koi8-r": TEXT.replace("—", "-").encode("koi8-r"),
    "cp866": TEXT.replace("—", "-").encode("cp866"),
    "iso8859-5": TEXT.replace("—", "-").encode("iso8859-5"),
    "mac-cyrillic": TEXT.encode("mac-cyrillic"),
}


def article(folder: Path, data: bytes) -> Article:
    """The one article of a file with these bytes."""
    file = folder / "twin.txt"
    file.write_bytes(data)
    (found,) = read([file])
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize("name", PLAIN)
def test_marked_or_utf8_text_is_no_guess(tmp_path: Path, name: str) -> None:
    found = article(tmp_path, PLAIN[name])
    assert found.text == TEXT
    assert found.warnings == ()


@pytest.mark.parametrize("name", GUESSED)
def test_unmarked_encodings_are_guessed_and_told(tmp_path: Path, name: str) -> None:
    found = article(tmp_path, GUESSED[name])
    assert found.text.replace("—", "-") == TEXT.replace("—", "-")
    assert found.encoding == name
    assert found.warnings == (f"encoding guessed: {name}",)


def test_twins_have_one_hash(tmp_path: Path) -> None:
    twins = [*PLAIN.values(), *(data for name, data in GUESSED.items() if name not in ("koi8-r", "cp866", "iso8859-5"))]
    assert len({article(tmp_path, data).sha256 for data in twins}) == 1


@pytest.mark.parametrize("name", ["cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic", "utf-16", "utf-16-be"])
def test_twins_of_a_text_without_dashes(tmp_path: Path, name: str) -> None:
    text = TEXT.replace("—", "-")
    assert article(tmp_path, text.encode(name)).sha256 == article(tmp_path, text.encode()).sha256


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 40,
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes((i * 7919 + 31) % 256 for i in range(4000)),
        b"\x7fELF" + b"\x00\x01\x02\x03" * 500,
        codecs.BOM_UTF8 + b"\xd0\xff\xfe broken",
        TEXT.encode() + "щ".encode()[:1],
    ],
    ids=["every byte", "jpeg", "elf", "a mark that lies", "utf-8 cut inside a letter"],
)
def test_binary_data_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "picture.txt").write_bytes(data)
    (found,) = read([tmp_path / "picture.txt"])
    assert isinstance(found, Refusal)
    assert (found.path, found.code) == ("picture.txt", "binary")


@pytest.mark.parametrize("name", ["cp1251", "koi8-r"])
def test_a_short_note_is_guessed_too(tmp_path: Path, name: str) -> None:
    text = "Губернатор встретился с учителями посёлка."
    assert article(tmp_path, text.encode(name)).text == text
