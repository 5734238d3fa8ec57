"""Atom, which the Feed speaks unless JSON is asked for."""

from collections.abc import Iterable, Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from tests.replica.wire import ATOM, Reply

HEAD = '<?xml version="1.0" encoding="utf-8"?>'
NAMESPACES = (
    'xmlns="http://www.w3.org/2005/Atom"'
    ' xmlns:d="http://schemas.microsoft.com/ado/2007/08/dataservices"'
    ' xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata"'
)


def feed(title: str, rows: Iterable[Mapping[str, Any]], next_link: str | None) -> Reply:
    link = f'<link rel="next" href={quoteattr(next_link)} />' if next_link else ""
    entries = "".join(_entry(row) for row in rows)
    body = f'{HEAD}<feed {NAMESPACES}><title type="text">{title}</title>{entries}{link}</feed>'
    return Reply(body.encode(), ATOM)


def service(names: Iterable[str]) -> Reply:
    sets = "".join(
        f'<collection href="{name}"><atom:title>{name}</atom:title></collection>' for name in names
    )
    spaces = 'xmlns="http://www.w3.org/2007/app" xmlns:atom="http://www.w3.org/2005/Atom"'
    body = f"{HEAD}<service {spaces}><workspace>{sets}</workspace></service>"
    return Reply(body.encode(), "application/atomsvc+xml; charset=utf-8")


def _entry(row: Mapping[str, Any]) -> str:
    cells = "".join(_cell(name, value) for name, value in row.items())
    return f'<entry><content type="application/xml"><m:properties>{cells}</m:properties></content></entry>'


def _cell(name: str, value: Any) -> str:
    tag = "d:" + name.replace("odata.type", "odata-type")
    return f'<{tag} m:null="true" />' if value is None else f"<{tag}>{escape(str(value))}</{tag}>"
