"""Reporting to the head of the unit's Party organisation, when the office's head finds it necessary.

Never where it would warn the person it is about: the head of the unit, its leadership, or their families.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from contracts.events.clues import UnitHeadInformed
from contracts.refusals import RefusalCode
from services.chassis.act import Act, HandOn, approved_by
from services.chassis.clock import local_date
from services.chassis.performance import Performance
from services.chassis.tables import DirectoryAssignment, DirectoryPerson, Party
from services.clues.acts.ledger import HANDLING
from services.clues.acts.reported import AnyClue, head_may_decide, officials
from services.clues.acts.verification import VERIFYING
from services.clues.domain.disposition import Disposition
from services.clues.domain.letter_copy import PARTY_HEAD
from services.clues.papers.unit_head import UnitHeadReport
from services.clues.storage import Clue, Verification

AnyReport = Performance[Any, UnitHeadReport]
ASKED = (Disposition.TALK, Disposition.INQUIRY)


def party_heads(p: Performance[Any, Any]) -> list[str]:
    """Who heads the party organisation of the item's unit today."""
    rows = p.session.scalars(
        select(DirectoryAssignment)
        .where(
            DirectoryAssignment.role == PARTY_HEAD,
            DirectoryAssignment.unit_id == p.subject.unit_id,
            DirectoryAssignment.valid_from <= p.today,
        )
        .order_by(DirectoryAssignment.assignment_id)
    )
    return [row.person_id for row in rows if row.valid_to is None or row.valid_to >= p.today]


def concerned(p: Performance[Any, Any]) -> set[str]:
    """The persons reported and their relatives, declared on either side. Superiors are meant to be told."""
    query = select(Party.person_id).where(
        Party.subject_kind == p.subject.KIND, Party.subject_id == p.subject.id
    )
    reported = set(p.session.scalars(query))
    rows = p.session.execute(
        select(DirectoryPerson.person_id, DirectoryPerson.relatives).where(DirectoryPerson.relatives != "")
    )
    found = set(reported)
    for person_id, declared in rows:
        relatives = set(declared.split(","))
        if person_id in reported:
            found |= relatives
        elif relatives & reported:
            found.add(person_id)
    return found


def told_to_the_unconcerned(p: AnyReport) -> None:
    """Refused where the head or the leadership of the unit is concerned; the text has no such rule (ours)."""
    if not p.paper.necessary:
        return
    heads = party_heads(p)
    if not heads:
        raise p.refuse(RefusalCode.WRONG_ADDRESSEE, field="necessary")
    leading = [o for o in officials(p.session, p.standing.reported) if o.leadership_member or o.party_head]
    if leading or concerned(p) & set(heads):
        raise p.refuse(RefusalCode.ACCESS_DENIED, field="necessary")


def told_by_now(p: AnyReport) -> None:
    if p.paper.informed_on is not None and (not p.paper.necessary or p.paper.informed_on > p.today):
        raise p.refuse(RefusalCode.DATE_ORDER, field="informed_on")


def informed_on(p: AnyReport) -> date:
    """The day stated, else that on which it was put down."""
    return p.paper.informed_on or (local_date(p.filed.at) if p.filed else p.today)


def note_decision(p: AnyReport) -> None:
    p.facts |= {"necessary": p.paper.necessary}


def asks_a_person(p: AnyClue) -> None:
    """Clause 13 is about talks and inquiries; a verification has its own report (LZ-14.5)."""
    if p.subject.disposition_code not in ASKED:
        raise p.refuse(RefusalCode.OUT_OF_SCOPE)


REPORT_TO_UNIT_HEAD = Act(
    name="report_to_unit_head",
    zh="登记是否向党组主要负责人报告(谈话函询)",
    en="Record whether the unit's party head is told",
    clauses=("LZ-13.4",),
    on=Clue,
    by=HANDLING,
    paper=UnitHeadReport,
    when=("disposition_approved", "inquiry_issued", "talk_held"),
    otherwise={"registered": RefusalCode.APPROVAL_REQUIRED},
    needs=(asks_a_person, head_may_decide),
    guards=(told_to_the_unconcerned, told_by_now),
    approvals=(approved_by("dispatched_office_head", "派驻机构主要负责人判断", "LZ-13.4", sole=True),),
    effect=note_decision,
    hands_on=(
        HandOn(
            UnitHeadInformed,
            lambda p: UnitHeadInformed(
                clue_id=p.subject.id, informed_on=informed_on(p), occasion=p.subject.disposition_code
            ),
            only_if=lambda p: p.paper.necessary,
        ),
    ),
)

REPORT_VERIFICATION_TO_UNIT_HEAD = Act(
    name="report_verification_to_unit_head",
    zh="登记是否向党组主要负责人报告(初步核实)",
    en="Record whether the unit's party head is told",
    clauses=("LZ-14.5",),
    on=Verification,
    by=VERIFYING,
    paper=UnitHeadReport,
    when=("approved", "in_progress", "studied", "report_approved"),
    otherwise={"opened": RefusalCode.APPROVAL_REQUIRED, "planned": RefusalCode.APPROVAL_REQUIRED},
    needs=(head_may_decide,),
    guards=(told_to_the_unconcerned, told_by_now),
    approvals=(approved_by("dispatched_office_head", "派驻机构主要负责人判断", "LZ-14.5", sole=True),),
    effect=note_decision,
    hands_on=(
        HandOn(
            UnitHeadInformed,
            lambda p: UnitHeadInformed(
                clue_id=p.subject.clue_id,
                informed_on=informed_on(p),
                occasion=Disposition.VERIFICATION.value,
            ),
            only_if=lambda p: p.paper.necessary,
        ),
    ),
)
