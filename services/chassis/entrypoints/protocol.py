"""HTTP/1.1 on one connection, stricter than eventlet: bounded in time, unambiguous in framing, without a banner."""

from __future__ import annotations

import contextlib
import re
from email.errors import MultipartInvariantViolationDefect, StartBoundaryNotFoundDefect
from typing import Any

import eventlet
from eventlet import wsgi
from eventlet.green import socket
from werkzeug.wrappers import Response

from contracts.refusals import Refusal, RefusalCode
from services.chassis.http import refused

HEADERS_WITHIN_SECONDS = 10.0
LINGER_SECONDS = 2.0
LONGEST_REQUEST_LINE = 8_192

_LENGTH = re.compile(r"[0-9]{1,15}")
_FIELD_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
# http.server parses the headers as those of a mail, and misses the parts of a form that follow only later.
_BODY_STILL_TO_COME = (StartBoundaryNotFoundDefect, MultipartInvariantViolationDefect)


class Protocol(wsgi.HttpProtocol):  # type: ignore[misc]
    """Serves the requests of one connection.

    A connection that stays silent, or takes too long over its headers, is closed without an answer.
    """

    def handle(self) -> None:
        super().handle()
        self._linger()

    def _read_request_line(self) -> bytes:
        # The idle timeout is per read; the whole line gets no more than the headers do on top of it.
        try:
            with eventlet.Timeout(self.server.keepalive + HEADERS_WITHIN_SECONDS, TimeoutError):
                line: bytes = super()._read_request_line() or b""
        except TimeoutError:
            return b""
        return line

    def parse_request(self) -> bool:
        """Read and check the headers; answers 400, 414 or 431 itself if they are no good."""
        try:
            with eventlet.Timeout(HEADERS_WITHIN_SECONDS, TimeoutError):
                if not super().parse_request():
                    return False
        except TimeoutError:
            self.close_connection = True
            return False
        if self._ambiguous():
            self.send_error(400)
            return False
        return True

    def _ambiguous(self) -> bool:
        """Whether a proxy before us could have seen another end of this request than we do."""
        lengths = self.headers.get_all("content-length", [])
        encodings = self.headers.get_all("transfer-encoding", [])
        return (
            any(not isinstance(defect, _BODY_STILL_TO_COME) for defect in self.headers.defects)
            or any(not _FIELD_NAME.fullmatch(name) for name in self.headers)
            or len(lengths) > 1
            or any(not _LENGTH.fullmatch(length) for length in lengths)
            or [encoding.lower() for encoding in encodings] not in ([], ["chunked"])
            or bool(lengths and encodings)
            or bool(encodings and self.request_version != "HTTP/1.1")
        )

    def get_environ(self) -> dict[str, Any]:
        environ: dict[str, Any] = super().get_environ()
        environ["dengwen.protocol"] = self
        return environ

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002 - theirs would be quoted
        """Answer what is no request. A client's fault is never a 5xx, whatever http.server thinks."""
        self.close_connection = True
        response = refusal_response(RefusalCode.MALFORMED, code if code < 500 else 400)
        body = response.get_data()
        head = f"HTTP/1.1 {response.status}\r\nContent-Type: {response.content_type}\r\n"
        self.wfile.write(f"{head}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's name
        """Nothing: the request line may hold a query."""

    def _linger(self) -> None:
        # To close with unread data in the socket is to reset the connection, and the client may lose our answer.
        with contextlib.suppress(OSError), eventlet.Timeout(LINGER_SECONDS, False):
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_WR)
            while self.connection.recv(65_536):
                pass


def refusal_response(code: RefusalCode, status: int | None = None) -> Response:
    """A refusal as problem+json; `status` where HTTP has a better one than the code."""
    response = refused(Refusal(code))
    if status is not None:
        response.status_code = status
    return response
