"""An upload is kept only if the installation's scanner lets it pass."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from services.chassis.audit.tables import AuditEntry
from services.chassis.scanning import ScannerAddressError, scanner_address
from services.chassis.settings import SettingsError, from_environment
from services.chassis.tables import Attachment
from tests.world import World

CLEAN, BAD = b"%PDF-1.4 clean" + b"x" * 600_000 + b" %%EOF", b"%PDF-1.4 EICAR %%EOF"


class Scanner:
    """As much of clamd as speaks INSTREAM: finds what holds the word EICAR; says `answer` instead if it has one."""

    def __init__(self) -> None:
        self.answer: bytes | None = None
        self.seen: list[bytes] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"tcp://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self.listener.accept()
            except OSError:
                return
            with line, line.makefile("rb") as incoming:
                assert incoming.read(10) == b"zINSTREAM\0"
                body = b""
                while size := struct.unpack("!I", incoming.read(4))[0]:
                    body += incoming.read(size)
                self.seen.append(body)
                found = b"stream: Eicar-Test FOUND\0" if b"EICAR" in body else b"stream: OK\0"
                line.sendall(found if self.answer is None else self.answer)


@pytest.fixture
def scanner() -> Iterator[Scanner]:
    made = Scanner()
    yield made
    made.listener.close()


@pytest.fixture
def world(tmp_path: Path, scanner: Scanner) -> Iterator[World]:
    made = World(tmp_path, services=("intake",))
    runtime = made.runtimes["intake"]
    runtime.settings = replace(runtime.settings, malware_scanner=scanner.address)
    yield made
    made.close()


def upload(world: World, content: bytes) -> tuple[int, str]:
    answer = world.as_("clerk1").send("POST", "/intake/attachments", raw=content)
    return answer.status, answer.body.get("code", "")


def kept(world: World) -> int:
    with world.runtimes["intake"].db.read() as session:
        return len(session.scalars(select(Attachment.id)).all())


def test_the_scanner_sees_the_whole_upload_and_lets_it_pass(world: World, scanner: Scanner) -> None:
    assert upload(world, CLEAN) == (201, "")
    assert scanner.seen == [CLEAN]
    assert kept(world) == 1


def test_what_the_scanner_finds_is_refused_audited_and_not_kept(world: World) -> None:
    assert upload(world, BAD) == (422, "INFECTED_FILE")
    assert kept(world) == 0
    with world.runtimes["intake"].db.read() as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.act == "upload_attachment")).all()
    assert [entry.code for entry in entries] == ["INFECTED_FILE"]


@pytest.mark.parametrize("answer", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: OK or so\0"])
def test_without_a_clear_word_of_the_scanner_nothing_is_taken(
    world: World, scanner: Scanner, answer: bytes
) -> None:
    scanner.answer = answer
    assert upload(world, CLEAN) == (503, "UNAVAILABLE")
    assert kept(world) == 0


def test_a_scanner_that_is_away_takes_nothing(world: World, scanner: Scanner) -> None:
    scanner.listener.close()
    runtime = world.runtimes["intake"]
    with socket.create_server(("127.0.0.1", 0)) as free:
        nobody = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    runtime.settings = replace(runtime.settings, malware_scanner=nobody)
    assert upload(world, CLEAN) == (503, "UNAVAILABLE")
    runtime.settings = replace(runtime.settings, malware_scanner="unix:///nowhere/clamd.sock")
    assert upload(world, CLEAN) == (503, "UNAVAILABLE")
    assert kept(world) == 0


@pytest.mark.parametrize(
    "address", ["clamd:3310", "tcp://clamd", "tcp://clamd:port", "http://clamd:3310", "unix://"]
)
def test_an_address_that_is_none_is_refused_at_the_start(address: str) -> None:
    with pytest.raises(ScannerAddressError):
        scanner_address(address)
    given = {
        "DENGWEN_DATABASE_URL": "sqlite://",
        "DENGWEN_BROKER_URI": "memory://",
        "DENGWEN_KEY_DIR": "keys",
        "DENGWEN_MALWARE_SCANNER": address,
    }
    with pytest.raises(SettingsError, match="DENGWEN_MALWARE_SCANNER"):
        from_environment(given, service="intake")
