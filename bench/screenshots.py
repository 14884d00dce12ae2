"""Pictures of the reading room over the bundled articles, for docs/images."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from khabar import collect_into, join_stories, open_store
from khabar.web.intake import example_pieces
from room import BASE, served

DESKTOP, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 800}
SHOTS = (
    ("article-en", "{article}", "en", "light", DESKTOP), ("article-phone-ar", "{article}", "ar", "dark", PHONE),
    ("events-ar", "/events", "ar", "light", DESKTOP), ("event-en", "{event}", "en", "light", DESKTOP), ("map-en", "/map", "en", "light", DESKTOP),
    ("timeline-ar", "/timeline?unit=month&since=2022-01-01", "ar", "dark", DESKTOP), ("review-ar", "/review", "ar", "light", DESKTOP),
    ("home-phone-en", "/", "en", "light", PHONE),
)  # fmt: skip
QUALITY = 54  # of the JPEG files, each under 100 kB


def take(folder: Path, chromium: str) -> None:
    """Write every picture."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory(prefix="khabar-shots-") as name:
        path = Path(name) / "room.db"
        with open_store(str(path), create=True) as store:
            list(collect_into(store, example_pieces("all"), engine="rules"))
            join_stories(store)
            told = max(store.events(), key=lambda e: ((e.killed_high or 0) > (e.killed_low or 0), e.voices, len(store.claims(e.event_id)), e.event_id))
            claim = next(iter(store.claims(told.event_id)))
        places = {"event": f"/events/{told.event_id}", "article": f"/articles/{claim.article_id}#{claim.mention_id}"}
        with served(path), sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--headless=new", "--no-sandbox", "--disable-gpu"])
            for shot in SHOTS:
                _take(browser, folder, places, *shot)
            browser.close()


def _take(browser: Any, folder: Path, places: dict[str, str], name: str, address: str, language: str, scheme: str, size: dict[str, int]) -> None:
    context = browser.new_context(viewport=size, locale=language, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    page.goto(BASE + address.format(**places), wait_until="networkidle")
    page.wait_for_timeout(400)
    path = folder / f"{name}.jpg"
    page.screenshot(path=str(path), type="jpeg", quality=QUALITY)
    print(f"{path}: {path.stat().st_size // 1000} kB")
    context.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--output", type=Path, default=Path("docs/images"))
    args = parser.parse_args()
    chromium = shutil.which("chromium")
    if chromium is None:
        print("no chromium on this machine", file=sys.stderr)
        return 1
    args.output.mkdir(parents=True, exist_ok=True)
    take(args.output, chromium)
    return 0


if __name__ == "__main__":
    sys.exit(main())
