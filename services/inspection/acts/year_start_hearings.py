"""At the start of a year the unit's head and the office's head hear together how duties were done (LZ-5.4, LZ-5.5).

Begun by the office for a unit once, then by the clock each year (`hearing_daily.py`).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from contracts.events.inspection_responsibility import YearStartHearingHeld
from contracts.refusals import RefusalCode
from services.chassis.access import OWN_UNIT, listed_ids, post
from services.chassis.act import Act, Document, HandOn
from services.chassis.duties import meet_duties, open_duty
from services.chassis.performance import Performance
from services.chassis.reference import look_up
from services.chassis.tables import DirectoryOffice
from services.chassis.values import value_in_force
from services.inspection.acts.officials import noon_of
from services.inspection.acts.posts import leadership_of, not_in_the_future
from services.inspection.acts.supervision_posts import (
    AT_UNIT,
    HEAD,
    IN_OFFICE,
    covered,
    item_of,
    supervisor_of,
)
from services.inspection.domain.responsibility_codes import HearingPart
from services.inspection.papers.responsibility import (
    HearingCompletion,
    HearingOfUnit,
    HearingsBeginning,
    HearingSignature,
    YearStartHearingRecord,
)
from services.inspection.storage_responsibility import YearStartHearing

AnyHearing = Performance[YearStartHearing, Any]
Recording = Performance[YearStartHearing, YearStartHearingRecord]
UNIT_HEAD = "local_party_head"
BOTH = ("LZ-5.4", "LZ-5.5")


def is_heard_itself(p: AnyHearing) -> None:
    """A second-level unit is heard with the unit above it."""
    unit = look_up(p.session, DirectoryOffice, p.paper.unit_id)
    if unit is not None and unit.kind == "subordinate_unit":
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="unit_id")


def hearings_not_begun(p: AnyHearing) -> None:
    query = select(YearStartHearing.id).where(YearStartHearing.unit_id == p.paper.unit_id)
    if p.session.scalars(query).first() is not None:
        raise p.refuse(RefusalCode.DUPLICATE, field="unit_id")


def of_year(p: AnyHearing) -> YearStartHearing:
    coverage, year = supervisor_of(p, p.paper.unit_id), getattr(p.paper, "year", p.today.year)
    common = item_of(p, coverage, state="awaited", no=f"TQ-{coverage.unit_id}-{year}")
    return YearStartHearing(**common, year=year, next_level_count=p.paper.next_level_count)


def start_clocks(p: AnyHearing) -> None:
    """Both parts are owed by both heads: each of them is warned 10 and 3 days before the quarter ends."""
    p.session.flush()
    for clause in BOTH:
        for role, office in ((HEAD, p.subject.office_id), (UNIT_HEAD, p.subject.unit_id)):
            p.opened.append(
                open_duty(
                    p.work,
                    p.subject,
                    clause=clause,
                    value="hear_within",
                    owed_by=role,
                    owed_office=office,
                    recipient=role,
                    counted_from=date(p.subject.year, 1, 1),
                    warn_before=(10, 3),
                )
            )


BEGIN_HEARINGS = Act(
    name="begin_year_start_hearings",
    zh="启动年初听取履责报告",
    en="Begin the yearly hearings of a unit",
    clauses=BOTH,
    on=YearStartHearing,
    by=(post("dispatched_office_leader", at=None),),
    paper=HearingsBeginning,
    new=of_year,
    becomes="awaited",
    guards=(covered, is_heard_itself, hearings_not_begun),
    effect=start_clocks,
)
CONTINUE_HEARINGS = Act(
    name="continue_year_start_hearings",
    zh="年初听取履责报告(续)",
    en="The next yearly hearing of a unit",
    clauses=BOTH,
    on=YearStartHearing,
    by=(),
    paper=HearingOfUnit,
    new=of_year,
    becomes="awaited",
    effect=start_clocks,
)


def is_of_the_year(p: Recording) -> None:
    """Held late it counts all the same (ruling 1), held before the year it is another hearing."""
    if p.paper.held_on < date(p.subject.year, 1, 1):
        raise p.refuse(RefusalCode.DATE_ORDER, field="held_on")


def members_are_of_the_leadership(p: Recording) -> None:
    heard = [line.person_id for line in p.paper.members]
    least = value_in_force(p.session, "LZ-5.4", "least_count", p.today).amount
    if len(heard) < least:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="members", clauses=("LZ-5.4",))
    if len(set(heard)) < len(heard):
        raise p.refuse(RefusalCode.DUPLICATE, field="members.person_id", clauses=("LZ-5.4",))
    if set(heard) - leadership_of(p, p.subject.unit_id):
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="members.person_id", clauses=("LZ-5.4",))


def keep_record(p: Recording) -> None:
    """A changed record is signed anew: a signature is given to one text (ruling 10)."""
    item, paper = p.subject, p.paper
    item.held_on = paper.held_on
    item.member_ids = listed_ids(line.person_id for line in paper.members)
    item.next_level_heard = len(paper.next_level)
    if paper.next_level_count is not None:
        item.next_level_count = paper.next_level_count
    item.none_code = paper.none_heard.value if paper.none_heard else ""
    item.unit_signer_id = item.office_signer_id = ""


RECORD_HEARING = Act(
    name="record_year_start_hearing",
    zh="登记年初听取情况",
    en="Record the hearing",
    clauses=BOTH,
    on=YearStartHearing,
    by=(*IN_OFFICE, *AT_UNIT),
    paper=YearStartHearingRecord,
    when=("awaited", "recorded"),
    becomes="recorded",
    documents=(Document("year_start_hearing_record", "听取记录(扫描)", "LZ-5.4", required=False),),
    guards=(not_in_the_future("held_on"), is_of_the_year, members_are_of_the_leadership),
    effect=keep_record,
)


def keep_signature(p: AnyHearing) -> None:
    actor = p.work.actor
    if actor.unit_id:
        p.subject.unit_signer_id = actor.person_id
    else:
        p.subject.office_signer_id = actor.person_id


def has_not_signed(p: AnyHearing) -> None:
    signed = p.subject.unit_signer_id if p.work.actor.unit_id else p.subject.office_signer_id
    if signed:
        raise p.refuse(RefusalCode.DUPLICATE)


SIGN_HEARING = Act(
    name="sign_year_start_hearing",
    zh="听取记录签字",
    en="Sign the record of the hearing",
    clauses=BOTH,
    on=YearStartHearing,
    by=(post(HEAD), post(UNIT_HEAD, at=OWN_UNIT)),
    paper=HearingSignature,
    when=("recorded",),
    needs=(has_not_signed,),
    effect=keep_signature,
)


def both_heads_signed(p: AnyHearing) -> None:
    if not (p.subject.unit_signer_id and p.subject.office_signer_id):
        raise p.refuse(RefusalCode.WRONG_ROLE, clauses=("LZ-5.4",))


def next_level_was_heard(p: AnyHearing) -> None:
    """Organisations that there are, or the reason that there are none."""
    item = p.subject
    if item.next_level_count and not item.next_level_heard:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="next_level", clauses=("LZ-5.5",))
    if not item.next_level_count and not item.next_level_heard and not item.none_code:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="none_heard", clauses=("LZ-5.5",))


def end_clocks(p: AnyHearing) -> None:
    """By the day of the hearing, not of its record."""
    if p.subject.held_on is None:
        raise LookupError("a recorded hearing has its day")
    at = noon_of(p.subject.held_on, p.work.now)
    for clause in BOTH:
        p.met += meet_duties(p.work, p.subject, clause, at=at)


def _held(part: HearingPart) -> HandOn:
    def event(p: AnyHearing) -> YearStartHearingHeld:
        if p.subject.held_on is None:
            raise LookupError("a recorded hearing has its day")
        return YearStartHearingHeld(
            unit_id=p.subject.unit_id, year=str(p.subject.year), part=part.value, held_on=p.subject.held_on
        )

    return HandOn(YearStartHearingHeld, event)


COMPLETE_HEARING = Act(
    name="complete_year_start_hearing",
    zh="完成年初听取",
    en="Complete the hearing",
    clauses=BOTH,
    on=YearStartHearing,
    by=(*IN_OFFICE, *AT_UNIT),
    paper=HearingCompletion,
    when=("recorded",),
    becomes="held",
    guards=(both_heads_signed, next_level_was_heard),
    effect=end_clocks,
    hands_on=tuple(_held(part) for part in HearingPart),
)
ACTS: tuple[Act[Any, Any], ...] = (
    BEGIN_HEARINGS,
    CONTINUE_HEARINGS,
    RECORD_HEARING,
    SIGN_HEARING,
    COMPLETE_HEARING,
)
