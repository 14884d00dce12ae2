"""Files by path or URL, on this machine or in an object store: found, opened, and written whole or not at all."""

from __future__ import annotations

import fnmatch
import glob
import io
import json
import os
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from khabar.archives.errors import BatchError

SCHEMES = ("s3", "gs", "gcs", "abfs", "abfss", "hdfs")
MANIFEST = "batch.json"
_WILD = frozenset("*?[")


def is_remote(name: str) -> bool:
    """Whether a name is the URL of something in an object store."""
    scheme, mark, _ = name.partition("://")
    if mark and scheme not in (*SCHEMES, "file"):
        raise BatchError(f"{name}: scheme {scheme!r}; expected a path, or a URL that begins with {', '.join(f'{s}://' for s in SCHEMES)}")
    return bool(mark) and scheme != "file"


def is_batch(name: str) -> bool:
    """Whether a path or URL is the folder of a finished batch."""
    if name.partition("://")[0] in ("http", "https") or not (os.path.isdir(local(name)) or is_remote(name)):
        return False
    return Folder(name).read(MANIFEST) is not None


def local(name: str) -> str:
    """A path as it is, a file:// URL as a path."""
    return name.removeprefix("file://")


@dataclass(frozen=True, slots=True)
class Found:
    """A file: its path or URL, its bytes, and a stamp that changes with it."""

    name: str
    size: int
    stamp: str


def arrow() -> Any:
    """pyarrow; BatchError where it is missing."""
    try:
        import pyarrow
    except ImportError:
        raise BatchError("batches are written as Parquet, which needs the package pyarrow; install it with: pip install 'khabar[parquet]'") from None
    return pyarrow


def _system(url: str) -> tuple[Any, str]:
    """The file system of a URL, and the path there."""
    arrow()
    from pyarrow import fs

    try:
        system, path = fs.FileSystem.from_uri(url)
    except (OSError, ValueError, NotImplementedError) as error:
        raise BatchError(f"{url}: {error}; expected a URL of an object store that may be read from here") from None
    return system, path


def find(pattern: str) -> list[Found]:
    """The files that a path, URL or glob names, in the order of names; folders are searched below. None found raises BatchError."""
    found = _remote(pattern) if is_remote(pattern) else _local(local(pattern))
    if not found:
        raise BatchError(f"{pattern}: no such file; expected files, folders, globs or URLs")
    return sorted(found, key=lambda f: f.name)


def _local(pattern: str) -> list[Found]:
    names = [pattern] if os.path.exists(pattern) else glob.glob(pattern, recursive=True)
    out: dict[str, Found] = {}
    for name in names:
        below = (os.path.join(p, n) for p, _, ns in os.walk(name) for n in ns) if os.path.isdir(name) else [name]
        for path in below:
            with suppress(OSError):
                at = os.stat(path)
                out[path] = Found(path, at.st_size, str(at.st_mtime_ns))
    return list(out.values())


def _remote(pattern: str) -> list[Found]:
    from pyarrow import fs

    scheme = pattern.partition("://")[0]
    wild = next((i for i, c in enumerate(pattern) if c in _WILD), None)
    base = pattern if wild is None else pattern[: pattern.rindex("/", 0, wild)]
    system, path = _system(base)
    try:
        info = system.get_file_info(path)
        infos = [info] if info.type == fs.FileType.File else system.get_file_info(fs.FileSelector(path, recursive=True, allow_not_found=True))
    except OSError as error:
        raise BatchError(f"{pattern}: {error}") from None
    files = (Found(f"{scheme}://{i.path}", i.size or 0, f"{i.mtime_ns or 0}") for i in infos if i.type == fs.FileType.File)
    return [f for f in files if wild is None or fnmatch.fnmatchcase(f.name, pattern)]


def opened(name: str) -> BinaryIO:
    """A file opened for reading, which can seek and peek; OSError as of `open`."""
    if not is_remote(name):
        return open(local(name), "rb")
    system, path = _system(name)
    return cast(BinaryIO, io.BufferedReader(system.open_input_file(path), 2**20))


class Folder:
    """A folder by path or URL. What is written appears whole or not at all."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/") or "/"
        self._remote: tuple[Any, str] | None = _system(self.url) if is_remote(self.url) else None
        self._path = local(self.url) if self._remote is None else self._remote[1]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Folder) and other.url == self.url

    def __hash__(self) -> int:
        return hash(self.url)

    def __reduce__(self) -> tuple[type[Folder], tuple[str]]:
        return (Folder, (self.url,))

    @property
    def is_local(self) -> bool:
        return self._remote is None

    def path(self, name: str) -> str:
        """The path of a file of the folder, for its file system."""
        return f"{self._path}/{name}" if name else self._path

    def write(self, name: str, data: bytes) -> None:
        """Put a file there, in one step; OSError as BatchError."""
        try:
            if self._remote:
                with self._remote[0].open_output_stream(self.path(name)) as out:
                    out.write(data)
            else:
                _put(self.path(name), data)
        except OSError as error:
            raise BatchError(f"{self.url}/{name}: cannot be written: {error.strerror or error}") from None

    def read(self, name: str) -> bytes | None:
        """The bytes of a file, None where it is not there."""
        try:
            with self.open(name) as file:
                return bytes(file.read())
        except FileNotFoundError:
            return None

    def open(self, name: str) -> Any:
        """A file opened for reading anywhere in it; FileNotFoundError where it is not there."""
        return self._remote[0].open_input_file(self.path(name)) if self._remote else open(self.path(name), "rb")

    def json(self, name: str) -> Any:
        """What a JSON file holds, None where it is not there; BatchError where it is none."""
        data = self.read(name)
        try:
            return None if data is None else json.loads(data)
        except ValueError as error:
            raise BatchError(f"{self.url}/{name}: not JSON ({error}); remove the folder and run the batch again") from None

    def names(self, below: str = "") -> list[str]:
        """The names of all files below a folder, relative to this one, in order."""
        return sorted(self._names(below))

    def _names(self, below: str) -> Iterator[str]:
        start = len(self._path) + 1
        if self._remote is None:
            for parent, _, names in os.walk(self.path(below)):
                yield from (f"{parent}/{n}"[start:].replace(os.sep, "/") for n in names)
            return
        from pyarrow import fs

        selector = fs.FileSelector(self.path(below), recursive=True, allow_not_found=True)
        yield from (i.path[start:] for i in self._remote[0].get_file_info(selector) if i.type == fs.FileType.File)

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""
        with suppress(FileNotFoundError):
            if self._remote:
                self._remote[0].delete_file(self.path(name))
            else:
                os.remove(self.path(name))


def _put(path: str, data: bytes) -> None:
    """Write beside and rename; on the disk before it is seen."""
    parent = os.path.dirname(path)
    os.makedirs(parent, exist_ok=True)
    beside = os.path.join(parent, f".{uuid.uuid4().hex}.tmp")
    try:
        with open(beside, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        os.replace(beside, path)
    except BaseException:
        with suppress(OSError):
            os.remove(beside)
        raise
