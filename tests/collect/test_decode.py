"""Bytes in every encoding that Arabic comes in."""

from __future__ import annotations

import os

import pytest

from articles import PROTEST, SHELLING
from khabar.collect.decode import decode
from khabar.collect.language import check_arabic
from khabar.model import InputRejected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1256", "iso8859_6"])
@pytest.mark.parametrize("text", [SHELLING, PROTEST])
@pytest.mark.parametrize("declared", [None, "utf-8", "windows-1252", "nonsense", "hex"])
def test_encodings_rightly_wrongly_and_not_declared(encoding: str, text: str, declared: str | None) -> None:
    assert decode(text.encode(encoding), declared) == text


def test_everything_but_the_mark_is_kept() -> None:
    text = "قال\r\n\r\n\u200fالرئيس\x00\t \u2028نعم\ufeff\n"
    assert decode(b"\xef\xbb\xbf" + text.encode()) == text


def test_damaged_utf8_stays_utf8() -> None:
    data = SHELLING.encode()
    assert decode(data[:-3]) == SHELLING[:-3] + "\ufffd"
    text = decode(data[:101] + b"\xff" + data[102:])
    assert text.count("\ufffd") <= 3
    assert text[80:] in SHELLING


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7 x", b"PK\x03\x04abc", b"\x89PNG\r\n", b"\x1f\x8b\x08", bytes(range(1, 32)) * 50], ids=["pdf", "zip", "png", "gzip", "control"]
)
def test_binary_is_named(data: bytes) -> None:
    with pytest.raises(InputRejected, match="binary"):
        decode(data)


def test_random_bytes_are_rejected_somewhere() -> None:
    for n in (50, 500, 5000):
        with pytest.raises(InputRejected):
            check_arabic(decode(os.urandom(n)))


def test_lone_surrogates() -> None:
    assert decode("قال الرئيس".encode("utf-16-le") + b"\x00\xd8") == "قال الرئيس\ufffd"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \r\n\ufeff\x00", "empty"),
        ("12 - 34 ...", "signs"),
        ("Le président de la République a déclaré hier que les négociations reprendraient. " * 3, r"not Arabic \(fr [01]\.\d\d\)"),
        ("رئیس جمهوری ایران گفت که این کشور به تعهدات خود پایبند است و می‌خواهد گفتگو کند. " * 3, r"not Arabic \(fa"),
        (SHELLING.encode().decode("latin-1"), "encoded again"),
    ],
)  # fmt: skip
def test_reasons(text: str, reason: str) -> None:
    with pytest.raises(InputRejected, match=reason):
        check_arabic(text)


@pytest.mark.parametrize("text", [SHELLING, PROTEST, "مقتل جنديين في غارة", "\n" * 50_000 + SHELLING])
def test_arabic_is_accepted(text: str) -> None:
    check_arabic(text)
