"""Page after page, by the links that the service itself gives."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from core.fetch import Fetcher, Params, SourceFailed, linked, service_of

type Row = dict[str, Any]
LINKS = ("odata.nextLink", "@odata.nextLink")


def pages(fetcher: Fetcher, url: str, params: Params | None = None) -> Iterator[list[Row]]:
    """One page of rows at a time. Follows the next link verbatim; a link seen before raises SourceFailed."""
    link, seen = url, {url}
    asked = params
    while link:
        reply = fetcher.json(link, asked)
        yield list_of(url, reply)
        following = next((reply[name] for name in LINKS if reply.get(name)), "")
        link, asked = linked(link, following) if following else "", None
        if link in seen:
            raise SourceFailed(
                _("%(service)s stuurt steeds dezelfde bladzijde.") % {"service": service_of(url)}
            )
        seen.add(link)


def list_of(url: str, reply: Any) -> list[Row]:
    rows = reply.get("value") if isinstance(reply, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise SourceFailed(_("%(service)s stuurt iets anders dan rijen.") % {"service": service_of(url)})
    return rows
