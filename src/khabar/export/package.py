"""A Frictionless data package: a CSV for every table, described in Arabic and English, with hashes; a folder or a .zip."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sys
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from khabar.export.arrow import grouped
from khabar.export.dictionary import VIEWS, Field, dictionary
from khabar.export.job import Job, whole_file
from khabar.export.jsonlines import check_head
from khabar.export.tables import rows
from khabar.model import InvalidValue
from khabar.store.dump import TABLES

DESCRIPTOR = "datapackage.json"
LICENCE = {"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}
_TITLES = {
    "published": ("Events, and who tells them", "أحداث ومن يرويها"),
    "store": ("A whole store of khabar", "مخزن خبر كاملا"),
}
_TYPES = {"list": "array", "json": "string"}
_KEYS = {
    "events": ["event_id"], "claims": ["mention_id"], "participants": ["mention_id", "role", "position"], "places": ["mention_id", "position"],
    "figures": ["mention_id", "position"], "articles": ["article_id"],
}  # fmt: skip
_PARENTS = {
    "claims": {"event_id": "events", "article_id": "articles"}, "tolls": {"event_id": "events"},
    "participants": {"mention_id": "claims"}, "places": {"mention_id": "claims"}, "figures": {"mention_id": "claims"},
}  # fmt: skip
_FIRST_NULL = "\\N"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the day of every member of a .zip, so that equal exports have equal bytes


def write_datapackage(job: Job) -> None:
    """With `full` and no filter the whole store, otherwise what is published."""
    if job.target.path is not None and job.target.path.suffix == ".zip":
        with TemporaryDirectory() as folder:
            _write_folder(job, Path(folder))
            with job.target.file() as out:
                _zip(Path(folder), out)
    else:
        _write_folder(job, job.target.folder(job.format))


def _write_folder(job: Job, folder: Path) -> None:
    tables = tuple(TABLES) if job.whole else VIEWS
    null = _null(job)
    for table, members in grouped(_all_rows(job)):
        _write_table(job, folder, table, members, null)
    for table in tables:
        if not (folder / f"{table}.csv").exists():
            _write_table(job, folder, table, (), null)
    with whole_file(folder / DESCRIPTOR) as out:
        out.write(json.dumps(_descriptor(job, folder, tables, null), ensure_ascii=False, indent=1).encode() + b"\n")


def _null(job: Job) -> str:
    """What stands in a cell that holds nothing: text that no cell holds, so that an empty text stays apart from none."""
    null = _FIRST_NULL
    taken = {v for _, row in _all_rows(job) for v in row.values() if isinstance(v, str) and v.startswith(_FIRST_NULL)}
    while null in taken:
        null += "N"
    return null


def _all_rows(job: Job) -> Iterator[tuple[str, dict[str, Any]]]:
    return job.store.dump() if job.whole else ((t, r) for t in VIEWS for r in rows(job.view, t))


def _write_table(job: Job, folder: Path, table: str, found: Iterable[dict[str, Any]], null: str) -> None:
    fields = dictionary()[table]
    with whole_file(folder / f"{table}.csv") as out:
        text = io.TextIOWrapper(out, "utf-8", errors="replace", newline="", write_through=True)
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow([f.name for f in fields])
        for row in found:
            writer.writerow([_cell(row[f.name], f, null) for f in fields])
            job.written[table] += 1
        text.detach()
    job.written[table] += 0


def _cell(value: Any, field: Field, null: str) -> str:
    if value is None:
        return null
    if isinstance(value, bool):
        return "true" if value else "false"
    if field.kind == "list":
        return json.dumps(value, ensure_ascii=False)
    return repr(value) if isinstance(value, float) else value.isoformat() if isinstance(value, date) else str(value)


def _descriptor(job: Job, folder: Path, tables: Iterable[str], null: str) -> dict[str, Any]:
    english, arabic = _TITLES[job.head()["layout"]]
    rights = "The licence is that of the coded data; titles, quotations and texts remain their publishers'."
    return {
        "profile": "tabular-data-package", "name": "khabar-export", "title": f"{english} | {arabic}", "titles": {"en": english, "ar": arabic},
        "description": rights, "licenses": [LICENCE], "khabar": job.head(), "resources": [_resource(folder, t, null, job.whole) for t in tables],
    }  # fmt: skip


def _resource(folder: Path, table: str, null: str, whole: bool) -> dict[str, Any]:
    data = (folder / f"{table}.csv").read_bytes()
    schema: dict[str, Any] = {"fields": [_field(f) for f in dictionary()[table]], "missingValues": [null]}
    if not whole and table in _KEYS:
        schema["primaryKey"] = _KEYS[table]
    if not whole and table in _PARENTS:
        schema["foreignKeys"] = [{"fields": [c], "reference": {"resource": parent, "fields": [c]}} for c, parent in _PARENTS[table].items()]
    dialect = {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True}
    own = {"name": table.replace("_", "-"), "path": f"{table}.csv", "profile": "tabular-data-resource", "format": "csv", "mediatype": "text/csv"}
    return {**own, "encoding": "utf-8", "bytes": len(data), "hash": f"sha256:{hashlib.sha256(data).hexdigest()}", "dialect": dialect, "schema": schema}


def _field(f: Field) -> dict[str, Any]:
    both = {"description": f"{f.english} | {f.arabic}", "descriptions": {"en": f.english, "ar": f.arabic}}
    return {"name": f.name, "type": _TYPES.get(f.kind, f.kind), **both}


def _zip(folder: Path, out: IO[bytes]) -> None:
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.iterdir()):
            archive.writestr(zipfile.ZipInfo(path.name, _EPOCH), path.read_bytes(), zipfile.ZIP_DEFLATED)


def read_datapackage(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of a whole store, every file checked against its hash."""
    with TemporaryDirectory() as unpacked, _long_cells():
        folder = path if path.is_dir() else path.parent
        if path.suffix == ".zip":
            _unzip(path, folder := Path(unpacked))
        try:
            descriptor = json.loads((folder / DESCRIPTOR).read_bytes())
        except (OSError, ValueError) as error:
            raise InvalidValue(f"{folder / DESCRIPTOR}: {error}; expected a data package of `khabar export --full`") from None
        check_head(descriptor.get("khabar"), str(path))
        by_name = {r["path"]: r for r in descriptor["resources"]}
        for table in TABLES:
            yield from _read_table(folder, table, by_name.get(f"{table}.csv"))


def _unzip(path: Path, folder: Path) -> None:
    """The files of a package, by their plain names only."""
    try:
        with zipfile.ZipFile(path) as archive:
            for name in (DESCRIPTOR, *(f"{t}.csv" for t in TABLES)):
                (folder / name).write_bytes(archive.read(name))
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise InvalidValue(f"{path}: {error}; expected a data package of `khabar export --full`") from None


def _read_table(folder: Path, table: str, resource: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    path = folder / f"{table}.csv"
    if resource is None or not path.is_file():
        raise InvalidValue(f"{path}: missing; the data package is not whole")
    data = path.read_bytes()
    if f"sha256:{hashlib.sha256(data).hexdigest()}" != resource.get("hash"):
        raise InvalidValue(f"{path}: changed since it was exported (its hash is another); export again")
    null = resource["schema"]["missingValues"][0]
    fields = dictionary()[table]
    found = csv.reader(io.StringIO(data.decode("utf-8"), newline=""))
    next(found)
    for cells in found:
        yield table, {f.name: None if c == null else _value(c, f) for f, c in zip(fields, cells, strict=True)}


def _value(text: str, field: Field) -> Any:
    if field.kind == "integer":
        return int(text)
    if field.kind == "number":
        return float(text)
    return text == "true" if field.kind == "boolean" else text


@contextmanager
def _long_cells() -> Iterator[None]:
    """Cells may be as long as an article."""
    before = csv.field_size_limit(sys.maxsize)
    try:
        yield
    finally:
        csv.field_size_limit(before)
