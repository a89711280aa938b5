"""A real SMTP server on a free port, told beforehand how to answer, and an installation that mails through it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email import message_from_bytes
from email.message import Message
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from services.chassis.work import begin
from services.notifications import mail
from services.notifications.loading import load_address
from tests.world import World

TAKEN = "250 2.0.0 Ok: queued as 4F2A9C01"
DROP = "drop"
"""Take the content, then cut the connection without an answer."""


@dataclass
class Mailbox:
    """The server's handler: `answers` are given one by one to contents, the last one for good."""

    answers: list[str] = field(default_factory=lambda: [TAKEN])
    recipient_answers: list[str] = field(default_factory=list)
    received: list[tuple[list[str], bytes]] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802  (aiosmtpd gives its arguments by position)
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.recipient_answers:
            return self.recipient_answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        self.received.append((list(envelope.rcpt_tos), envelope.content))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if answer == DROP:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
            return "451 nobody hears this"
        return answer

    @property
    def mails(self) -> list[Message]:
        return [message_from_bytes(content, policy=default) for _, content in self.received]


class MailServer:
    """aiosmtpd in a thread of its own, on a port that the system gives."""

    def __init__(self, mailbox: Mailbox) -> None:
        self.mailbox = mailbox
        self._loop = asyncio.new_event_loop()
        self._server: Any = None
        self.port = 0
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._ready = threading.Event()

    def start(self) -> MailServer:
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._server = self._loop.run_until_complete(
            self._loop.create_server(lambda: SMTP(self.mailbox, loop=self._loop), "127.0.0.1", 0)
        )
        self.port = self._server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        self._server.close()
        pending = asyncio.all_tasks(self._loop)
        for task in pending:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*pending, return_exceptions=True))
        self._loop.close()

    def stop(self) -> None:
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(10)


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def server(mailbox: Mailbox) -> Iterator[MailServer]:
    started = MailServer(mailbox).start()
    yield started
    started.stop()


@pytest.fixture
def world(tmp_path: Path, server: MailServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """Intake and notifications; the head of the petition office has a mail address, and attempts follow at once."""
    world = World(tmp_path, services=("intake", "notifications"))
    monkeypatch.setattr(mail, "LADDER", (timedelta(0),) * 3)
    runtime = world.runtimes["notifications"]
    runtime.settings = replace(
        runtime.settings, smtp_url=f"smtp://127.0.0.1:{server.port}", mail_from="dengwen@example.invalid"
    )
    with begin(runtime) as work:
        load_address(work, account_id="xfhead", person_id="p-xfhead", address="xfhead@example.invalid")
    yield world
    world.close()
