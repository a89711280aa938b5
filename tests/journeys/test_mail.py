"""Every notice of the journey is delivered with proof: in the desk's inbox, and by mail to a real SMTP server."""

from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from dengwen.journey import Journey
from tests.journeys.running import embedded, free_port

SECRETS = ("收受礼金", "邻里纠纷", "孔癸三", "张癸二", "supervision_object")


class Post:
    """Keeps what it accepts."""

    def __init__(self) -> None:
        self.received: list[tuple[list[str], bytes]] = []

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.received.append((envelope.rcpt_tos, envelope.original_content or b""))
        return "250 kept"


def test_every_notice_of_the_journey_reaches_its_inbox_and_its_mailbox_and_says_nothing(
    tmp_path: Path,
) -> None:
    post = Post()
    server = Controller(post, hostname="127.0.0.1", port=free_port())
    server.start()
    try:
        url = {"DENGWEN_SMTP_URL": f"smtp://127.0.0.1:{server.port}"}
        with embedded(tmp_path / "var", environment=url) as running:
            journey = Journey(running.at, lambda _: None)
            journey.registered_and_forwarded()
            journey.judged_and_referred()
            running.at.wait_quiet(60)
            petition_office = running.at.person("xf1")
            inbox = petition_office.get("/notifications/inbox")["items"]
            assert inbox, "the petition office was told of the forwarded petition"
            running.at.wait(lambda: any("xf1@dengwen.example" in to for to, _ in post.received), 60)
            answer = petition_office.get("/notifications/inbox")["items"][0]
            assert answer["clause"].startswith("LZ-12.")
    finally:
        server.stop()
    texts = [message_from_bytes(raw, policy=policy.default).get_body(("plain",)) for _, raw in post.received]
    written = "\n".join(body.get_content() for body in texts if body is not None)
    assert "请" in written
    assert [word for word in SECRETS if word in written] == []
