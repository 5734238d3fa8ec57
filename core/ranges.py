"""Part of a file, for a player that jumps back and forth (RFC 9110, byte ranges)."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

CHUNK = 65_536
_ONE_RANGE = re.compile(r"bytes=(?=.*\d)(\d*)-(\d*)", re.ASCII)


def ranged(request: HttpRequest, file: BinaryIO, size: int, content_type: str) -> HttpResponse:
    """The file of `size` bytes, or the one range that is asked for; 416 for a range outside it.

    What is no range we know gets the whole file, as the standard allows. Closes the file.
    """
    asked = _ONE_RANGE.fullmatch(request.headers.get("Range", ""))
    first, last = _bounds(asked, size) if asked else (0, size - 1)
    if first > last:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response = StreamingHttpResponse(_bytes(file, first, last), content_type=content_type)
    response["Accept-Ranges"] = "bytes"
    response["Content-Length"] = str(last - first + 1)
    if asked:
        response.status_code = 206
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
    return response  # type: ignore[return-value]


def _bounds(asked: re.Match[str], size: int) -> tuple[int, int]:
    """First and last byte, both included; first past last when nothing is left."""
    start, end = asked.groups()
    if not start:
        return max(0, size - int(end)), size - 1 if int(end) else -1
    return int(start), min(int(end), size - 1) if end else size - 1


def _bytes(file: BinaryIO, first: int, last: int) -> Iterator[bytes]:
    with file:
        file.seek(first)
        left = last - first + 1
        while left > 0 and (piece := file.read(min(CHUNK, left))):
            left -= len(piece)
            yield piece
