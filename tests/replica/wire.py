"""What comes in and what goes out, apart from sockets."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

JSON = "application/json; charset=utf-8"
HTML = "text/html; charset=utf-8"
XML = "text/xml; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"
GEOJSON = "application/geo+json"


@dataclass(frozen=True)
class Request:
    base_url: str
    path: str
    query: str = ""
    params: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, base_url: str, target: str) -> "Request":
        parts = urlsplit(target)
        params: dict[str, str] = {}
        for name, value in parse_qsl(parts.query, keep_blank_values=True):
            params[name] = f"{params[name]} {value}" if name in params else value
        return cls(base_url, parts.path, parts.query, params)

    @property
    def target(self) -> str:
        return f"{self.path}?{self.query}" if self.query else self.path

    @property
    def url(self) -> str:
        return self.base_url + self.target

    def lowered(self) -> dict[str, str]:
        return {name.lower(): value for name, value in self.params.items()}

    def url_with(self, **changes: str) -> str:
        """This address with other parameters; `_skip` stands for `$skip`."""
        params = dict(self.params) | {_option(name): value for name, value in changes.items()}
        query = "&".join(f"{name}={quote(value, safe='(),')}" for name, value in params.items())
        return f"{self.base_url}{self.path}?{query}"


def _option(name: str) -> str:
    return "$" + name[1:] if name.startswith("_") else name


@dataclass(frozen=True)
class Reply:
    body: bytes
    content_type: str = JSON
    status: int = 200


def json_reply(payload: Any, status: int = 200, content_type: str = JSON) -> Reply:
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    return Reply(text.encode(), content_type, status)


def html_error(status: int, title: str) -> Reply:
    body = f"<!DOCTYPE html><html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>"
    return Reply(body.encode(), HTML, status)
