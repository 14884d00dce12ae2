"""The bundled scripts, styles and fonts."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse

from khabar.web.errors import NotFound

TYPES = {
    ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".woff2": "font/woff2", ".json": "application/json",
    ".svg": "image/svg+xml", ".png": "image/png", ".ico": "image/x-icon", ".map": "application/json", ".txt": "text/plain; charset=utf-8",
}  # fmt: skip
FOREVER = {"cache-control": "public, max-age=31536000, immutable"}  # names carry the hash of what they hold


def folder() -> Path:
    return Path(str(files("khabar.web").joinpath("static")))


def add_static(app: FastAPI) -> None:
    """Serve the files of the bundle, and nothing that lies outside its folder."""

    def static(request: Request, path: str) -> FileResponse:
        root = folder().resolve()
        wanted = (root / path).resolve() if "\x00" not in path else root
        if not wanted.is_relative_to(root) or wanted.suffix not in TYPES or not wanted.is_file():
            raise NotFound()
        headers = {**(FOREVER if wanted.name != "manifest.json" else {"cache-control": "no-cache"}), "vary": "accept-encoding"}
        packed = wanted.with_name(f"{wanted.name}.gz")
        if "gzip" in request.headers.get("accept-encoding", "") and packed.is_file():
            return FileResponse(packed, media_type=TYPES[wanted.suffix], headers={**headers, "content-encoding": "gzip"})
        return FileResponse(wanted, media_type=TYPES[wanted.suffix], headers=headers)

    app.add_api_route("/static/{path:path}", static, name="static", include_in_schema=False, response_model=None)
