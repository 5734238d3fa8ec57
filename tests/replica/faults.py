"""Switches that make the replica misbehave the way the services sometimes do."""

import fnmatch
import json
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import Any, Literal, get_args
from urllib.parse import unquote_plus

from tests.replica.wire import ATOM, Reply, Request, html_error

Kind = Literal[
    "reset",  # the connection is reset
    "error500",  # 500 with a page of HTML
    "not_found",  # 404 with a page of HTML
    "slow",  # a pause of `delay` seconds before the reply
    "trickle",  # the body in ten pieces with a pause of `delay` seconds between them
    "atom",  # a feed in Atom where JSON was asked for
    "truncated",  # JSON that stops halfway
    "empty",  # a valid reply without rows
    "sentinels",  # -99997 in the place of every number
    "looping",  # a next link that leads back to the page itself
    "shifted",  # column numbers moved by `by`
    "vanished",  # the column `column` is gone
    "withdrawn",  # the table `table` is gone, from the catalogue too
]

SENTINEL = -99997
LISTS = ("value", "features", "docs")
COUNTS = ("numFound", "numberMatched", "numberReturned", "totalFeatures")
KEPT_NUMBERS = frozenset({"ID", "Id", "Index", "Position", "ParentID"})


@dataclass
class Fault:
    kind: Kind
    path: str = "*"
    times: int | None = None
    after: int = 0
    delay: float = 1.0
    by: int = 1
    column: str = ""
    table: str = ""

    def __post_init__(self) -> None:
        if self.kind not in get_args(Kind):
            raise ValueError(f"unknown fault {self.kind!r}")

    def concerns(self, target: str) -> bool:
        pattern = self.path if "*" in self.path else f"*{self.path}*"
        return fnmatch.fnmatchcase(unquote_plus(target), pattern)

    def strikes(self) -> bool:
        """Counts one request; `after` requests are spared first, then `times` are hit."""
        if self.after > 0:
            self.after -= 1
            return False
        if self.times is None:
            return True
        self.times -= 1
        return self.times >= 0


class Faults:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: list[Fault] = []

    def add(self, kind: Kind, path: str = "*", **options: Any) -> Fault:
        fault = Fault(kind, path, **options)
        with self._lock:
            self._faults.append(fault)
        return fault

    def clear(self) -> None:
        with self._lock:
            self._faults.clear()

    def listed(self) -> list[dict[str, Any]]:
        with self._lock:
            return [asdict(fault) for fault in self._faults]

    def taken(self, target: str) -> dict[str, Fault]:
        """The faults that hit this request, one of each kind."""
        with self._lock:
            return {fault.kind: fault for fault in self._faults if fault.concerns(target) and fault.strikes()}


def instead(kinds: dict[str, Fault], request: Request) -> Reply | None:
    if "error500" in kinds:
        return html_error(500, "Server Error in '/' Application.")
    gone = kinds["withdrawn"].table if "withdrawn" in kinds else ""
    if "not_found" in kinds or (gone and f"/{gone}" in request.path):
        return html_error(404, "404 - File or directory not found.")
    return None


def spoiled(reply: Reply, request: Request, kinds: dict[str, Fault]) -> Reply:
    if reply.status != 200:
        return reply
    for kind, change in CHANGES.items():
        if kind in kinds and "json" in reply.content_type:
            reply = _changed(reply, request, change)
    if "withdrawn" in kinds and "json" in reply.content_type:
        reply = _changed(reply, request, partial(_unlisted, kinds["withdrawn"].table))
    if "truncated" in kinds:
        reply = replace(reply, body=reply.body[: len(reply.body) // 2])
    if "atom" in kinds:
        reply = Reply(ATOM_PAGE, ATOM)
    return reply


ATOM_PAGE = (
    b'<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
    b'<title type="text">TypedDataSet</title></feed>'
)

Change = Callable[[Any, Request], Any]


def _changed(reply: Reply, request: Request, change: Change) -> Reply:
    payload = change(json.loads(reply.body), request)
    return replace(reply, body=json.dumps(payload, ensure_ascii=False).encode())


def _emptied(payload: Any, request: Request) -> Any:
    if not isinstance(payload, dict):
        return payload
    kept = {name: [] if name in LISTS else _emptied(value, request) for name, value in payload.items()}
    return kept | dict.fromkeys((name for name in COUNTS if name in kept), 0)


def _unlisted(table: str, payload: Any, _request: Request) -> Any:
    """The catalogue without one table; everything else as it is."""
    rows = payload.get("value") if isinstance(payload, dict) else None
    if not isinstance(rows, list):
        return payload
    return payload | {"value": [row for row in rows if row.get("Identifier") != table]}


def _with_sentinels(payload: Any, request: Request) -> Any:
    if isinstance(payload, dict):
        return {name: _sentinel_for(name, value, request) for name, value in payload.items()}
    if isinstance(payload, list):
        return [_with_sentinels(item, request) for item in payload]
    return payload


def _sentinel_for(name: str, value: Any, request: Request) -> Any:
    if name == "geometry":
        return value
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return SENTINEL if number and name not in KEPT_NUMBERS else _with_sentinels(value, request)


def _looped(payload: Any, request: Request) -> Any:
    if "features" in payload:
        others = [link for link in payload.get("links", []) if link["rel"] != "next"]
        return payload | {"links": [*others, {"rel": "next", "href": request.url}]}
    name = "@odata.nextLink" if "@odata.context" in payload else "odata.nextLink"
    return payload | {name: request.url}


CHANGES: dict[str, Change] = {"empty": _emptied, "sentinels": _with_sentinels, "looping": _looped}
