"""Notices by mail: claimed, handed over outside any transaction, and their end recorded with its proof.

A claim carries a token and a lease. That the content is about to go out is committed before it does, so a mail
whose sender died then ends as `unknown` and is never sent again; one that died earlier is simply tried again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from uuid import uuid4

import structlog
from sqlalchemy import or_, select

from services.chassis.act import Act, NoPaper
from services.chassis.clock import real_now
from services.chassis.perform import perform_as_service
from services.chassis.runtime import Runtime
from services.chassis.work import Work, begin
from services.notifications.acts.delivery import (
    MAIL_ACCEPTED,
    MAIL_FAILED,
    MAIL_PUT_OFF,
    MAIL_UNKNOWN,
    START_SENDING,
)
from services.notifications.papers.delivery import MailReceipt
from services.notifications.smtp import End, HandedOver, Server, hand_over
from services.notifications.storage import MailAddress, MailJob, Notice
from services.notifications.templates import text_of

log = structlog.get_logger("dengwen.mail")

LADDER = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 240, 720))
"""Waits before each new attempt; after the last one the mail has failed for good, and is shown."""
LEASE = timedelta(minutes=5)
BATCH = 20


@dataclass(frozen=True)
class Claimed:
    """A mail that this process may send: `job` is the notice's id."""

    job: str
    token: str
    address: str
    message: bytes


def send_due(runtime: Runtime) -> int:
    """Send what is due; returns how many attempts were made. Several processes may do so at once."""
    if not runtime.settings.smtp_url:
        return 0
    settle_abandoned(runtime)
    claimed = _claim(runtime)
    server = Server.from_url(runtime.settings.smtp_url)
    for number, mail in enumerate(claimed):
        end = hand_over(server, runtime.settings.mail_from, mail.address, mail.message,
                        lambda mail=mail: _content_begins(runtime, mail))  # type: ignore[misc]  # fmt: skip
        _finish(runtime, mail, end)
        if end.end is End.UNREACHED:  # it would be the same for the others
            for other in claimed[number + 1 :]:
                _finish(runtime, other, end)
            return number + 1
    return len(claimed)


def settle_abandoned(runtime: Runtime) -> None:
    """Mails whose sender died with the content on its way: their end is unknown, and stays so."""
    abandoned = select(MailJob.notice).where(MailJob.content_begun, MailJob.claimed_until < real_now())
    with runtime.db.read() as session:
        ids = session.scalars(abandoned).all()
    for job_id in ids:
        with begin(runtime) as work:
            row = work.session.scalars(
                select(MailJob)
                .where(MailJob.notice == job_id, MailJob.content_begun, MailJob.claimed_until < work.real)
                .with_for_update(skip_locked=True)
            ).one_or_none()
            if row is not None:
                _end(work, row, MAIL_UNKNOWN, NoPaper())


def _claim(runtime: Runtime) -> list[Claimed]:
    now = real_now()
    free = (
        MailJob.next_try_at <= now, ~MailJob.content_begun,
        or_(MailJob.claimed_until.is_(None), MailJob.claimed_until < now),
    )  # fmt: skip
    with runtime.db.read() as session:
        if session.scalars(select(MailJob.notice).where(*free).limit(1)).first() is None:
            return []
    claimed = []
    with begin(runtime) as work:
        rows = work.session.scalars(
            select(MailJob)
            .where(*free)
            .order_by(MailJob.next_try_at)
            .limit(BATCH)
            .with_for_update(skip_locked=True)
        ).all()
        for row in rows:
            notice = work.session.get_one(Notice, row.notice)
            address = _address(work, notice.addressee_id)
            if not address:  # taken away since
                _end(work, row, MAIL_FAILED, NoPaper())
                continue
            row.claim, row.claimed_until = uuid4().hex, work.real + LEASE
            claimed.append(Claimed(row.notice, row.claim, address, message_of(work, notice, address)))
    return claimed


def _content_begins(runtime: Runtime, mail: Claimed) -> bool:
    """Commit that the content goes out now; False if the claim is no longer ours."""
    with begin(runtime) as work:
        row = _mine(work, mail)
        if row is None or row.claimed_until is None or row.claimed_until < work.real:
            return False
        row.content_begun, row.claimed_until = True, work.real + LEASE
        perform_as_service(work, START_SENDING, NoPaper(), _locked(work, mail.job))
    return True


def _finish(runtime: Runtime, mail: Claimed, handed: HandedOver) -> None:
    with begin(runtime) as work:
        row = _mine(work, mail)
        if row is None:
            if handed.end is End.TAKEN:  # given up as unknown while the server thought; now it is known
                receipt = MailReceipt(response_digest=handed.response_digest, queue_code=handed.queue_code)
                perform_as_service(work, MAIL_ACCEPTED, receipt, _locked(work, mail.job))
            return
        if handed.end is End.TAKEN:
            receipt = MailReceipt(response_digest=handed.response_digest, queue_code=handed.queue_code)
            _end(work, row, MAIL_ACCEPTED, receipt)
        elif handed.end is End.UNKNOWN:
            _end(work, row, MAIL_UNKNOWN, NoPaper())
        elif handed.end is End.REFUSED:
            _end(work, row, MAIL_FAILED, NoPaper())
        elif handed.end is not End.WITHHELD:
            _put_off(work, row)
    log.info("mail_attempt", reason=handed.end.value)


def _put_off(work: Work, row: MailJob) -> None:
    row.attempts += 1
    if row.attempts > len(LADDER):
        _end(work, row, MAIL_FAILED, NoPaper())
        return
    if row.content_begun:
        perform_as_service(work, MAIL_PUT_OFF, NoPaper(), _locked(work, row.notice))
    row.content_begun, row.claim, row.claimed_until = False, "", None
    row.next_try_at = work.real + LADDER[row.attempts - 1]


def _end(
    work: Work,
    row: MailJob,
    act: Act[Notice, NoPaper] | Act[Notice, MailReceipt],
    paper: NoPaper | MailReceipt,
) -> None:
    perform_as_service(work, act, paper, _locked(work, row.notice))
    work.session.delete(row)


def _mine(work: Work, mail: Claimed) -> MailJob | None:
    query = select(MailJob).where(MailJob.notice == mail.job, MailJob.claim == mail.token)
    return work.session.scalars(query.with_for_update()).one_or_none()


def _locked(work: Work, notice_id: str) -> Notice:
    return work.session.scalars(select(Notice).where(Notice.id == notice_id).with_for_update()).one()


def _address(work: Work, person: str) -> str:
    query = (
        select(MailAddress.address).where(MailAddress.person_id == person).order_by(MailAddress.account_id)
    )
    return work.session.scalars(query.limit(1)).first() or ""


def message_of(work: Work, notice: Notice, address: str) -> bytes:
    """The mail as bytes: the words of the notice and nothing else; its id is the notice's, on every attempt."""
    words = text_of(notice.template, clause=notice.clause, reference=notice.subject_ref, due_on=notice.due_on,
                    sealed=bool(notice.sealed))  # fmt: skip
    sender = work.runtime.settings.mail_from
    message = EmailMessage()
    message["From"], message["To"] = sender, address
    message["Subject"] = f"登闻：{words.title_zh}"
    message["Date"] = format_datetime(work.real)
    message["Message-ID"] = f"<{notice.id}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(f"{words.body_zh}\n\n{words.body_en}\n", cte="base64")
    return message.as_bytes(policy=SMTP)
