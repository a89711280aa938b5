"""The decision, its announcement to everybody, its execution, the end (LZ-18.3 to LZ-18.5, HS-3.13 to HS-3.15)."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from contracts.events.clues_accountability import (
    AccountabilityAnnounced,
    AccountabilityDecided,
    AccountabilityExecuted,
)
from contracts.refusals import RefusalCode
from services.chassis.access import listed_ids, post
from services.chassis.act import Act, Document, HandOn, Opens, Tells
from services.chassis.duties import meet_duties
from services.chassis.performance import Performance
from services.clues.acts.accountability import HANDLING, HEADS, LEADER, AnyAccountability, organisations
from services.clues.acts.accountability_inquiry import UNAPPROVED, subjects
from services.clues.domain.accountability import (
    Addressee,
    Responsibility,
    addressees_of,
    without_responsibility,
)
from services.clues.domain.office_accountability import DUAL
from services.clues.papers.accountability import (
    AccountabilityClosing,
    AccountabilityDecision,
    AnnouncementEntry,
    DualClosing,
    DualDecision,
    ExecutionEntry,
)
from services.clues.storage_accountability import Accountability, Announcement, OfficeAccountability

Deciding = Performance[Accountability, Any]
"""On either paper of a decision: that of a double accountability says more."""
DecidingBoth = Performance[Accountability, DualDecision]
Announcing = Performance[Accountability, AnnouncementEntry]
Executing = Performance[Accountability, ExecutionEntry]
ClosingBoth = Performance[Accountability, DualClosing]
COMMISSION = (post(LEADER, at=None),)


def held(paper: AccountabilityDecision) -> dict[Responsibility, tuple[str, ...]]:
    """Who is held to which kind of responsibility; one subject may be held to several (LZ-18.3)."""
    return {
        Responsibility.MAIN: paper.main_ids,
        Responsibility.SUPERVISORY: paper.supervisory_ids,
        Responsibility.LEADERSHIP: paper.leadership_ids,
    }


def decided_on(p: Deciding) -> date:
    return p.paper.decided_on or p.today


def decided_after_the_start(p: Deciding) -> None:
    if not (p.subject.started_on or p.today) <= decided_on(p) <= p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="decided_on")


def every_subject_has_its_kind(p: Deciding) -> None:
    if without_responsibility(subjects(p), held(p.paper)):
        raise p.refuse(RefusalCode.MISSING_FIELD, field="main_ids", clauses=("LZ-18.3",))


def nobody_else_is_held(p: Deciding) -> None:
    known = set(subjects(p))
    for field in ("main_ids", "supervisory_ids", "leadership_ids", "direct_ids", "leader_ids"):
        if not set(getattr(p.paper, field, ())) <= known:
            raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field=field, clauses=("LZ-18.3",))


def decide(p: Deciding) -> None:
    """For each subject and kind an event of its own: archive files each in its subject's integrity file (LZ-18.6)."""
    item = p.subject
    item.decided_on, item.decided_by = decided_on(p), p.paper.decided_by.value
    item.examined_units = listed_ids(getattr(p.paper, "examined_units", ()))
    for subject, role in addressees_of(p.standing.reported, organisations(item)):
        p.session.add(Announcement(accountability_id=item.id, subject_ref=subject, addressee=role.value))
    p.session.flush()
    note_open_addressees(p)
    for kind, several in held(p.paper).items():
        for subject in dict.fromkeys(several):
            p.emit(
                AccountabilityDecided(
                    accountability_id=item.id,
                    subject_ref=subject,
                    responsibility_kind=kind.value,
                    decided_on=decided_on(p),
                ),
                ("LZ-18.3", "LZ-18.6", *p.act.clauses),
            )


def still_open(p: AnyAccountability) -> list[Announcement]:
    query = select(Announcement).where(
        Announcement.accountability_id == p.subject.id, Announcement.announced_on.is_(None)
    )
    return list(p.session.scalars(query.order_by(Announcement.subject_ref, Announcement.addressee)))


def note_open_addressees(p: AnyAccountability) -> None:
    p.subject.open_addressees = ", ".join(sorted({one.addressee for one in still_open(p)}))


def announce_to(role: Addressee) -> Opens:
    """One clock for each addressee; ours, for the text says promptly (LZ-18.4)."""
    return Opens(
        "LZ-18.4",
        "act_within",
        "dispatched_office",
        lambda p: p.subject.decided_on or p.today,
        owed_person=lambda p: p.subject.handler_id,
        to=role.value,
        only_if=lambda p: role.value in p.subject.open_addressees.split(", "),
    )


DECISION = Document("accountability_decision", "问责决定(扫描)", "LZ-18.3")
ANNOUNCE = tuple(announce_to(role) for role in Addressee)
UNDECIDED = UNAPPROVED | {"approved": RefusalCode.PRECONDITION_NOT_MET, "proposed": RefusalCode.NOT_AGREED}


def is_single(p: AnyAccountability) -> None:
    """A double accountability is decided and closed by the commission (HS-3.13 to HS-3.15)."""
    if p.subject.dual:
        raise p.refuse(RefusalCode.WRONG_ROLE, clauses=("HS-3.13", *p.act.clauses))


def is_dual(p: AnyAccountability) -> None:
    if not p.subject.dual:
        raise p.refuse(RefusalCode.WRONG_ROUTE)


DECIDE_ACCOUNTABILITY = Act(
    name="decide_accountability",
    zh="登记问责决定",
    en="Record the decision",
    clauses=("LZ-18.3",),
    on=Accountability,
    by=HANDLING,
    paper=AccountabilityDecision,
    when=("inquiry", "unit_inquiry"),
    otherwise=UNDECIDED,
    becomes="decided",
    documents=(DECISION,),
    needs=(is_single,),
    guards=(decided_after_the_start, nobody_else_is_held, every_subject_has_its_kind),
    effect=decide,
    opens=ANNOUNCE,
)


def both_persons_are_held(p: DecidingBoth) -> None:
    """Who did it and who led: one of them alone only with a reason (HS-3.13)."""
    for field in ("direct_ids", "leader_ids"):
        if not getattr(p.paper, field) and not p.paper.one_sided_reason:
            raise p.refuse(RefusalCode.MISSING_FIELD, field=field, clauses=("HS-3.13",))


def units_are_of_the_item(p: DecidingBoth) -> None:
    if not set(p.paper.examined_units) <= set(units_of(p.subject)):
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="examined_units", clauses=("HS-3.15",))


def units_of(item: Accountability) -> list[str]:
    return [one for one in item.units.split(",") if one]


DECIDE_DUAL = Act(
    name="decide_dual_accountability",
    zh="作出双问责决定",
    en="Decide a double accountability",
    clauses=("HS-3.13", "HS-3.14", "HS-3.15", "LZ-18.3"),
    on=Accountability,
    by=COMMISSION,
    paper=DualDecision,
    when=("inquiry",),
    otherwise=UNAPPROVED,
    becomes="decided",
    documents=(DECISION,),
    needs=(is_dual,),
    guards=(
        decided_after_the_start,
        nobody_else_is_held,
        every_subject_has_its_kind,
        both_persons_are_held,
        units_are_of_the_item,
    ),
    effect=decide,
    opens=ANNOUNCE,
    tells=(Tells(HEADS, "accountability_decided", "LZ-18.4", office=lambda p: p.subject.office_id),),
)


def announced_on(p: Announcing) -> date:
    return p.paper.announced_on or p.today


def announced_after_the_decision(p: Announcing) -> None:
    """Before there is a decision the day is wrong, not merely the state (LZ-18.4)."""
    decided = p.subject.decided_on
    if decided is None or not decided <= announced_on(p) <= p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="announced_on")


def announcement(p: Announcing) -> Announcement | None:
    key = (p.subject.id, p.paper.subject_ref, p.paper.addressee_role.value)
    return p.session.get(Announcement, key)


def is_asked_for_and_open(p: Announcing) -> None:
    row = announcement(p)
    if row is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="subject_ref")
    if row.announced_on is not None:
        raise p.refuse(RefusalCode.DUPLICATE, field="addressee_role")


def note_announcement(p: Announcing) -> None:
    """The clock of an addressee is met when all of its announcements were made; the state, when all of all were."""
    row = announcement(p)
    if row is not None:
        row.announced_on = announced_on(p)
        p.session.flush()
    note_open_addressees(p)
    role = p.paper.addressee_role.value
    if role not in p.subject.open_addressees.split(", "):
        p.met += meet_duties(p.work, p.subject, "LZ-18.4", role)
    if not p.subject.open_addressees:
        p.subject.state = "announced"


ANNOUNCE_DECISION = Act(
    name="announce_decision",
    zh="登记问责决定宣布",
    en="Record an announcement",
    clauses=("LZ-18.4",),
    on=Accountability,
    by=HANDLING,
    paper=AnnouncementEntry,
    when=("decided",),
    otherwise={"inquiry": RefusalCode.DATE_ORDER, "unit_inquiry": RefusalCode.DATE_ORDER},
    guards=(announced_after_the_decision, is_asked_for_and_open),
    effect=note_announcement,
    hands_on=(
        HandOn(
            AccountabilityAnnounced,
            lambda p: AccountabilityAnnounced(
                accountability_id=p.subject.id,
                addressee_role=p.paper.addressee_role.value,
                announced_on=announced_on(p),
            ),
        ),
    ),
)


def executed_on(p: Executing) -> date:
    return p.paper.executed_on or p.today


def executed_after_the_decision(p: Executing) -> None:
    if not (p.subject.decided_on or p.today) <= executed_on(p) <= p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="executed_on")


def note_execution(p: Executing) -> None:
    p.subject.executed_on = executed_on(p)


VERIFY_EXECUTION = Act(
    name="verify_execution",
    zh="核实问责决定执行",
    en="Verify the execution",
    clauses=("LZ-18.5",),
    on=Accountability,
    by=HANDLING,
    paper=ExecutionEntry,
    when=("announced",),
    otherwise={"decided": RefusalCode.PRECONDITION_NOT_MET},
    becomes="executed",
    documents=(Document("accountability_announcement", "问责宣布及执行记录(扫描)", "LZ-18.5"),),
    guards=(executed_after_the_decision,),
    effect=note_execution,
)

UNEXECUTED = {"decided": RefusalCode.NOT_VERIFIED, "announced": RefusalCode.NOT_VERIFIED}
EXECUTED = HandOn(
    AccountabilityExecuted,
    lambda p: AccountabilityExecuted(accountability_id=p.subject.id, verified_on=p.today),
)

CLOSE_ACCOUNTABILITY = Act(
    name="close_accountability",
    zh="问责办结",
    en="Close the accountability",
    clauses=("LZ-18.5",),
    on=Accountability,
    by=HANDLING,
    paper=AccountabilityClosing,
    when=("executed",),
    otherwise=UNEXECUTED,
    becomes="closed",
    needs=(is_single,),
    hands_on=(EXECUTED,),
)


def supervisory_side_is_concluded(p: ClosingBoth) -> None:
    """The other half is in the commission's own file: concluded there, or set aside there with a reason (HS-3.14)."""
    side = p.session.scalars(
        select(OfficeAccountability).where(
            OfficeAccountability.ground_code == DUAL, OfficeAccountability.source_ref == p.subject.id
        )
    ).one_or_none()
    if side is None or side.state in ("signalled", "opened"):
        raise p.refuse(RefusalCode.MISSING_FIELD, field="reason", clauses=("HS-3.14",))


def every_unit_is_examined(p: ClosingBoth) -> None:
    """The leading and the cooperating units; with one unit there is nothing to compare (HS-3.15)."""
    units = units_of(p.subject)
    examined = {one for one in p.subject.examined_units.split(",") if one}
    if len(units) > 1 and not set(units) <= examined and not p.paper.reason:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="reason", clauses=("HS-3.15",))


CLOSE_DUAL = Act(
    name="close_dual_accountability",
    zh="双问责办结",
    en="Close a double accountability",
    clauses=("HS-3.14", "HS-3.15", "LZ-18.5"),
    on=Accountability,
    by=COMMISSION,
    paper=DualClosing,
    when=("executed",),
    otherwise=UNEXECUTED,
    becomes="closed",
    needs=(is_dual,),
    guards=(supervisory_side_is_concluded, every_unit_is_examined),
    hands_on=(EXECUTED,),
)
