"""The malware hook: a scanner of the installation's own looks at every upload before it is kept.

It speaks clamd's INSTREAM, which ClamAV and the gateways of other makers do. What it says beside yes and no goes
nowhere; without its word nothing is taken.
"""

from __future__ import annotations

import socket
import struct
from contextlib import closing
from urllib.parse import urlsplit

import structlog

from contracts.refusals import Refusal, RefusalCode

log = structlog.get_logger("dengwen.scanning")

PATIENCE = 30.0
"""Seconds for each answer of the scanner."""
CHUNK = 256 * 1024
LONGEST_ANSWER = 4096


class ScannerAddressError(ValueError):
    """Write `tcp://host:3310` or `unix:///path`."""


def scanner_address(text: str) -> str:
    """The address of a scanner as it was given; raises ScannerAddressError. Empty: there is none."""
    if text:
        _address(text)
    return text


def look_through(scanner: str, body: bytes) -> None:
    """Raises Refusal(INFECTED_FILE), or Refusal(UNAVAILABLE) if the scanner does not say; no scanner, no question."""
    if not scanner:
        return
    try:
        answer = _ask(scanner, body)
    except OSError as error:
        log.warning("scanner_silent", error=type(error).__name__)
        raise Refusal(RefusalCode.UNAVAILABLE) from None
    if answer.endswith(b" FOUND"):
        raise Refusal(RefusalCode.INFECTED_FILE)
    if not answer.endswith(b" OK"):
        log.warning("scanner_undecided")
        raise Refusal(RefusalCode.UNAVAILABLE)


def _ask(scanner: str, body: bytes) -> bytes:
    with closing(_connected(scanner)) as line:
        line.sendall(b"zINSTREAM\0")
        for first in range(0, len(body), CHUNK):
            part = body[first : first + CHUNK]
            line.sendall(struct.pack("!I", len(part)) + part)
        line.sendall(struct.pack("!I", 0))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
            if not (more := line.recv(LONGEST_ANSWER)):
                break
            answer += more
    return answer.rstrip(b"\0\n")


def _connected(scanner: str) -> socket.socket:
    address = _address(scanner)
    if isinstance(address, tuple):
        return socket.create_connection(address, PATIENCE)
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(PATIENCE)
    try:
        line.connect(address)
    except OSError:
        line.close()
        raise
    return line


def _address(scanner: str) -> tuple[str, int] | str:
    parts = urlsplit(scanner)
    try:
        if parts.scheme == "tcp" and parts.hostname and parts.port:
            return parts.hostname, parts.port
    except ValueError:  # no port number
        raise ScannerAddressError from None
    if parts.scheme == "unix" and parts.path:
        return parts.path
    raise ScannerAddressError
