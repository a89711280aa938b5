"""A notice from `due` to its proof: due → (sending →) delivered | unknown | failed (LL-3.9).

All steps but the reader's acknowledgement are the service's own. What is sealed is told to the service that asked,
and to no other.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from contracts.events.notifications import NoticeAcknowledged, NoticeDelivered, NoticeSent
from services.chassis.act import Act, HandOn, NoPaper
from services.chassis.papers import canonical
from services.chassis.performance import Performance
from services.chassis.subject import NORMAL
from services.notifications.papers.delivery import MailReceipt, NoticeSlip
from services.notifications.storage import DESK, Notice

Placing = Performance[Notice, NoticeSlip]
TRACEABLE = ("LL-3.9",)


def place(p: Placing) -> Notice:
    slip = p.paper
    return Notice(
        id=p.work.new_id(), no="", state="due", version=0, secrecy=NORMAL, office_id="", liaison_office_id="",
        unit_id="", registrar_id="", handler_id="", addressee_id=slip.person, opened_on=p.today,
        changed_at=p.work.now, notice_id=slip.notice_id, template=slip.template, clause=slip.clause,
        producer=slip.producer, subject_ref=slip.subject_ref, role=slip.role, channel=slip.channel,
        sealed=slip.sealed, due_on=slip.due_on, placed_at=p.work.now, delivered_at=None, shown_at=None,
        acknowledged_at=None, response_digest="", queue_code="", proof="",
    )  # fmt: skip


def shown(p: Performance[Notice, NoPaper]) -> None:
    p.subject.shown_at = p.work.now
    _prove(p)


def accepted(p: Performance[Notice, MailReceipt]) -> None:
    p.subject.response_digest, p.subject.queue_code = p.paper.response_digest, p.paper.queue_code
    _prove(p)


def acknowledged(p: Performance[Notice, NoPaper]) -> None:
    p.subject.acknowledged_at = p.work.now


def _prove(p: Performance[Notice, Any]) -> None:
    """The proof that others are told the digest of."""
    notice = p.subject
    notice.delivered_at = p.work.now
    notice.proof = sha256(
        canonical(
            {"notice": notice.notice_id, "person": notice.addressee_id, "channel": notice.channel,
             "at": p.work.now.isoformat(), "response": notice.response_digest, "queue": notice.queue_code}
        )
    ).hexdigest()  # fmt: skip


def asker_only(p: Performance[Notice, Any]) -> tuple[str, ...] | None:
    """Of a sealed notice only the service that asked for it hears."""
    return (p.subject.producer,) if p.subject.sealed else None


def sent_event(p: Performance[Notice, Any]) -> NoticeSent:
    notice = p.subject
    return NoticeSent(
        notice_id=notice.notice_id, template=notice.template, clause=notice.clause,
        subject_ref=notice.subject_ref, channel=notice.channel, recipient_role=notice.role,
        recipient_person=notice.addressee_id, sent_at=p.work.now,
    )  # fmt: skip


def delivered_event(p: Performance[Notice, Any]) -> NoticeDelivered:
    notice = p.subject
    return NoticeDelivered(
        notice_id=notice.notice_id, subject_ref=notice.subject_ref, channel=notice.channel,
        recipient_person=notice.addressee_id, proof_digest=notice.proof, delivered_at=p.work.now,
    )  # fmt: skip


def acknowledged_event(p: Performance[Notice, Any]) -> NoticeAcknowledged:
    notice = p.subject
    return NoticeAcknowledged(
        notice_id=notice.notice_id, subject_ref=notice.subject_ref, recipient_person=notice.addressee_id,
        acknowledged_on=p.today,
    )  # fmt: skip


SENT = HandOn(NoticeSent, sent_event, to=asker_only)
DELIVERED = HandOn(NoticeDelivered, delivered_event, to=asker_only)

PLACE_NOTICE = Act(
    name="place_notice", zh="发出通知", en="Place a notice", clauses=TRACEABLE, on=Notice, by=(),
    paper=NoticeSlip, new=place, keeps_paper=False,
    hands_on=(HandOn(NoticeSent, sent_event, only_if=lambda p: p.subject.channel == DESK, to=asker_only),),
)  # fmt: skip

SHOW_NOTICE = Act(
    name="show_notice", zh="送达（首次显示）", en="Shown on the desk for the first time", clauses=TRACEABLE,
    on=Notice, by=(), paper=NoPaper, when=("due",), becomes="delivered", effect=shown, keeps_paper=False,
    hands_on=(DELIVERED,),
)  # fmt: skip

START_SENDING = Act(
    name="start_sending", zh="开始送出邮件", en="Begin to hand over the mail", clauses=TRACEABLE, on=Notice,
    by=(), paper=NoPaper, when=("due",), becomes="sending", keeps_paper=False,
)  # fmt: skip

MAIL_ACCEPTED = Act(
    name="mail_accepted", zh="邮件已被接收", en="The mail server took the mail", clauses=TRACEABLE, on=Notice,
    by=(), paper=MailReceipt, when=("sending", "unknown"), becomes="delivered", effect=accepted,
    keeps_paper=False, hands_on=(SENT, DELIVERED),
)  # fmt: skip

MAIL_PUT_OFF = Act(
    name="mail_put_off", zh="邮件暂未接收", en="The mail server asked to try again", clauses=TRACEABLE,
    on=Notice, by=(), paper=NoPaper, when=("sending",), becomes="due", keeps_paper=False,
)  # fmt: skip

MAIL_UNKNOWN = Act(
    name="mail_unknown", zh="邮件结果不明", en="Not known whether the mail arrived", clauses=TRACEABLE, on=Notice,
    by=(), paper=NoPaper, when=("sending",), becomes="unknown", keeps_paper=False,
)  # fmt: skip

MAIL_FAILED = Act(
    name="mail_failed", zh="邮件未能送达", en="The mail could not be delivered", clauses=TRACEABLE, on=Notice,
    by=(), paper=NoPaper, when=("due", "sending"), becomes="failed", keeps_paper=False,
)  # fmt: skip

ACKNOWLEDGE_NOTICE = Act(
    name="acknowledge_notice", zh="签收通知", en="Acknowledge a notice", clauses=TRACEABLE, on=Notice, by=(),
    paper=NoPaper, when=("due", "delivered"), becomes="delivered", effect=acknowledged, keeps_paper=False,
    hands_on=(HandOn(NoticeAcknowledged, acknowledged_event, to=asker_only),),
)  # fmt: skip
"""By its addressee, through `POST /notifications/notices/<id>/acknowledge`; a second time changes nothing."""

ALL = (
    PLACE_NOTICE, SHOW_NOTICE, START_SENDING, MAIL_ACCEPTED, MAIL_PUT_OFF, MAIL_UNKNOWN, MAIL_FAILED,
    ACKNOWLEDGE_NOTICE,
)  # fmt: skip
