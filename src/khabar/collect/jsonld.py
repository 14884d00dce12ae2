"""What a page's JSON-LD says of its article: publication date and publisher."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_JSON_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
_JSON_PUBLISHER = re.compile(r'"publisher"\s*:\s*\{[^{}]{0,300}?"name"\s*:\s*"([^"\\]{2,100})"')
_ARTICLES = re.compile(r"(?:Article|Posting|Report|WebPage)$")
MAX_SCRIPT = 2**19  # characters of one script; an article with its whole text in it has a tenth of that
MAX_SCRIPTS = 20
MAX_NODES = 2_000


@dataclass(frozen=True, slots=True)
class Stated:
    """What the scripts state; None where they do not."""

    published: str | None = None
    publisher: str | None = None


def read_jsonld(scripts: list[str]) -> Stated:
    """The first article of the scripts; where a script is no JSON, what can be picked out of it."""
    published = publisher = None
    for script in scripts[:MAX_SCRIPTS]:
        found = _picked(script) if (data := _loaded(script)) is None else _of_articles(data)
        published, publisher = published or found.published, publisher or found.publisher
    return Stated(published, publisher)


def _loaded(script: str) -> Any:
    try:
        return json.loads(script, strict=False) if len(script) <= MAX_SCRIPT else None
    except (ValueError, RecursionError):
        return None


def _picked(script: str) -> Stated:
    day, name = _JSON_DATE.search(script), _JSON_PUBLISHER.search(script)
    return Stated(day and day[1], name and name[1])


def _of_articles(data: Any) -> Stated:
    nodes = list(_objects(data))
    articles = [n for n in nodes if any(_ARTICLES.search(t) for t in _texts(n.get("@type")))]
    chosen = sorted(articles, key=lambda n: "WebPage" in _texts(n.get("@type"))) or [n for n in nodes if "datePublished" in n]
    published = next((day for n in chosen for day in _texts(n.get("datePublished"))), None)
    return Stated(published, next((name for n in chosen if (name := _name(n.get("publisher"), nodes))), None))


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    """The objects within objects and lists, outer before inner."""
    waiting, seen = [data], 0
    while waiting and seen < MAX_NODES:
        node = waiting.pop(0)
        seen += 1
        if isinstance(node, dict):
            yield node
            waiting += [v for v in node.values() if isinstance(v, dict | list)]
        elif isinstance(node, list):
            waiting += node[:MAX_NODES]


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [v for v in values if isinstance(v, str) and v.strip()]


def _name(value: Any, nodes: list[dict[str, Any]]) -> str | None:
    """A publisher's name, stated there or in the object that `@id` names."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict) and "name" not in value and value.get("@id"):
        value = next((n for n in nodes if n.get("@id") == value["@id"] and "name" in n), value)
    names = _texts(value.get("name") if isinstance(value, dict) else value)
    return " ".join(names[0].split())[:100] if names else None
