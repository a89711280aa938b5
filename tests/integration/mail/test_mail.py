"""Mail with proof, on a real SMTP server: taken once, tried again only where nothing can have been sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import select, update

from services.chassis.audit.tables import AuditEntry
from services.chassis.clock import real_now
from services.chassis.tables import Outbox
from services.notifications import mail
from services.notifications.storage import MAIL, MailJob, Notice
from tests.integration.mail.conftest import DROP, TAKEN, Mailbox, MailServer
from tests.world import World

CANARY = "金丝雀甲七三"


def forward(world: World, **changes: object) -> str:
    """A petition is forwarded; its notice to the head of the petition office goes out by mail. Returns its id."""
    letter = {"received_on": "2026-03-02", "channel": "letter", "unit_id": "edu", "subject_ids": ["p-edu-sec"],
              "summary": f"反映{CANARY}违规", "class_code": "supervision_object"} | changes  # fmt: skip
    petition = str(world.as_("clerk1").act("/intake/petitions/register_petition", letter).body["id"])
    assert world.as_("clerk1").act(f"/intake/petitions/{petition}/forward_petition").status == 200
    return petition


def mails(world: World) -> list[Notice]:
    with world.runtimes["notifications"].db.read() as session:
        return list(session.scalars(select(Notice).where(Notice.channel == MAIL)))


def mail_notice(world: World) -> Notice:
    [notice] = mails(world)
    return notice


def jobs(world: World) -> int:
    with world.runtimes["notifications"].db.read() as session:
        return len(session.scalars(select(MailJob)).all())


def steps(world: World, notice: Notice) -> list[str]:
    with world.runtimes["notifications"].db.read() as session:
        rows = session.scalars(
            select(AuditEntry.act).where(AuditEntry.subject_id == notice.id).order_by(AuditEntry.recorded_at)
        )
        return list(rows)


def events(world: World, name: str) -> int:
    with world.runtimes["notifications"].db.read() as session:
        query = select(Outbox.body).where(
            Outbox.type == f"notifications.{name}.v1", Outbox.consumer == "archive"
        )
        return sum(b'"channel":"mail"' in body for body in session.scalars(query))


def test_a_mail_that_the_server_takes_is_delivered_with_its_proof(world: World, mailbox: Mailbox) -> None:
    petition = forward(world)
    world.pump()
    notice = mail_notice(world)
    assert (notice.state, notice.queue_code) == ("delivered", "4F2A9C01")
    assert notice.response_digest == sha256(TAKEN.encode().partition(b" ")[2]).hexdigest()
    assert len(notice.proof) == 64
    assert steps(world, notice) == ["place_notice", "start_sending", "mail_accepted"]
    assert (events(world, "notice_sent"), events(world, "notice_delivered"), jobs(world)) == (1, 1, 0)
    [(recipients, _)] = mailbox.received
    assert recipients == ["xfhead@example.invalid"]
    [sent] = mailbox.mails
    assert isinstance(sent, EmailMessage)
    assert sent["Message-ID"] == f"<{notice.id}@example.invalid>"
    text = sent.get_content()
    assert "收到转来的信访件，请研判。" in text
    assert "LZ-12.8" in text
    assert petition in text
    assert CANARY not in text
    assert "supervision_object" not in text


def test_a_mail_is_sent_once_however_often_the_clock_ticks(world: World, mailbox: Mailbox) -> None:
    forward(world)
    for _ in range(5):
        world.pump()
    assert len(mailbox.received) == 1


def test_a_mail_that_is_put_off_is_tried_again_and_taken(world: World, mailbox: Mailbox) -> None:
    mailbox.answers[:] = ["451 4.3.0 try again later", TAKEN]
    forward(world)
    world.pump()
    world.tick()
    notice = mail_notice(world)
    assert notice.state == "delivered"
    assert len(mailbox.received) == 2
    assert steps(world, notice) == [
        "place_notice", "start_sending", "mail_put_off", "start_sending", "mail_accepted",
    ]  # fmt: skip


def test_a_greylisted_recipient_is_tried_again_and_taken(world: World, mailbox: Mailbox) -> None:
    mailbox.recipient_answers[:] = ["450 4.2.0 greylisted"]
    forward(world)
    world.pump()
    world.tick()
    assert mail_notice(world).state == "delivered"
    assert len(mailbox.received) == 1


def test_a_mail_whose_answer_was_lost_is_unknown_and_never_sent_again(world: World, mailbox: Mailbox) -> None:
    mailbox.answers[:] = [DROP]
    forward(world)
    for _ in range(4):
        world.pump()
    notice = mail_notice(world)
    assert (notice.state, notice.proof) == ("unknown", "")
    assert len(mailbox.received) == 1
    assert (events(world, "notice_sent"), events(world, "notice_delivered"), jobs(world)) == (0, 0, 0)
    shown = world.as_("sys").get("/notifications/undelivered").body["items"]
    assert [(line["id"], line["state"]) for line in shown] == [(notice.id, "unknown")]


def test_a_refused_recipient_has_failed_for_good_and_is_shown(world: World, mailbox: Mailbox) -> None:
    mailbox.recipient_answers[:] = ["550 5.1.1 no such user"]
    forward(world)
    world.pump()
    world.tick()
    assert (mail_notice(world).state, mailbox.received, jobs(world)) == ("failed", [], 0)
    assert [x["state"] for x in world.as_("sys").get("/notifications/undelivered").body["items"]] == [
        "failed"
    ]
    assert world.as_("clerk1").get("/notifications/undelivered").code == "WRONG_ROLE"


def test_a_server_that_is_down_is_waited_for_on_the_ladder_and_then_given_up(
    world: World, server: MailServer
) -> None:
    server.stop()
    forward(world)
    world.pump(tick=False)
    states = []
    for _ in range(5):
        world.tick()
        states.append(mail_notice(world).state)
    assert states == ["due", "due", "due", "failed", "failed"]
    desk = world.as_("xfhead").get("/notifications/inbox").body["items"]
    assert [line["template"] for line in desk] == ["petition_forwarded"]


class Died(BaseException):
    """The process that was sending is gone."""


def dies(at: str) -> Callable[..., Any]:
    """A hand-over whose process dies before the content goes out, or while it does."""

    def hand_over(_server: Any, _sender: str, _address: str, _message: bytes, before_content: Any) -> Any:
        if at == "content":
            before_content()
        raise Died

    return hand_over


def lease_ends(world: World) -> None:
    with world.runtimes["notifications"].db.write() as session:
        session.execute(update(MailJob).values(claimed_until=real_now() - timedelta(seconds=1)))


def test_a_death_before_the_content_went_out_means_another_attempt(
    world: World, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    forward(world)
    world.pump(tick=False)
    with monkeypatch.context() as dying:
        dying.setattr(mail, "hand_over", dies("start"))
        with pytest.raises(Died):
            world.tick()
    world.tick()
    assert mailbox.received == []  # somebody may still be at it
    lease_ends(world)
    world.tick()
    assert (mail_notice(world).state, len(mailbox.received)) == ("delivered", 1)


def test_a_death_with_the_content_on_its_way_leaves_the_end_unknown(
    world: World, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    forward(world)
    world.pump(tick=False)
    with monkeypatch.context() as dying:
        dying.setattr(mail, "hand_over", dies("content"))
        with pytest.raises(Died):
            world.tick()
    assert mail_notice(world).state == "sending"
    lease_ends(world)
    for _ in range(3):
        world.tick()
    assert (mail_notice(world).state, mailbox.received, jobs(world)) == ("unknown", [], 0)


def test_the_mail_of_a_sealed_item_says_only_that_something_waits(world: World, mailbox: Mailbox) -> None:
    letter = {"received_on": "2026-03-02", "channel": "letter", "unit_id": "edu", "subject_ids": ["p-edu-vice"],
              "summary": CANARY, "class_code": "unit_team"}  # fmt: skip
    petition = world.as_("clerk1").act("/intake/petitions/register_petition", letter).body["id"]
    world.on(2026, 3, 3, 0)
    world.pump()
    world.pump()
    [sent] = mailbox.mails
    assert isinstance(sent, EmailMessage)
    text = sent.get_content()
    assert text.splitlines()[0] == "有一件事项等待您亲自处理，请登录查看。"
    for hidden in (petition, "LZ-12.3", CANARY, "unit_team"):
        assert hidden not in text + str(sent["Subject"])
    assert world.as_("sys").get("/notifications/undelivered").body["items"] == []
