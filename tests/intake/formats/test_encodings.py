from __future__ import annotations

from pathlib import Path

import pytest

from cs_dash.intake.formats import encodings

WORDS = "Kunde;Straße;Größe\nMüller & Söhne;Königstraße 5;groß\nJäger;Öffnung;süß\n"


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_text_comes_out_as_it_was_written(name: str) -> None:
    decoded = encodings.text(WORDS.encode(name))
    assert decoded is not None
    assert decoded[0] == WORDS


def test_cyrillic() -> None:
    words = "Клиент;Сумма\n" + "Общество с ограниченной ответственностью «Ромашка»;100\n" * 20
    decoded = encodings.text(words.encode("cp1251"))
    assert decoded is not None
    assert decoded[0] == words


def test_a_file_cut_in_mid_character_is_still_utf8() -> None:
    decoded = encodings.text("Клиент".encode()[:-1])
    assert decoded is not None
    assert decoded[1] == "utf-8"
    assert decoded[0].startswith("Клиен")


def test_rubbish_is_no_text() -> None:
    assert encodings.text(bytes(range(256)) * 10) is None


def test_the_readers_choice_wins() -> None:
    assert encodings.text("é".encode("latin-1"), "latin-1") == ("é", "iso8859-1")


def test_an_unknown_encoding_is_refused() -> None:
    with pytest.raises(LookupError):
        encodings.text(b"a", "utf-99")


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1251", "gb18030"])
def test_a_file_of_many_blocks_becomes_utf8_without_a_break(tmp_path: Path, name: str) -> None:
    words = "Клиент;Сумма\n" + 'Ромашка;"1,5"\n' * 200_000
    file = tmp_path / "file"
    file.write_bytes(words.encode(name))
    text = encodings.utf8(file, tmp_path, None if name == "utf-16-be" else name)
    assert text is not None
    assert text.path.read_bytes()[text.start :].decode() == words
    assert (text.quotes, text.end) == (400_000, "\n")
    assert text.head[:100_000] == words[:100_000]
    assert (text.path == file) == name.startswith("utf-8")


def test_a_character_that_lies_across_two_blocks_is_no_fault(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"a" * ((1 << 20) - 1) + "é".encode() + b"\n")
    text = encodings.utf8(file, tmp_path)
    assert text is not None
    assert (text.path, text.encoding) == (file, "utf-8")


def test_a_file_of_blanks_holds_nothing(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes("\ufeff \n\t".encode())
    text = encodings.utf8(file, tmp_path)
    assert text is not None
    assert text.end == ""
