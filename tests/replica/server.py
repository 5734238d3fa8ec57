"""The HTTP server: one base URL, a path prefix for each service."""

import json
import socket
import struct
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.replica import leefbaarometer, locatieserver, pdok, v3, v4
from tests.replica.facts import default_folder
from tests.replica.faults import Fault, Faults, instead, spoiled
from tests.replica.library import Library, Options, Revision
from tests.replica.wire import Reply, Request, html_error, json_reply

PIECES = 10
FAULTS_PATH = "/_faults"
NOT_ALLOWED = html_error(405, "405 Method Not Allowed")


class Replica:
    """What a test holds: the address, what was asked, and the switches."""

    def __init__(self, library: Library, port: int = 0) -> None:
        self.library = library
        self.faults = Faults()
        self._requests: list[tuple[str, str]] = []
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", port), self)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def options(self) -> Options:
        return self.library.options

    @options.setter
    def options(self, options: Options) -> None:
        self.library.options = options

    @property
    def requests(self) -> list[tuple[str, str]]:
        with self._lock:
            return list(self._requests)

    def clear_requests(self) -> None:
        with self._lock:
            self._requests.clear()

    def record(self, method: str, target: str) -> None:
        with self._lock:
            self._requests.append((method, target))

    def environ(self) -> dict[str, str]:
        paths = {
            "CBS_V3": "/cbs3",
            "CBS_V4": "/cbs4/odata/v1/CBS",
            "DERDEN": "/derden",
            "LEEFBAAROMETER": "/lbm-geo",
            "LEEFBAAROMETER_FILES": "/lbm-files",
            "PDOK": "/pdok",
            "PDOK_SERVICE": "/pdok-service",
        }
        return {f"OPENDATA_{name}_URL": self.url + path for name, path in paths.items()}

    def serve(self) -> None:
        self._server.serve_forever(poll_interval=0.05)

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def running_replica(
    tables: Path | None = None, options: Options | None = None, port: int = 0, *, warm: bool = False
) -> Iterator[Replica]:
    replica = Replica(Library(tables or default_folder(), options or Options()), port)
    if warm:
        replica.library.warm()
    thread = threading.Thread(target=replica.serve, name="replica", daemon=True)
    thread.start()
    try:
        yield replica
    finally:
        replica.stop()
        thread.join()


def answer(library: Library, request: Request, revision: Revision) -> Reply:
    match request.path.split("/")[1]:
        case "cbs3":
            return v3.answer(library, "cbs", "/cbs3", request, revision)
        case "derden":
            return v3.answer(library, "derden", "/derden", request, revision)
        case "cbs4":
            return v4.answer(library, request)
        case "lbm-geo" | "lbm-files":
            return leefbaarometer.answer(library, request)
        case "pdok" if "/locatieserver/" in request.path:
            return locatieserver.answer(library, request)
        case "pdok" | "pdok-service":
            return pdok.answer(library, request)
    return html_error(404, "404 Not Found")


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], replica: Replica) -> None:
        self.replica = replica
        super().__init__(address, _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no news; everything else is a mistake of ours."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        replica = self.server.replica
        if self.path == FAULTS_PATH:
            self._send(json_reply(replica.faults.listed()))
            return
        replica.record(self.command, self.path)
        kinds = replica.faults.taken(self.path)
        if "slow" in kinds:
            time.sleep(kinds["slow"].delay)
        if "reset" in kinds:
            self._reset()
        else:
            self._send(self._reply(kinds), kinds.get("trickle"))

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_POST(self) -> None:
        """Sets one fault, or a list of them: `{"kind": "slow", "path": "*84799NED*", "times": 1}`."""
        text = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self._send(self._with_faults(text) if self.path == FAULTS_PATH else NOT_ALLOWED)

    def do_DELETE(self) -> None:
        if self.path == FAULTS_PATH:
            self.server.replica.faults.clear()
        self._send(json_reply([]) if self.path == FAULTS_PATH else NOT_ALLOWED)

    def _with_faults(self, text: bytes) -> Reply:
        faults = self.server.replica.faults
        try:
            wanted = json.loads(text)
            for fault in wanted if isinstance(wanted, list) else [wanted]:
                faults.add(**fault)
        except (TypeError, ValueError) as error:
            return json_reply({"error": str(error)}, 400)
        return json_reply(faults.listed())

    def _reply(self, kinds: dict[str, Fault]) -> Reply:
        base = f"http://{self.headers.get('Host') or self.server.replica.url.removeprefix('http://')}"
        request = Request.of(base, self.path)
        shift = kinds["shifted"].by if "shifted" in kinds else 0
        gone = kinds["vanished"].column if "vanished" in kinds else ""
        return instead(kinds, request) or spoiled(
            answer(self.server.replica.library, request, Revision(shift, gone)), request, kinds
        )

    def _send(self, reply: Reply, trickle: Fault | None = None) -> None:
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.content_type)
        self.send_header("Content-Length", str(len(reply.body)))
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()
        if self.command == "HEAD":
            return
        for piece in _pieces(reply.body) if trickle else [reply.body]:
            self.wfile.write(piece)
            if trickle:
                self.wfile.flush()
                time.sleep(trickle.delay)

    def _reset(self) -> None:
        """Closes at once and without farewell, so that the other side sees a reset."""
        with suppress(OSError):
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()

    def log_message(self, format: str, *args: Any) -> None:
        """Silence: what was asked is in `Replica.requests`."""


def _pieces(body: bytes) -> Iterator[bytes]:
    step = max(1, -(-len(body) // PIECES))
    for start in range(0, len(body), step):
        yield body[start : start + step]
