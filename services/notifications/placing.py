"""Placing notices: one row a recipient and channel, exactly once, and the work of mailing beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select

from contracts.events.every_service import NOTICE_DUE, NoticeDue
from services.chassis.clock import real_now
from services.chassis.directory import directory_complete
from services.chassis.perform import perform_as_service
from services.chassis.runtime import Runtime
from services.chassis.work import Work, begin
from services.notifications import recipients
from services.notifications.acts.delivery import PLACE_NOTICE
from services.notifications.papers.delivery import NoticeSlip
from services.notifications.storage import DESK, MAIL, MailAddress, MailJob, Notice, WaitingNotice

LOOK_AGAIN = timedelta(minutes=10)


class DirectoryIncomplete(Exception):
    """The directory has not arrived: who holds which post is not known yet; try again."""


def place_for(
    work: Work, persons: Sequence[str], *, notice_id: str, template: str, clause: str, subject_ref: str,
    producer: str, sealed: bool = False, role: str = "", due_on: date | None = None,
) -> int:  # fmt: skip
    """Place a notice for each person on each of their channels; those that are there already stay as they are."""
    placed = 0
    for person in persons:
        for channel in _channels(work, person):
            known = select(Notice.id).where(
                Notice.notice_id == notice_id, Notice.addressee_id == person, Notice.channel == channel
            )
            if work.session.scalars(known).first() is not None:
                continue
            slip = NoticeSlip(
                notice_id=notice_id, template=template, clause=clause, producer=producer, subject_ref=subject_ref,
                person=person, role=role, channel=channel, sealed=sealed, due_on=due_on,
            )  # fmt: skip
            notice = perform_as_service(work, PLACE_NOTICE, slip).subject
            if channel == MAIL:
                work.session.add(MailJob(notice=notice.id, attempts=0, next_try_at=work.real, claim="",
                                         claimed_until=None, content_begun=False))  # fmt: skip
            placed += 1
    return placed


def place_due(work: Work, event: NoticeDue, producer: str) -> bool:
    """Place a notice that a service asked for; False if nobody holds the post. Raises DirectoryIncomplete."""
    if not directory_complete(work.session):
        raise DirectoryIncomplete
    found = recipients.of_notice(work.session, event, work.today)
    place_for(
        work, found.persons, notice_id=event.notice_id, template=event.template, clause=event.clause,
        subject_ref=event.subject_ref, producer=producer, sealed=event.sealed, role=event.to_role,
    )  # fmt: skip
    if not found.persons:
        work.audit("place_notice", "system", subject_kind="notice_due", subject_id=event.notice_id,
                   code="recused" if found.anybody else "vacant", clauses=(event.clause,))  # fmt: skip
    return found.anybody


def place_or_wait(work: Work, event: NoticeDue, producer: str) -> None:
    if not place_due(work, event, producer):
        work.session.merge(
            WaitingNotice(notice_id=event.notice_id, producer=producer, body=event.model_dump_json(),
                          next_try_at=work.real + LOOK_AGAIN)
        )  # fmt: skip


def place_waiting(runtime: Runtime) -> None:
    """Look again for the holders of posts that were vacant."""
    due = select(WaitingNotice.notice_id).where(WaitingNotice.next_try_at <= real_now()).limit(100)
    with runtime.db.read() as session:
        ids = session.scalars(due).all()
    for notice_id in ids:
        with begin(runtime) as work:
            row = work.session.scalars(
                select(WaitingNotice)
                .where(WaitingNotice.notice_id == notice_id, WaitingNotice.next_try_at <= work.real)
                .with_for_update(skip_locked=True)
            ).one_or_none()
            if row is None:
                continue
            event = NOTICE_DUE[row.producer].model_validate_json(row.body)
            if recipients.of_notice(work.session, event, work.today).anybody:
                place_due(work, event, row.producer)
                work.session.delete(row)
            else:
                row.next_try_at = work.real + LOOK_AGAIN


def _channels(work: Work, person: str) -> tuple[str, ...]:
    """The desk always; mail where it is set up and an address is known."""
    if not work.runtime.settings.smtp_url:
        return (DESK,)
    address = select(MailAddress.account_id).where(MailAddress.person_id == person)
    return (DESK, MAIL) if work.session.scalars(address).first() is not None else (DESK,)
