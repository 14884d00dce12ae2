"""The archive of what was fetched: WARC that other programs read."""

from __future__ import annotations

import gzip
import hashlib
import threading
from pathlib import Path
from typing import Any

import pytest
from fastwarc.warc import ArchiveIterator

from khabar.collect.fetch import Archive, ArchiveFault, FetchRefused
from khabar.model import InvalidValue
from servers import CHUNKED, HTML, answer, fetched, fetcher, moved, site


def records(path: Path) -> list[dict[str, Any]]:
    with path.open("rb") as file:
        return [
            {"type": str(r.record_type).rpartition(".")[2], "sound": r.verify_block_digest(), "headers": dict(r.headers), "block": r.reader.read()}
            for r in ArchiveIterator(file, parse_http=False)
        ]


def payloads(path: Path) -> dict[str, bytes]:
    """By URL the bodies of answers, as a reader that knows only WARC and HTTP sees them."""
    with path.open("rb") as file:
        return {r.headers["WARC-Target-URI"]: r.reader.read() for r in ArchiveIterator(file, parse_http=True) if r.http_headers and r.http_headers.status_code}


def test_answers_and_requests_can_be_read_back(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    with site() as here, Archive(path) as archive, fetcher(archive=archive) as f:
        got = fetched(f.get(here.url()))
    found = records(path)
    assert [r["type"] for r in found] == ["warcinfo", "response", "request", "response", "request"]
    assert all(r["sound"] for r in found)
    response, request = found[3:]
    assert response["headers"]["WARC-Target-URI"] == request["headers"]["WARC-Target-URI"] == here.url()
    assert response["headers"]["WARC-Date"] == got.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    assert response["headers"]["WARC-Payload-Digest"] == f"sha256:{got.sha256}"
    assert response["headers"]["WARC-IP-Address"] == "127.0.0.1"
    assert request["headers"]["WARC-Concurrent-To"] == response["headers"]["WARC-Record-ID"]
    assert request["block"].startswith(b"GET / HTTP/1.1\r\nHost: 127.0.0.1")
    assert request["block"].endswith(b"\r\n\r\n")
    assert response["block"] == answer()
    assert payloads(path)[here.url()] == HTML


def test_bodies_are_kept_as_sent(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    small = gzip.compress(HTML)
    chunked = CHUNKED[:-2] + b"Content-Encoding: gzip\r\n\r\n" + f"{len(small):x}\r\n".encode() + small + b"\r\n0\r\n\r\n"
    with site({"/": chunked}) as here, Archive(path) as archive, fetcher(archive=archive) as f:
        assert fetched(f.get(here.url())).body == HTML
    block = records(path)[3]["block"]
    assert block.endswith(b"\r\n\r\n" + small)
    assert b"X-Archive-Orig-Transfer-Encoding: chunked\r\n" in block
    assert records(path)[3]["headers"]["WARC-Payload-Digest"] == f"sha256:{hashlib.sha256(small).hexdigest()}"


def test_redirects_refusals_and_unchanged_pages(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    unchanged, missing = answer(b"", status="304 Not Modified"), answer(b"x" * 99999, status="404 Not Found")
    pages = {"/": moved("/same"), "/same": unchanged, "/no": missing, "/pdf": answer(type="application/pdf")}
    with site(pages) as here, Archive(path) as archive, fetcher(archive=archive) as f:
        f.get(here.url(), etag='"1"')
        for target in ("/no", "/pdf"):
            with pytest.raises(FetchRefused):
                f.get(here.url(target))
    found = [r for r in records(path) if r["type"] in ("response", "revisit")][1:]
    kept = [("response", here.url()), ("revisit", here.url("/same")), ("response", here.url("/no"))]
    assert [(r["type"], r["headers"]["WARC-Target-URI"]) for r in found] == kept
    assert found[1]["headers"]["WARC-Profile"].endswith("/revisit/server-not-modified")
    assert found[2]["headers"]["WARC-Truncated"] == "length"


def test_an_archive_is_only_added_to(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    with site() as here:
        for _ in range(2):
            with Archive(path) as archive, fetcher(archive=archive) as f:
                before = path.read_bytes()
                f.get(here.url())
                assert path.read_bytes().startswith(before)
    assert [r["type"] for r in records(path)].count("warcinfo") == 2
    assert len(records(path)) == 10


def test_every_record_is_a_member_of_its_own_and_there_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    with site() as here, Archive(path) as archive, fetcher(archive=archive) as f:
        assert path.read_bytes().count(b"\x1f\x8b\x08") == 1
        f.get(here.url())
        assert len(records(path)) == 5
        assert path.read_bytes().count(b"\x1f\x8b\x08") == 5


DAMAGES = [lambda b: b[:-7], lambda b: b[: len(b) // 2], lambda b: b"WARC/1.1\r\n\r\n", lambda b: b + b"more", lambda b: b + bytes(512)]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_archive_is_not_added_to(tmp_path: Path, damage: Any) -> None:
    path = tmp_path / "a.warc.gz"
    Archive(path).close()
    path.write_bytes(damage(path.read_bytes()))
    before = path.read_bytes()
    with pytest.raises(ArchiveFault, match="name another file"):
        Archive(path)
    assert path.read_bytes() == before


def test_a_full_disk_leaves_the_archive_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    with site() as here, Archive(path) as archive:
        before, real = path.read_bytes(), archive._file

        class Full:
            def write(self, data: bytes) -> int:
                real.write(bytes(data[:100]))
                raise OSError(28, "No space left on device")

            def __getattr__(self, name: str) -> Any:
                return getattr(real, name)

        archive._file = Full()  # type: ignore[assignment]
        with pytest.raises(ArchiveFault, match="No space left"):
            fetcher(archive=archive).get(here.url())
        assert path.read_bytes() == before


def test_names_and_places_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(InvalidValue, match=r"ends in \.warc\.gz"):
        Archive(tmp_path / "a.zip")
    (tmp_path / "folder.warc.gz").mkdir()
    for path in (tmp_path / "none" / "a.warc.gz", tmp_path / "folder.warc.gz"):
        with pytest.raises(ArchiveFault, match="cannot be written"):
            Archive(path)


def test_many_threads_write_whole_records(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    with site({f"/{n}": answer(HTML * n) for n in range(8)}) as here, Archive(path) as archive, fetcher(archive=archive) as f:
        helpers = [threading.Thread(target=lambda n=n: f.get(here.url(f"/{n}", host=f"h{n}.example"))) for n in range(8)]
        for helper in helpers:
            helper.start()
        for helper in helpers:
            helper.join()
    found = records(path)
    assert len(found) == 1 + 4 * 8
    assert all(r["sound"] for r in found)
    assert sorted(len(body) for url, body in payloads(path).items() if "robots" not in url) == [len(HTML) * n for n in range(8)]
