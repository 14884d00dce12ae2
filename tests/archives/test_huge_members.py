"""Members of ten gigabytes: passed over with a reason and the number of the record, in little memory; what follows them is read."""

from __future__ import annotations

import gzip
import resource
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyarrow")

from batches import Run, rows, warc_record

SIZE = 10 * 2**30
BLOCK = 2**26
MOST_KB = 900_000  # of memory, of which the reader takes a third


def huge_record() -> bytes:
    """The head of a record that says it holds ten gigabytes."""
    small = warc_record(5)
    head, _, body = small.partition(b"\r\n\r\n")
    lines = [f"Content-Length: {SIZE}".encode() if line.lower().startswith(b"content-length") else line for line in head.split(b"\r\n")]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"


def huge_member(before: bytes, after: bytes = b"") -> bytes:
    """A gzip member of `before`, ten gigabytes of spaces, and `after`, made without packing them: flushed blocks may be repeated."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    begin = packer.compress(before) + packer.flush(zlib.Z_FULL_FLUSH)
    spaces = b" " * BLOCK
    block = packer.compress(spaces) + packer.flush(zlib.Z_FULL_FLUSH)
    end = packer.compress(after) + packer.flush(zlib.Z_FINISH)
    total, check = len(before), zlib.crc32(before)
    for _ in range(SIZE // BLOCK):
        check = zlib.crc32(spaces, check)
        total += BLOCK
    check = zlib.crc32(after, check)
    trailer = struct.pack("<II", check, (total + len(after)) % 2**32)
    return b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff" + begin + block * (SIZE // BLOCK) + end + trailer


@pytest.mark.slow
@pytest.mark.parametrize("own_member", [True, False], ids=["a member of its own", "a member with other records"])
def test_a_member_of_ten_gigabytes(run: Run, tmp_path: Path, own_member: bool) -> None:
    good = [gzip.compress(warc_record(n)) for n in range(4)]
    huge = huge_member(huge_record(), b"\r\n\r\n") if own_member else huge_member(warc_record(8) + huge_record(), b"\r\n\r\n" + warc_record(9))
    path = tmp_path / "huge.warc.gz"
    path.write_bytes(b"".join([*good[:2], huge, *good[2:]]))
    manifest = run(path, part=100)
    found: dict[int, dict[str, Any]] = {r["number"]: r for r in rows(tmp_path / "out", "outcomes")}
    refused = {n: r["reason"] for n, r in found.items() if r["outcome"] == "failed"}
    at = 3 if own_member else 4
    assert at in refused, refused
    assert f"record {at}" in refused[at]
    assert "too large" in refused[at] or "bomb" in refused[at]
    assert manifest["outcomes"]["read"] >= (4 if own_member else 5)
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < MOST_KB
