"""Handing one mail to a server, and knowing afterwards what is known: taken, not taken, or not known.

Until the server has asked for the content (354) nothing has been sent and trying again is safe. From then on only
the server's answer tells; if it does not come, the end is unknown, and nobody may blindly send again.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256
from urllib.parse import unquote, urlsplit

OK, OK_FORWARDED, SEND_CONTENT = 250, 251, 354
TIMEOUT = 20.0
"""Seconds to wait for any one answer of the server."""

_QUEUE_CODE = re.compile(rb"\b(?:queued as|id[=:]?)\s*<?([A-Za-z0-9._-]{4,64})", re.IGNORECASE)
_LINE_START = re.compile(rb"^\.", re.MULTILINE)


class MailSettingsError(ValueError):
    """DENGWEN_SMTP_URL cannot be used; write `smtp://host:25`, `smtps://user:password@host` or `smtp+starttls://…`."""


class End(Enum):
    """How an attempt ended. UNREACHED: no conversation came about; WITHHELD: the caller took it back in time."""

    TAKEN = "taken"
    PUT_OFF = "put_off"
    REFUSED = "refused"
    UNREACHED = "unreached"
    WITHHELD = "withheld"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class HandedOver:
    """The end of an attempt; `line` is the server's last answer, which is never logged nor shown."""

    end: End
    line: bytes = b""

    @property
    def response_digest(self) -> str:
        return sha256(self.line).hexdigest() if self.line else ""

    @property
    def queue_code(self) -> str:
        found = _QUEUE_CODE.search(self.line)
        return found.group(1).decode("ascii") if found else ""


@dataclass(frozen=True)
class Server:
    """Where mail goes out, from DENGWEN_SMTP_URL."""

    host: str
    port: int
    scheme: str
    user: str = ""
    password: str = ""

    @classmethod
    def from_url(cls, url: str) -> Server:
        """Raises MailSettingsError."""
        try:
            parts = urlsplit(url)
            ports = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}
            port = parts.port or ports[parts.scheme]
            if not parts.hostname:
                raise ValueError
        except (ValueError, KeyError):
            raise MailSettingsError(MailSettingsError.__doc__) from None
        return cls(
            parts.hostname, port, parts.scheme, unquote(parts.username or ""), unquote(parts.password or "")
        )

    def connect(self, timeout: float) -> smtplib.SMTP:
        """A greeted and signed-in connection; raises OSError, SMTPException."""
        if self.scheme == "smtps":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, timeout=timeout, context=ssl.create_default_context()
            )
        else:
            connection = smtplib.SMTP(self.host, self.port, timeout=timeout)
        try:
            if self.scheme == "smtp+starttls":
                connection.starttls(context=ssl.create_default_context())
            connection.ehlo_or_helo_if_needed()
            if self.user:
                connection.login(self.user, self.password)
        except (OSError, smtplib.SMTPException):
            connection.close()
            raise
        return connection


def hand_over(
    server: Server, sender: str, address: str, message: bytes, before_content: Callable[[], bool],
    timeout: float = TIMEOUT,
) -> HandedOver:  # fmt: skip
    """Hand one mail over; never raises for what the server or the network does.

    `before_content` is called once, when the server asks for the content. It says whether to go on; what it stored
    by then tells a successor that the mail may be out.
    """
    try:
        connection = server.connect(timeout)
    except (OSError, smtplib.SMTPException):
        return HandedOver(End.UNREACHED)
    try:
        return _converse(connection, sender, address, message, before_content)
    finally:
        with suppress(OSError, smtplib.SMTPException):
            connection.close()


def _converse(
    connection: smtplib.SMTP, sender: str, address: str, message: bytes, before_content: Callable[[], bool]
) -> HandedOver:
    try:
        code, line = connection.mail(sender)
        if code == OK:
            code, line = connection.rcpt(address)
        if code in (OK, OK_FORWARDED):
            code, line = connection.docmd("DATA")
    except (OSError, smtplib.SMTPException):
        return HandedOver(End.UNREACHED)
    if code != SEND_CONTENT:
        return HandedOver(End.REFUSED if code // 100 == 5 else End.PUT_OFF, line)
    return _send(connection, message) if before_content() else HandedOver(End.WITHHELD)


def _send(connection: smtplib.SMTP, message: bytes) -> HandedOver:
    try:
        content = _LINE_START.sub(b"..", message)
        connection.send(content + (b".\r\n" if content.endswith(b"\r\n") else b"\r\n.\r\n"))
        code, line = connection.getreply()
    except (OSError, smtplib.SMTPException):
        return HandedOver(End.UNKNOWN)
    with suppress(OSError, smtplib.SMTPException):
        connection.quit()
    by_first_digit = {2: End.TAKEN, 4: End.PUT_OFF, 5: End.REFUSED}  # RFC 5321, 4.2.1
    return HandedOver(by_first_digit.get(code // 100, End.UNKNOWN), line)
