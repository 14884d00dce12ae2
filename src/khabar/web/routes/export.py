"""Downloads in the formats of `khabar export`, with the filter of the events."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path as FilePath
from tempfile import TemporaryDirectory
from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response

from khabar import FORMATS, KhabarError, export_store
from khabar.web.access import room_of, user_of
from khabar.web.asked import Asked
from khabar.web.errors import NotCoded, NotFound
from khabar.web.render import page
from khabar.web.routes.events import Filter, facet_counts
from khabar.web.views import ERRORS

FOLDERS = frozenset(("datapackage", "brat"))  # formats of many files; they come as one archive
KINDS: Mapping[str, tuple[str, str]] = {
    "csv": ("csv", "text/csv; charset=utf-8"), "csv-excel": ("csv", "text/csv; charset=utf-8"), "jsonl": ("jsonl", "application/x-ndjson"),
    "xlsx": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), "parquet": ("parquet", "application/vnd.apache.parquet"),
    "geojson": ("geojson", "application/geo+json"), "plover": ("tsv", "text/tab-separated-values; charset=utf-8"), "acled": ("csv", "text/csv; charset=utf-8"),
    "ucdp": ("csv", "text/csv; charset=utf-8"), "gdelt-mentions": ("csv", "text/csv; charset=utf-8"), "followthemoney": ("jsonl", "application/x-ndjson"),
    "webannotation": ("jsonld", "application/ld+json"),
}  # fmt: skip
router = APIRouter()
Format = Annotated[str, Path(max_length=40)]


def show(request: Request, filter: Filter) -> Response:  # noqa: A002
    """The formats, and how many events the filter leaves."""
    store = room_of(request).store
    counts = store.facets(filter.wanted)
    about = {"asked": filter.given, "sort": filter.order, "outlets": store.outlets(), "facets": facet_counts(counts), "total": counts.total}
    return page(request, "export.html", view=about, formats=tuple(FORMATS))


def download(request: Request, format: Format, filter: Filter) -> Response:  # noqa: A002
    """Events that fit in a format, people protected"""
    return _exported(request, format, filter, full=False)


def download_full(request: Request, format: Format, filter: Filter) -> Response:  # noqa: A002
    """Events that fit in a format, people as they stand in the articles; the store keeps who asked"""
    return _exported(request, format, filter, full=True)


def _exported(request: Request, form: str, filter: Asked, *, full: bool) -> Response:  # noqa: A002
    if form not in FORMATS:
        raise NotFound(form)
    ending, kind = ("zip", "application/zip") if form in FOLDERS else KINDS.get(form, ("bin", "application/octet-stream"))
    try:
        data = _written(request, form, filter, full)
    except KhabarError as error:
        raise NotCoded(str(error)[:200]) from None
    name = f"khabar-{form}{'-full' if full else ''}.{ending}"
    return Response(data, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})


def _written(request: Request, form: str, filter: Asked, full: bool) -> bytes:  # noqa: A002
    store, who = room_of(request).store, user_of(request).name
    if form not in FOLDERS:
        stream = io.BytesIO()
        export_store(store, form, stream, wanted=filter.wanted, full=full, who=who)
        return stream.getvalue()
    with TemporaryDirectory(prefix="khabar-") as folder:
        target = FilePath(folder) / "khabar"
        export_store(store, form, target, wanted=filter.wanted, full=full, who=who)
        return _packed(target)


def _packed(folder: FilePath) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            archive.write(path, str(path.relative_to(folder)))
    return out.getvalue()


_FILE = {200: {"content": {"application/octet-stream": {}}}, **ERRORS}
router.add_api_route("/export", show, name="export", include_in_schema=False, response_model=None)
router.add_api_route("/export/{format}", download, name="export.download", response_class=Response, responses=_FILE, summary=download.__doc__)
router.add_api_route(
    "/export/{format}", download_full, name="export.full", methods=["POST"], response_class=Response, responses=_FILE, summary=download_full.__doc__
)
