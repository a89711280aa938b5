"""What notifications shows: the inbox, clocks across services, hand-offs, and what could not be delivered."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, tuple_

from contracts.refusals import Refusal, RefusalCode, concealed
from services.chassis.access import ADDRESSEE, ROLE_GROUPS, By, Knows, anyone
from services.chassis.act import NoPaper
from services.chassis.clock import local_date
from services.chassis.http import Context, Route, json_response, signed_in
from services.chassis.locking import Hidden, lock_subject
from services.chassis.perform import perform_as_service
from services.chassis.work import Work
from services.notifications.acts.delivery import ACKNOWLEDGE_NOTICE, SHOW_NOTICE, TRACEABLE
from services.notifications.public_units import PUBLIC_UNITS
from services.notifications.storage import DESK, Handoff, MailJob, Notice, ServiceDuty, WaitingNotice
from services.notifications.templates import text_of

KNOWS_NOTICE = Knows(ordinary=(anyone(ADDRESSEE),))
KNOWS_REGISTER = Knows(ordinary=(By((), ()),))
"""The register of offices is no secret: whoever is signed in may read it."""


def inbox(context: Context, work: Work) -> Any:
    """My notices, newest first. What is listed for the first time is thereby delivered (the proof)."""
    limit = context.limit()
    query = select(Notice).where(*_mine(work))
    if cursor := context.query("cursor"):
        query = query.where(tuple_(Notice.placed_at, Notice.id) < _uncursor(cursor))
    rows = work.session.scalars(
        query.order_by(Notice.placed_at.desc(), Notice.id.desc()).limit(limit + 1).with_for_update()
    ).all()
    page = rows[:limit]
    for notice in page:
        if notice.state == "due":
            perform_as_service(work, SHOW_NOTICE, NoPaper(), notice)
    last = page[-1] if len(rows) > limit else None
    work.session.flush()
    return {"items": [notice_line(n) for n in page], "unread": _unread(work),
            "cursor": _cursor(last.placed_at, last.id) if last else None}  # fmt: skip


def unread(_: Context, work: Work) -> Any:
    """How many of my notices I have not acknowledged; asking shows none of them."""
    return {"unread": _unread(work)}


def acknowledge(context: Context, work: Work) -> Any:
    """Acknowledge a notice of mine. Repeating it answers the same and changes nothing."""
    notice = _own_notice(context, work)
    if notice.channel != DESK:
        raise Refusal(RefusalCode.WRONG_STATE, clauses=TRACEABLE)
    if notice.acknowledged_at is None:
        if notice.state == "due":
            perform_as_service(work, SHOW_NOTICE, NoPaper(), notice)
        perform_as_service(work, ACKNOWLEDGE_NOTICE, NoPaper(), notice)
        work.session.flush()
    return json_response(notice_line(notice) | {"clauses": list(TRACEABLE)}, version=notice.version)


def delete(context: Context, work: Work) -> Any:
    """Notices and their proof are kept; nobody deletes one (LL-3.9)."""
    notice = _own_notice(context, work)
    work.audit(
        "delete_notice", "refused", subject=notice, code=RefusalCode.IMMUTABLE.value, clauses=TRACEABLE
    )
    work.session.commit()
    raise Refusal(RefusalCode.IMMUTABLE, clauses=TRACEABLE)


def duties(context: Context, work: Work) -> Any:
    """Clocks of all services: my own, and as a leader those of my office that are not sealed; soonest first."""
    limit, status = context.limit(), context.query("status", "open")
    query = select(ServiceDuty).where(_may_see(work))
    if status != "all":
        query = query.where(ServiceDuty.status == status)
    if cursor := context.query("cursor"):
        query = query.where(tuple_(ServiceDuty.due_at, ServiceDuty.duty_id) > _uncursor(cursor))
    rows = work.session.scalars(
        query.order_by(ServiceDuty.due_at, ServiceDuty.duty_id).limit(limit + 1)
    ).all()
    page = rows[:limit]
    last = page[-1] if len(rows) > limit else None
    return {"items": [duty_line(work, duty) for duty in page],
            "cursor": _cursor(last.due_at, last.duty_id) if last else None}  # fmt: skip


def handoffs(context: Context, work: Work) -> Any:
    """The hand-offs of one item, for who was told of it or owes on it; for the audit administrator, counts by type."""
    subject = context.query("subject").rpartition("/")[2]
    if work.actor.role == "audit_administrator" and not subject:
        counts = work.session.execute(
            select(Handoff.type, func.count())
            .where(~_sealed_handoff())
            .group_by(Handoff.type)
            .order_by(Handoff.type)
        )
        return {"counts": {row[0]: row[1] for row in counts}}
    if not subject:
        raise Refusal(RefusalCode.MISSING_FIELD, field="subject")
    if not _is_party_to(work, subject):
        return {"items": []}
    rows = work.session.scalars(
        select(Handoff)
        .where(Handoff.subject_ref == subject)
        .order_by(Handoff.at, Handoff.event_id)
        .limit(500)
    )
    return {"items": [{"event": row.event_id, "type": row.type, "subject": row.subject, "office_id": row.office_id,
                       "handed_over_under": row.clauses.split(",") if row.clauses else [], "at": row.at.isoformat()}
                      for row in rows]}  # fmt: skip


def undelivered(context: Context, work: Work) -> Any:
    """Mails that failed, whose end is unknown or that wait for the server, and posts that nobody holds.

    For the system administrator; without item, clause or person, and nothing of sealed ones.
    """
    if work.actor.role != "system_administrator":
        raise Refusal(RefusalCode.WRONG_ROLE)
    rows = work.session.execute(
        select(Notice, MailJob.attempts)
        .outerjoin(MailJob, MailJob.notice == Notice.id)
        .where(Notice.channel != DESK, ~Notice.sealed,
               or_(Notice.state.in_(("failed", "unknown")), MailJob.attempts > 0))
        .order_by(Notice.placed_at.desc(), Notice.id)
        .limit(context.limit())
    )  # fmt: skip
    vacant = work.session.scalar(select(func.count()).select_from(WaitingNotice))
    return {"items": [{"id": row.Notice.id, "channel": row.Notice.channel, "state": row.Notice.state,
                       "attempts": row.attempts or 0, "since": row.Notice.changed_at.isoformat()} for row in rows],
            "waiting_for_a_holder": vacant}  # fmt: skip


def notice_line(notice: Notice) -> dict[str, Any]:
    """A notice as its addressee sees it; a sealed one names neither clause nor item."""
    sealed = bool(notice.sealed)
    words = text_of(notice.template, clause=notice.clause, reference=notice.subject_ref, due_on=notice.due_on,
                    sealed=sealed)  # fmt: skip
    return {
        "id": notice.id, "template": "" if sealed else notice.template, "clause": "" if sealed else notice.clause,
        "service": "" if sealed else notice.producer, "subject_ref": "" if sealed else notice.subject_ref,
        "title_zh": words.title_zh, "title_en": words.title_en, "body_zh": words.body_zh,
        "body_en": words.body_en, "due_on": notice.due_on.isoformat() if notice.due_on and not sealed else None,
        "at": notice.placed_at.isoformat(), "state": notice.state, "shown_at": notice.read,
        "acknowledged_at": notice.answered, "version": notice.version,
    }  # fmt: skip


def duty_line(work: Work, duty: ServiceDuty) -> dict[str, Any]:
    overdue = work.now > duty.due_at if duty.status == "open" else bool(duty.late)
    return {"duty_id": duty.duty_id, "service": duty.producer, "clause": duty.clause,
            "subject_ref": duty.subject_ref, "office_id": duty.office_id, "owed_role": duty.owed_role,
            "owed_person": duty.owed_person, "recipient": duty.recipient, "opened_on": duty.opened_on.isoformat(),
            "due_on": local_date(duty.due_at).isoformat(), "due_at": duty.due_at.isoformat(),
            "provisional": bool(duty.provisional), "status": duty.status, "overdue": overdue,
            "sealed": bool(duty.sealed)}  # fmt: skip


def _own_notice(context: Context, work: Work) -> Notice:
    try:
        notice: Notice = lock_subject(work.session, Notice, context.path["id"], work.actor, KNOWS_NOTICE)
    except Hidden as hidden:
        work.audit(
            "acknowledge_notice", "refused", subject=hidden.subject, code=hidden.code.value, clauses=TRACEABLE
        )
        work.session.commit()
        raise concealed() from None
    return notice


def _mine(work: Work) -> tuple[ColumnElement[bool], ...]:
    return (Notice.addressee_id == work.actor.person_id, Notice.channel == DESK)


def _unread(work: Work) -> int:
    query = select(func.count()).select_from(Notice).where(*_mine(work), Notice.acknowledged_at.is_(None))
    return work.session.scalar(query) or 0


def _may_see(work: Work) -> ColumnElement[bool]:
    """What is sealed is seen by its two persons only; whoever is recused sees nothing."""
    actor = work.actor
    mine = or_(
        ServiceDuty.owed_person == actor.person_id,
        and_(ServiceDuty.sealed, ServiceDuty.addressee_person == actor.person_id),
    )
    rules = [mine]
    if actor.office_id:
        at_office = and_(~ServiceDuty.sealed, ServiceDuty.office_id == actor.office_id)
        if actor.role.endswith(("_head", "_deputy")):
            rules.append(at_office)
        groups = [actor.role, *(group for group, roles in ROLE_GROUPS.items() if actor.role in roles)]
        rules.append(and_(at_office, ServiceDuty.owed_person == "", ServiceDuty.owed_role.in_(groups)))
    recused = ServiceDuty.recused.contains(f",{actor.person_id},", autoescape=True)
    return and_(or_(*rules), ~recused)


def _is_party_to(work: Work, subject: str) -> bool:
    """Whether the actor was told of the item or owes on it."""
    person = work.actor.person_id
    told = select(Notice.id).where(Notice.subject_ref == subject, Notice.addressee_id == person)
    owes = select(ServiceDuty.duty_id).where(ServiceDuty.subject_ref == subject, _may_see(work))
    return any(work.session.scalars(query.limit(1)).first() is not None for query in (told, owes))


def _sealed_handoff() -> ColumnElement[bool]:
    """Counts leave out what is sealed: its existence is a secret too (ruling 9)."""
    clocks = exists().where(
        ServiceDuty.subject_ref == Handoff.subject_ref, ServiceDuty.sealed, ServiceDuty.status != "voided"
    )
    told = exists().where(Notice.subject_ref == Handoff.subject_ref, Notice.sealed)
    return or_(clocks, told)


def _cursor(at: datetime, row_id: str) -> str:
    return base64.urlsafe_b64encode(f"{at.isoformat()}|{row_id}".encode()).decode()


def _uncursor(cursor: str) -> tuple[datetime, str]:
    try:
        at, _, row_id = base64.urlsafe_b64decode(cursor.encode()).decode().partition("|")
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None or "\x00" in row_id:
            raise ValueError
        return moment.astimezone(UTC), row_id
    except (ValueError, OverflowError):
        raise Refusal(RefusalCode.INVALID_FIELD, field="cursor") from None


VIEWS = (
    Route("GET", "/inbox", signed_in(inbox), ("我的通知", "my notices")),
    Route("GET", "/inbox/unread", signed_in(unread), ("未签收数", "how many are not acknowledged")),
    Route("POST", "/notices/<id>/acknowledge", signed_in(acknowledge), ("签收通知", "acknowledge a notice"),
          clauses=TRACEABLE),
    Route("DELETE", "/notices/<id>", signed_in(delete), ("通知不可删除", "a notice cannot be deleted"),
          clauses=TRACEABLE),
    Route("GET", "/duties", signed_in(duties), ("时限总览", "clocks of all services")),
    Route("GET", "/handoffs", signed_in(handoffs), ("交接记录", "hand-offs of an item")),
    Route("GET", "/undelivered", signed_in(undelivered), ("未送达邮件", "mails not delivered")),
    PUBLIC_UNITS,
)  # fmt: skip
