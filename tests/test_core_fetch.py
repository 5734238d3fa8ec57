"""The HTTP client against a little server that misbehaves on order."""

import gzip
import io
import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.utils import timezone

from core.fetch import Fetcher, NotFound, Refused, SourceFailed, TooManyRows, service_of

type Act = Callable[[Any], None]


class Scripted(ThreadingHTTPServer):
    """Does the acts of `script` one after the other; the last one stays."""

    daemon_threads = True
    script: list[Act]

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self.asked: list[str] = []

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is what some of these tests are about."""


class Handler(BaseHTTPRequestHandler):
    server: Scripted
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        script = self.server.script
        (script.pop(0) if len(script) > 1 else script[0])(self)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Scripted]:
    running = Scripted()
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield running
    finally:
        running.shutdown()
        running.server_close()
        thread.join()


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    with Fetcher(timeout=0.5, deadline=3, pause=0.01) as made:
        yield made


def answer(
    body: bytes | str, status: int = 200, kind: str = "application/json", length: int = 0, **headers: str
) -> Act:
    content = body.encode() if isinstance(body, str) else body

    def act(handler: Any) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(length or len(content)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(content)
        if length:
            handler.close_connection = True

    return act


def reset(handler: Any) -> None:
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.close_connection = True
    handler.connection.close()


def silence(handler: Any) -> None:
    time.sleep(1.2)
    handler.close_connection = True


def trickle(handler: Any) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    with suppress(OSError):
        for _number in range(60):
            handler.wfile.write(b" ")
            time.sleep(0.1)
    handler.close_connection = True


def in_chunks(body: bytes) -> Act:
    def act(handler: Any) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        for start in range(0, len(body), 7):
            piece = body[start : start + 7]
            handler.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
        handler.wfile.write(b"0\r\n\r\n")

    return act


GOOD = answer('{"value": [1, "één"]}')


def test_json_gives_the_decoded_reply_and_counts_one_request(server: Scripted, fetcher: Fetcher) -> None:
    server.script = [GOOD]
    assert fetcher.json(f"{server.url}/a", {"$filter": "x eq 'GM0518    '"}) == {"value": [1, "één"]}
    assert fetcher.count == 1
    assert server.asked == ["/a?%24filter=x+eq+%27GM0518++++%27"]


def test_zipped_and_chunked_replies_are_read_whole(server: Scripted, fetcher: Fetcher) -> None:
    body = json.dumps({"value": list(range(5000))}).encode()
    server.script = [answer(gzip.compress(body), Content_Encoding="gzip"), in_chunks(body)]
    assert fetcher.json(server.url) == json.loads(body)
    assert fetcher.json(server.url) == json.loads(body)


@pytest.mark.parametrize(
    "hiccup",
    [
        reset,
        silence,
        answer("<html>", 500, "text/html"),
        answer("", 503),
        answer('{"value": [1,'),
        answer("{", length=50),
    ],
    ids=["reset", "silence", "500", "503", "half JSON", "half a reply"],
)
def test_after_a_hiccup_it_asks_again(server: Scripted, fetcher: Fetcher, hiccup: Act) -> None:
    server.script = [hiccup, GOOD]
    assert fetcher.json(server.url)["value"][0] == 1
    assert fetcher.count == 2


def test_it_gives_up_after_four_attempts_and_says_that_later_may_go_better(
    server: Scripted, fetcher: Fetcher
) -> None:
    server.script = [answer("", 500)]
    with pytest.raises(SourceFailed, match="storing \\(fout 500\\)") as failure:
        fetcher.json(server.url)
    assert failure.value.transient
    assert fetcher.count == 4


@pytest.mark.parametrize(
    ("act", "kind", "words", "transient"),
    [
        (answer("<html>", 404, "text/html"), NotFound, "heeft dit niet", False),
        (answer("{}", 400), Refused, "begrijpt de vraag niet", False),
        (answer("{}", 403), SourceFailed, "weigert de vraag \\(403\\)", False),
        (answer("<!DOCTYPE html><html>", 200, "text/html"), SourceFailed, "webpagina", True),
        (answer("<!DOCTYPE html><html>", 200), SourceFailed, "webpagina", True),
        (answer("<?xml version='1.0'?><feed/>", 200, "application/atom+xml"), SourceFailed, "XML", False),
        (answer("<feed/>", 200), SourceFailed, "XML", False),
        (answer("[" * 200_000), SourceFailed, "niet kunnen lezen|niet compleet", None),
        (answer("", 500), SourceFailed, "storing", True),
    ],
    ids=["404", "400", "403", "html", "html as json", "atom", "xml as json", "too deep", "500"],
)
def test_what_is_no_json_fails_with_a_clear_text(
    server: Scripted, fetcher: Fetcher, act: Act, kind: type[SourceFailed], words: str, transient: bool | None
) -> None:
    server.script = [act]
    with pytest.raises(kind, match=words) as failure:
        fetcher.json(server.url)
    assert transient is None or failure.value.transient is transient
    assert fetcher.count == (4 if failure.value.retry else 1)


@pytest.mark.parametrize(
    "text", ["The query returns more than 10000 records.", "De query levert meer dan 10.000 records op."]
)
def test_a_question_with_too_many_rows_is_not_repeated(server: Scripted, fetcher: Fetcher, text: str) -> None:
    server.script = [answer(json.dumps({"odata.error": {"message": {"value": text}}}), 500)]
    with pytest.raises(TooManyRows):
        fetcher.json(server.url)
    assert fetcher.count == 1


def test_a_busy_service_is_asked_again_when_it_says(server: Scripted, fetcher: Fetcher) -> None:
    server.script = [answer("", 429, Retry_After="1"), GOOD]
    start = time.monotonic()
    assert fetcher.json(server.url)
    assert time.monotonic() - start >= 1


@pytest.mark.parametrize(
    "when", ["3600", format_datetime(timezone.now() + timedelta(hours=1))], ids=["seconds", "date"]
)
def test_a_service_that_is_busy_for_longer_than_we_have_fails_at_once(
    server: Scripted, fetcher: Fetcher, when: str
) -> None:
    server.script = [answer("", 429, Retry_After=when)]
    start = time.monotonic()
    with pytest.raises(SourceFailed, match="te druk") as failure:
        fetcher.json(server.url)
    assert failure.value.transient
    assert time.monotonic() - start < 1


def test_a_slow_trickle_meets_the_deadline(server: Scripted) -> None:
    server.script = [trickle]
    start = time.monotonic()
    with Fetcher(timeout=0.5, deadline=1) as fetcher, pytest.raises(SourceFailed, match="te langzaam"):
        fetcher.json(server.url)
    assert time.monotonic() - start < 2


def test_all_attempts_together_stay_within_the_deadline(server: Scripted) -> None:
    server.script = [silence]
    start = time.monotonic()
    with (
        Fetcher(timeout=0.5, deadline=0.8, pause=0.01) as fetcher,
        pytest.raises(SourceFailed, match="time-out"),
    ):
        fetcher.json(server.url)
    assert time.monotonic() - start < 1.6


def test_more_bytes_than_allowed_are_not_read(server: Scripted, fetcher: Fetcher) -> None:
    server.script = [answer(b"[" + b"1," * 50_000 + b"1]")]
    with pytest.raises(SourceFailed, match="meer gegevens"):
        fetcher.json(server.url, max_bytes=1000)
    assert fetcher.count == 1


def test_a_zip_bomb_is_not_unpacked(server: Scripted, fetcher: Fetcher) -> None:
    server.script = [answer(gzip.compress(b" " * 20_000_000), Content_Encoding="gzip")]
    with pytest.raises(SourceFailed, match="meer gegevens"):
        fetcher.content(server.url, max_bytes=1_000_000)


def test_nan_and_infinity_are_no_figures(server: Scripted, fetcher: Fetcher) -> None:
    server.script = [answer('{"value": [NaN, Infinity, -Infinity, 1]}')]
    assert fetcher.json(server.url) == {"value": [None, None, None, 1]}


def test_a_file_starts_anew_after_a_hiccup(server: Scripted, fetcher: Fetcher) -> None:
    server.script = [answer("abc", length=50), answer("abcdef", kind="application/zip")]
    file = io.BytesIO(b"before")
    file.seek(6)
    assert fetcher.stream_to(file, server.url) == 6
    assert file.getvalue() == b"beforeabcdef"


def test_content_gives_the_bytes(server: Scripted, fetcher: Fetcher) -> None:
    server.script = [answer(b"\x00\xff", kind="application/octet-stream")]
    assert fetcher.content(server.url) == b"\x00\xff"


def test_nobody_there_is_said_in_dutch() -> None:
    with (
        Fetcher(timeout=0.5, pause=0.01) as fetcher,
        pytest.raises(SourceFailed, match="niet bereikbaar") as failure,
    ):
        fetcher.json("http://127.0.0.1:9/")
    assert failure.value.transient


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/", "http://[", "nothing"])
def test_an_address_that_is_none_fails_without_a_crash(fetcher: Fetcher, url: str) -> None:
    with pytest.raises(SourceFailed):
        fetcher.json(url)


def test_a_service_is_called_by_its_name(settings: Any) -> None:
    settings.OPENDATA_CBS_V3_URL = "http://127.0.0.1:1/cbs3"
    settings.OPENDATA_PDOK_URL = "http://127.0.0.1:1/pdok"
    assert service_of("http://127.0.0.1:1/cbs3/ODataApi/odata/1") == "CBS"
    assert service_of("http://127.0.0.1:1/pdok/cbs") == "PDOK"
    assert service_of("http://127.0.0.1:1/pdok-service/cbs") == "127.0.0.1"
