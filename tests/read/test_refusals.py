"""What is not read is named with a stable code, and never costs the other files."""

from __future__ import annotations

import os
import socket
import tracemalloc
from pathlib import Path

import pytest

from kg.errors import Refusal, UsageError
from kg.read import read
from kg.read.files import MAX_BYTES
from kg.records import Article

RUSSIAN = "Директор завода рассказал о планах на осень. Он не назвал сроков и сумм, но это было и не нужно."
UKRAINIAN = "Міністр освіти заявив, що школи відкриють у вересні. Він також розповів про зарплати вчителів та нові підручники."
ENGLISH = "The minister said on Monday that the new schools would be opened in September, after a delay of two years."
SERBIAN = "Министар је рекао да ће школе бити отворене у септембру, али је већ било касно за њих и за све који су чекали."
BULGARIAN = "Министърът каза, че новите училища ще бъдат открити през септември. Той не отговори на въпросите, които му бяха зададени."
KAZAKH = "Министр жаңа мектептер қыркүйек айында ашылатынын мәлімдеді. Ол мұғалімдердің жалақысы туралы да айтты және бұл жыл үшін."
BELARUSIAN = "Міністр заявіў, што новыя школы адчыняць у верасні. Ён таксама расказаў пра заробкі настаўнікаў, але не назваў тэрмінаў."


def only(path: Path) -> Article | Refusal:
    """What reading one path gives."""
    (found,) = read([path])
    return found


def refused(path: Path) -> str:
    """The code of the refusal that a path gives."""
    found = only(path)
    assert isinstance(found, Refusal), found
    assert found.path == path.name
    assert found.reason and found.code in str(found)
    return found.code


@pytest.mark.parametrize("text", ["", "  \n\t\r\n ", "\ufeff", "\u200b\u200b\n", "* * *\n---\n12345"])
def test_empty(tmp_path: Path, text: str) -> None:
    (tmp_path / "empty.txt").write_bytes(text.encode())
    assert refused(tmp_path / "empty.txt") == "empty"


@pytest.mark.parametrize("text", [UKRAINIAN, ENGLISH, SERBIAN, BULGARIAN, KAZAKH, BELARUSIAN], ids=["uk", "en", "sr", "bg", "kk", "be"])
def test_foreign_language(tmp_path: Path, text: str) -> None:
    (tmp_path / "foreign.txt").write_text(text, encoding="utf-8")
    assert refused(tmp_path / "foreign.txt") == "language"


@pytest.mark.parametrize("wrong", ["cp1251", "cp866", "cp1252", "latin-1"])
def test_mojibake(tmp_path: Path, wrong: str) -> None:
    (tmp_path / "moji.txt").write_text(RUSSIAN.encode().decode(wrong, "replace"), encoding="utf-8")
    assert refused(tmp_path / "moji.txt") == "mojibake"


@pytest.mark.parametrize("text", ["ЁЛКА «ЁЖ» — ЁРШ И ЁЛКА «ЁЖ»: «ЁЛКИ» ЕЩЁ ЁЛКИ", RUSSIAN.upper(), RUSSIAN + " «РџСЂРµР·» — так выглядит порча."])
def test_odd_russian_is_no_mojibake(tmp_path: Path, text: str) -> None:
    (tmp_path / "odd.txt").write_text(text, encoding="utf-8")
    assert isinstance(only(tmp_path / "odd.txt"), Article)


@pytest.mark.parametrize("extra", ["Компания Smart Systems Limited купила Global Data Inc.", "Песня «Ой, у лузі червона калина» прозвучала дважды."])
def test_foreign_words_do_not_make_russian_foreign(tmp_path: Path, extra: str) -> None:
    (tmp_path / "mixed.txt").write_text(f"{RUSSIAN} {extra}", encoding="utf-8")
    assert isinstance(only(tmp_path / "mixed.txt"), Article)


def test_too_large_is_refused_without_reading_it_whole(tmp_path: Path) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(10 * MAX_BYTES)
    tracemalloc.start()
    try:
        assert refused(huge) == "too_large"
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 3 * MAX_BYTES


def test_one_byte_too_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = RUSSIAN.encode()
    monkeypatch.setattr("kg.read.files.MAX_BYTES", len(data))
    (tmp_path / "fits.txt").write_bytes(data)
    (tmp_path / "over.txt").write_bytes(data + b".")
    assert isinstance(only(tmp_path / "fits.txt"), Article)
    assert refused(tmp_path / "over.txt") == "too_large"


def test_fifo_and_socket_do_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert refused(tmp_path / "pipe.txt") == "not_regular"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(tmp_path / "s.txt"))
        assert refused(tmp_path / "s.txt") == "not_regular"


def test_device(tmp_path: Path) -> None:
    assert refused(Path("/dev/zero")) == "not_regular"


def test_links_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text(RUSSIAN, encoding="utf-8")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    outside = tmp_path / "inner"
    outside.mkdir()
    (outside / "up").symlink_to(tmp_path)
    assert refused(tmp_path / "link.txt") == "symlink"
    assert refused(tmp_path / "loop.txt") == "symlink"
    found = list(read([tmp_path]))
    assert [a.name for a in found if isinstance(a, Article)] == ["real.txt"]
    assert sorted(r.path for r in found if isinstance(r, Refusal)) == ["inner/up", "link.txt", "loop.txt"]
    assert {r.code for r in found if isinstance(r, Refusal)} == {"symlink"}


@pytest.mark.parametrize("name", ["page.xyz", "noext", "photo.jpeg", "archive.tar.gz"])
def test_unknown_format_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(RUSSIAN, encoding="utf-8")
    found = only(tmp_path / name)
    assert isinstance(found, Refusal) and found.code == "unknown_format"
    assert ".txt" in found.reason


def test_a_path_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        list(read([tmp_path / "nothing.txt"]))


def test_a_folder_named_like_a_file(tmp_path: Path) -> None:
    folder = tmp_path / "a.txt"
    folder.mkdir()
    (folder / "b.txt").write_text(RUSSIAN, encoding="utf-8")
    found = list(read([tmp_path]))
    assert [f.name for f in found if isinstance(f, Article)] == ["a.txt/b.txt"]
    assert len(found) == 1


def test_names_that_are_no_utf8_are_escaped(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/\xff\xfe.txt"
    with open(raw, "wb") as file:  # noqa: PTH123 - a bytes path
        file.write(RUSSIAN.encode())
    (found,) = read([tmp_path])
    assert isinstance(found, Article)
    found.name.encode("utf-8")


def test_one_bad_file_never_loses_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(RUSSIAN, encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(bytes(range(256)) * 8)
    (tmp_path / "c.txt").write_text("", encoding="utf-8")
    (tmp_path / "d.txt").write_text(UKRAINIAN, encoding="utf-8")
    (tmp_path / "e.xyz").write_text(RUSSIAN, encoding="utf-8")
    os.mkfifo(tmp_path / "f.txt")
    (tmp_path / "g.txt").symlink_to(tmp_path / "a.txt")
    (tmp_path / "h.txt").write_text(RUSSIAN + " Это другой текст.", encoding="utf-8")
    found = list(read([tmp_path]))
    assert [f.name for f in found if isinstance(f, Article)] == ["a.txt", "h.txt"]
    assert {f.path: f.code for f in found if isinstance(f, Refusal)} == {
        "b.txt": "binary", "c.txt": "empty", "d.txt": "language", "e.xyz": "unknown_format", "f.txt": "not_regular", "g.txt": "symlink",
    }  # fmt: skip


def test_a_file_that_vanishes_costs_itself_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(f"{RUSSIAN} {name}", encoding="utf-8")
    look = Path.lstat

    def lstat(path: Path) -> os.stat_result:
        if path.name == "b.txt":
            raise FileNotFoundError(2, "No such file or directory", str(path))
        return look(path)

    monkeypatch.setattr(Path, "lstat", lstat)
    found = list(read([tmp_path]))
    assert [f.name for f in found if isinstance(f, Article)] == ["a.txt", "c.txt"]
    assert [(f.path, f.code) for f in found if isinstance(f, Refusal)] == [("b.txt", "unreadable")]
