"""WARC records made by hand, so that they can be made wrong."""

from __future__ import annotations

import gzip
from random import Random


def page(word: str, filler: int = 400) -> bytes:
    """A page whose text begins with `word`; its letters do not pack well."""
    noise = "".join(Random(word).choices("ابتثجحخدذرزسشصضطظعغفقكلمنهوي ", k=filler))
    return f'<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><title>{word}</title></head><body><h1>{word}</h1><p>{noise}</p></body></html>'.encode()


def http(body: bytes, media: str = "text/html; charset=utf-8", status: str = "200 OK", more: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n{more}\r\n".encode() + body


def record(url: str, block: bytes, length: int | None = None, kind: str = "response", media: str = "application/http; msgtype=response") -> bytes:
    head = f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>\r\nWARC-Date: 2020-01-10T09:00:00Z\r\n"
    head += f"WARC-Target-URI: {url}\r\nContent-Type: {media}\r\nContent-Length: {len(block) if length is None else length}\r\n\r\n"
    return head.encode() + block + b"\r\n\r\n"


def article(number: int, **wrong: int) -> bytes:
    """A whole record of a page; `length` makes its length wrong."""
    return record(f"http://news.example/{number}", http(page(f"خبر{number}")), **wrong)


def packed(*records: bytes) -> bytes:
    return b"".join(map(gzip.compress, records))
