"""Articles in files of every kind, and the rows of batches."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "collect"))

from warcs import http, record

from articles import PROTEST, SHELLING

Run = Callable[..., dict[str, Any]]


def text(number: int) -> str:
    """A short article that no other equals."""
    return f"{(SHELLING, PROTEST)[number % 2]}وهذا هو الخبر رقم {number} من أخبار اليوم.\n"


def day(number: int) -> str:
    return f"20{20 + number % 3}-0{1 + number % 9}-10"


def page(number: int) -> bytes:
    title, _, body = text(number).partition("\n")
    head = f'<title>{title}</title><meta charset="utf-8"><meta property="article:published_time" content="{day(number)}">'
    return f'<!DOCTYPE html><html lang="ar"><head>{head}</head><body><article><h1>{title}</h1><p>{body.strip()}</p></article></body></html>'.encode()


def warc_record(number: int, **wrong: int) -> bytes:
    return record(f"http://news.example/{number}", http(page(number)), **wrong)


def jsonl(path: Path, numbers: range) -> Path:
    lines = [json.dumps({"id": f"j{n}", "text": text(n), "published": day(n), "outlet": "وكالة"}, ensure_ascii=False) for n in numbers]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def table(path: Path, numbers: range) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("id", "text", "published"), *((f"c{n}", text(n), day(n)) for n in numbers)])
    return path


def parquet(path: Path, numbers: range) -> Path:
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet as pq

    columns = {"id": [f"p{n}" for n in numbers], "text": [text(n) for n in numbers], "published": [day(n) for n in numbers]}
    pq.write_table(pa.table(columns), path, row_group_size=4)
    return path


def rows(out: Path, name: str) -> list[dict[str, Any]]:
    """The rows of a table of a batch, in order."""
    from khabar.archives.schema import KEYS
    from khabar.archives.tables import rows_in

    found = [r for path in out.glob(f"{name}/*/*.parquet") for r in rows_in(path)]
    return sorted(found, key=lambda r: [r[k] for k in KEYS[name]])
