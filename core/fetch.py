"""Asking the open-data services over HTTP: patient with hiccups, never without bounds."""

import json
import logging
import random
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from typing import Any, BinaryIO, Self
from urllib.parse import urljoin, urlsplit

import requests
import urllib3
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)

ATTEMPTS = 4
FIRST_PAUSE = 0.5
DEADLINE_IN_TIMEOUTS = 9
JSON_BYTES = 64_000_000
FILE_BYTES = 500_000_000
ERROR_BYTES = 20_000
PIECE = 65_536
TOO_MANY = re.compile(r"(?:more than|meer dan) [\d.,]+ records", re.IGNORECASE)
SERVICES = {
    "OPENDATA_CBS_V3_URL": "CBS",
    "OPENDATA_CBS_V4_URL": "CBS",
    "OPENDATA_DERDEN_URL": "CBS (dataderden)",
    "OPENDATA_LEEFBAAROMETER_URL": "Leefbaarometer",
    "OPENDATA_LEEFBAAROMETER_FILES_URL": "Leefbaarometer",
    "OPENDATA_PDOK_URL": "PDOK",
    "OPENDATA_PDOK_SERVICE_URL": "PDOK",
}

type Params = Mapping[str, str | int]


class SourceFailed(Exception):
    """A source gave no usable answer; `message` is Dutch, `transient` says that later may go better."""

    def __init__(self, message: str, *, transient: bool = False, retry: bool = False) -> None:
        super().__init__(message)
        self.message = str(message)
        self.transient = transient or retry
        self.retry = retry
        self.wait = 0.0


class NotFound(SourceFailed):
    """404: the table or the collection is not there."""


class Refused(SourceFailed):
    """400: the service does not understand the question, such as a column it no longer has."""


class TooManyRows(SourceFailed):
    """The interface for small questions has more rows than it gives at once."""


class Fetcher:
    """A session with the services. One call takes `deadline` seconds at most, repeats included.

    `count` is the number of requests sent, repeats included. Not for use by two threads at once.
    """

    def __init__(
        self, *, timeout: float | None = None, deadline: float | None = None, pause: float | None = None
    ) -> None:
        self.timeout = timeout or settings.OPENDATA_TIMEOUT
        self.deadline = deadline or DEADLINE_IN_TIMEOUTS * self.timeout
        self.pause = FIRST_PAUSE if pause is None else pause
        self.count = 0
        self._session = requests.Session()
        self._session.headers["User-Agent"] = f"Buurtagenda (+{settings.SITE_URL})"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_details: object) -> None:
        self._session.close()

    def json(self, url: str, params: Params | None = None, *, max_bytes: int = JSON_BYTES) -> Any:
        """The decoded JSON. What is no JSON (Atom, a web page, half a reply) raises SourceFailed."""
        return self._patiently(url, lambda until: self._json(url, params, max_bytes, until))

    def content(self, url: str, params: Params | None = None, *, max_bytes: int = JSON_BYTES) -> bytes:
        return self._patiently(url, lambda until: self._bytes(url, params, max_bytes, until)[0])

    def stream_to(
        self, file: BinaryIO, url: str, params: Params | None = None, *, max_bytes: int = FILE_BYTES
    ) -> int:
        """Write the reply to `file`, from its present position. Returns the number of bytes."""
        start = file.tell()
        return self._patiently(url, lambda until: self._stream(file, start, url, params, max_bytes, until))

    def _json(self, url: str, params: Params | None, max_bytes: int, until: float) -> Any:
        body, content_type = self._bytes(url, params, max_bytes, until, accept="application/json")
        return _decoded(url, body, content_type)

    def _bytes(
        self, url: str, params: Params | None, max_bytes: int, until: float, *, accept: str = "*/*"
    ) -> tuple[bytes, str]:
        with self._response(url, params, until, accept) as response:
            body = b"".join(_pieces(url, response, max_bytes, until))
            return body, response.headers.get("Content-Type", "")

    def _stream(
        self, file: BinaryIO, start: int, url: str, params: Params | None, max_bytes: int, until: float
    ) -> int:
        file.seek(start)
        file.truncate()
        with self._response(url, params, until, "*/*") as response:
            return sum(file.write(piece) for piece in _pieces(url, response, max_bytes, until))

    def _patiently[T](self, url: str, ask: Callable[[float], T]) -> T:
        """Ask again after a hiccup, each time after a longer pause, as long as there is time."""
        until = time.monotonic() + self.deadline
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return ask(until)
            except SourceFailed as failure:
                pause = max(failure.wait, self.pause * 2 ** (attempt - 1) * random.uniform(0.5, 1.5))  # noqa: S311
                if not failure.retry or attempt == ATTEMPTS or time.monotonic() + pause > until:
                    raise
                logger.info("attempt %s at %s: %s", attempt, url, failure.message)
            time.sleep(pause)
        raise AssertionError("unreachable")

    @contextmanager
    def _response(
        self, url: str, params: Params | None, until: float, accept: str
    ) -> Iterator[requests.Response]:
        wait = max(0.05, min(self.timeout, until - time.monotonic()))
        self.count += 1
        with _translated(url):
            response = self._session.get(
                url, params=params, stream=True, timeout=wait, headers={"Accept": accept}
            )
            with response:
                if response.status_code != 200:
                    raise _refusal(url, response, until)
                yield response


def service_of(url: str) -> str:
    """The name a reader knows the service by; its host when it is none of ours."""
    for setting, name in SERVICES.items():
        if url.startswith(f"{getattr(settings, setting)}/"):
            return name
    try:
        return urlsplit(url).hostname or url
    except ValueError:
        return url


def linked(url: str, link: object) -> str:
    """The address of a link that stands in the reply of `url`."""
    try:
        return urljoin(url, str(link))
    except ValueError as error:
        name = {"service": service_of(url)}
        raise SourceFailed(_("%(service)s verwijst naar een adres dat niet bestaat.") % name) from error


@contextmanager
def _translated(url: str) -> Iterator[None]:
    """The errors of the HTTP libraries, as SourceFailed."""
    name = {"service": service_of(url)}
    try:
        yield
    except (requests.Timeout, urllib3.exceptions.TimeoutError) as error:
        raise SourceFailed(_("%(service)s antwoordt niet (time-out).") % name, retry=True) from error
    except (requests.exceptions.SSLError, urllib3.exceptions.SSLError) as error:
        raise SourceFailed(_("De beveiligde verbinding met %(service)s lukt niet.") % name) from error
    except (requests.exceptions.ChunkedEncodingError, urllib3.exceptions.ProtocolError) as error:
        raise SourceFailed(_("%(service)s verbrak de verbinding.") % name, retry=True) from error
    except requests.ConnectionError as error:
        raise SourceFailed(_("%(service)s is niet bereikbaar.") % name, retry=True) from error
    except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
        raise SourceFailed(_("%(service)s gaf een antwoord dat wij niet kunnen lezen.") % name) from error


def _pieces(url: str, response: requests.Response, max_bytes: int, until: float) -> Iterator[bytes]:
    """The body as it comes in; `read1` returns at each packet, so that a trickle meets the deadline."""
    name, size = {"service": service_of(url)}, 0
    while piece := response.raw.read1(PIECE, decode_content=True):
        size += len(piece)
        if size > max_bytes:
            raise SourceFailed(_("%(service)s stuurt meer gegevens dan wij aankunnen.") % name)
        if time.monotonic() > until:
            raise SourceFailed(_("%(service)s antwoordt te langzaam.") % name, transient=True)
        yield piece


def _refusal(url: str, response: requests.Response, until: float) -> SourceFailed:
    """What a status other than 200 means."""
    status = response.status_code
    values = {"service": service_of(url), "status": status}
    if status == 404:
        return NotFound(_("%(service)s heeft dit niet (404).") % values)
    if status == 400:
        return Refused(_("%(service)s begrijpt de vraag niet (400).") % values)
    if status == 429:
        busy = SourceFailed(_("%(service)s heeft het te druk (429).") % values, retry=True)
        busy.wait = _retry_after(response.headers.get("Retry-After", ""))
        return busy
    if status >= 500:
        return _breakdown(url, response, until)
    return SourceFailed(_("%(service)s weigert de vraag (%(status)s).") % values)


def _breakdown(url: str, response: requests.Response, until: float) -> SourceFailed:
    values = {"service": service_of(url), "status": response.status_code}
    if TOO_MANY.search(_start_of(url, response, until)):
        return TooManyRows(_("%(service)s geeft niet zo veel rijen tegelijk.") % values)
    failure = SourceFailed(_("%(service)s heeft een storing (fout %(status)s).") % values, retry=True)
    failure.wait = _retry_after(response.headers.get("Retry-After", ""))
    return failure


def _start_of(url: str, response: requests.Response, until: float) -> str:
    found = b""
    try:
        for piece in _pieces(url, response, ERROR_BYTES, until):
            found += piece
    except (SourceFailed, urllib3.exceptions.HTTPError):
        logger.debug("the error page of %s was cut short", url)
    return found[:ERROR_BYTES].decode(errors="replace")


def _retry_after(text: str) -> float:
    """Seconds to wait, from a number of seconds or a date; 0 when the header says nothing."""
    if text.strip().isdecimal():
        return float(text)
    try:
        return max(0.0, (parsedate_to_datetime(text) - timezone.now()).total_seconds())
    except (TypeError, ValueError):
        return 0.0


def _decoded(url: str, body: bytes, content_type: str) -> Any:
    name = {"service": service_of(url)}
    start = body[:200].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<!doctype html", b"<html")) or "html" in content_type:
        raise SourceFailed(
            _("%(service)s stuurt een webpagina in plaats van gegevens.") % name, transient=True
        )
    if start.startswith(b"<") or "xml" in content_type:
        raise SourceFailed(_("%(service)s stuurt XML in plaats van JSON.") % name)
    try:
        return json.loads(body, parse_constant=_no_number)
    except ValueError as error:
        raise SourceFailed(_("Het antwoord van %(service)s is niet compleet.") % name, retry=True) from error
    except RecursionError as error:
        raise SourceFailed(_("%(service)s gaf een antwoord dat wij niet kunnen lezen.") % name) from error


def _no_number(_text: str) -> None:
    """NaN and Infinity are no figures."""
