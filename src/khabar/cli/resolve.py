"""`khabar resolve`: times, numbers, places and actors of texts as values."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from khabar import KhabarError, OwnTables, Resolver


def run(args: argparse.Namespace) -> int:
    """One JSON object for every text; 1 where a line could not be read."""
    resolver = Resolver(OwnTables(args.places, args.actors))
    given = {"published": args.published, "country": args.country}
    if args.text != "-":
        print(json.dumps(answer(resolver, args.kind, {"id": None, "text": args.text, **given}), ensure_ascii=False))
        return 0
    wrong = 0
    for out in answers(resolver, args.kind, sys.stdin.buffer, given):
        wrong += "error" in out
        print(json.dumps(out, ensure_ascii=False), flush=True)
    return 1 if wrong else 0


def answers(resolver: Resolver, kind: Any, lines: Iterable[bytes], given: dict[str, str | None]) -> Iterator[dict[str, Any]]:
    """The answer to every line, in order; one that is no question is answered with an `error`."""
    for number, line in enumerate(lines, 1):
        asked: Any = None
        try:
            asked = json.loads(line.decode("utf-8"))
            yield answer(resolver, kind, {**given, **{k: v for k, v in asked.items() if v is not None}})
        except (ValueError, AttributeError, KeyError, TypeError, RecursionError, KhabarError) as error:
            key = asked.get("id") if isinstance(asked, dict) else None
            yield {"id": key, "found": [], "error": f'line {number}: {error}; expected {{"id", "text", "published"?, "country"?}}'}


def answer(resolver: Resolver, kind: Any, asked: dict[str, Any]) -> dict[str, Any]:
    """What is found in the text of a question."""
    text = asked["text"]
    if not isinstance(text, str):
        raise TypeError(f"text is {type(text).__name__}")
    found = resolver.resolve(kind, text, published=asked.get("published"), country=asked.get("country"))
    return {"id": asked.get("id"), "found": [f.record() for f in found]}
