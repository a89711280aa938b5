"""Reading a request's body: whole, no longer than allowed, and by the letter of RFC 9112."""

from __future__ import annotations

import io
import re
from typing import Any

import eventlet

from contracts.refusals import RefusalCode

READ_WITHIN_SECONDS = 60.0
LONGEST_CHUNK_LINE = 1_024

_CHUNK_LINE = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(;[^\r\n]*)?\r\n")


class BodyRefused(Exception):
    """The body cannot be taken; the connection is of no further use. `status` is 400, 408 or 413."""

    def __init__(self, code: RefusalCode, status: int) -> None:
        super().__init__(code.value)
        self.code, self.status = code, status


def take_body(environ: dict[str, Any], limit: int) -> None:
    """Put the whole body, at most `limit` bytes, into the WSGI environment; raises BodyRefused.

    The framing headers were checked when the request was parsed. eventlet would hand a chunked body on
    without a length, which werkzeug takes for none at all.
    """
    source = environ["eventlet.input"]
    if not source.chunked_input and source.content_length > limit:
        raise BodyRefused(RefusalCode.TOO_LARGE, 413)
    try:
        with eventlet.Timeout(READ_WITHIN_SECONDS, TimeoutError):
            body = _chunked(source, limit) if source.chunked_input else source.read()
    except TimeoutError:
        raise BodyRefused(RefusalCode.MALFORMED, 408) from None
    except OSError:
        raise BodyRefused(RefusalCode.MALFORMED, 400) from None
    if not source.chunked_input and len(body) < source.content_length:
        raise BodyRefused(RefusalCode.MALFORMED, 400)
    environ["wsgi.input"] = io.BytesIO(body)
    environ["CONTENT_LENGTH"] = str(len(body))
    environ.pop("HTTP_TRANSFER_ENCODING", None)


def _chunked(source: Any, limit: int) -> bytes:
    if source.should_send_hundred_continue:
        source.send_hundred_continue_response()
        source.is_hundred_continue_response_sent = True
    parts: list[bytes] = []
    total = 0
    while (size := _chunk_size(source.rfile)) > 0:
        total += size
        if total > limit:
            raise BodyRefused(RefusalCode.TOO_LARGE, 413)
        parts.append(source.rfile.read(size))
        if len(parts[-1]) < size or source.rfile.readline(3) != b"\r\n":
            raise BodyRefused(RefusalCode.MALFORMED, 400)
    _skip_trailers(source.rfile)
    # For eventlet there is nothing left to discard before the next request.
    source.chunk_length = 0
    return b"".join(parts)


def _chunk_size(stream: Any) -> int:
    line = _CHUNK_LINE.fullmatch(stream.readline(LONGEST_CHUNK_LINE))
    if line is None:
        raise BodyRefused(RefusalCode.MALFORMED, 400)
    return int(line[1], 16)


def _skip_trailers(stream: Any) -> None:
    for _ in range(20):
        line = stream.readline(LONGEST_CHUNK_LINE)
        if line == b"\r\n":
            return
        if not line.endswith(b"\r\n"):
            break
    raise BodyRefused(RefusalCode.MALFORMED, 400)
