"""The office guides and checks a unit's discipline organisation, which answers the findings (LZ-21.7)."""

from __future__ import annotations

from typing import Any

from contracts.events.clues_accountability import UnitOrgInspected
from contracts.refusals import RefusalCode
from services.chassis.access import OWN_UNIT, post
from services.chassis.act import Act, Document, HandOn, Tells
from services.chassis.performance import Performance
from services.chassis.reference import look_up, look_up_one
from services.chassis.subject import RESTRICTED
from services.chassis.tables import DirectoryCoverage, DirectoryOffice
from services.clues.domain.unit_org import Lever
from services.clues.papers.unit_org import GuidanceRecord, UnitOrgAnswer
from services.clues.storage_unit_org import UnitOrgCheck

Recording = Performance[UnitOrgCheck, GuidanceRecord]
UNIT_ORG = "unit_discipline_org"
AT_THE_UNIT = (post(UNIT_ORG, at=OWN_UNIT),)
CLAUSE = ("LZ-21.7",)


def held_by_now(p: Recording) -> None:
    if p.paper.held_on > p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="held_on")


def unit_is_covered_by_the_office(p: Recording) -> None:
    """Raises OUT_OF_SCOPE for a unit that no office supervises as well, or another one."""
    if look_up(p.session, DirectoryOffice, p.paper.unit_id) is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="unit_id")
    coverage = look_up(p.session, DirectoryCoverage, p.paper.unit_id)
    if coverage is None or coverage.office_id != p.work.actor.office_id:
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="unit_id")


def guidance_finds_nothing(p: Recording) -> None:
    if p.paper.lever is Lever.GUIDANCE and p.paper.finding_count:
        raise p.refuse(RefusalCode.OUT_OF_RANGE, field="finding_count")


def held(p: Recording) -> UnitOrgCheck:
    actor, paper = p.work.actor, p.paper
    coverage = look_up_one(p.session, DirectoryCoverage, paper.unit_id)
    return UnitOrgCheck(
        id=p.work.new_id(),
        no="",
        state="answer_due" if paper.finding_count else "done",
        version=0,
        secrecy=RESTRICTED,
        office_id=actor.office_id,
        liaison_office_id=coverage.liaison_office_id,
        unit_id=paper.unit_id,
        registrar_id=actor.person_id,
        handler_id=actor.person_id,
        addressee_id="",
        opened_on=paper.held_on,
        changed_at=p.work.now,
        lever=paper.lever.value,
        held_on=paper.held_on,
        finding_count=paper.finding_count,
        answered_on=None,
    )


def number(p: Recording) -> None:
    item = p.subject
    year = item.opened_on.year
    item.no = (
        f"ZD-{item.office_id}-{year}-{p.work.next_number(f'unit_org_check/{item.office_id}/{year}'):05d}"
    )


def is_a_check(p: Performance[UnitOrgCheck, Any]) -> bool:
    return p.subject.lever == Lever.CHECK


RECORD_UNIT_ORG_CHECK = Act(
    name="record_unit_org_check",
    zh="登记对机关纪检组织的指导检查",
    en="Record guidance or a check",
    clauses=CLAUSE,
    on=UnitOrgCheck,
    by=(post("dispatched_office", at=None),),
    paper=GuidanceRecord,
    new=held,
    documents=(Document("guidance_record", "指导记录(扫描)", "LZ-21.7", required=False),),
    guards=(held_by_now, unit_is_covered_by_the_office, guidance_finds_nothing),
    effect=number,
    hands_on=(
        HandOn(
            UnitOrgInspected,
            lambda p: UnitOrgInspected(
                inspection_id=p.subject.id, unit_id=p.subject.unit_id, finding_count=p.subject.finding_count
            ),
            only_if=is_a_check,
        ),
    ),
    tells=(
        Tells(
            UNIT_ORG,
            "unit_org_check_to_answer",
            "LZ-21.7",
            office=lambda p: p.subject.unit_id,
            only_if=lambda p: bool(p.subject.finding_count),
        ),
    ),
)


def note_answer(p: Performance[UnitOrgCheck, UnitOrgAnswer]) -> None:
    p.subject.answered_on = p.today


ANSWER_UNIT_ORG_CHECK = Act(
    name="answer_unit_org_check",
    zh="答复指导检查发现的问题",
    en="Answer the findings",
    clauses=CLAUSE,
    on=UnitOrgCheck,
    by=AT_THE_UNIT,
    paper=UnitOrgAnswer,
    when=("answer_due",),
    otherwise={"done": RefusalCode.PRECONDITION_NOT_MET},
    becomes="done",
    documents=(Document("guidance_record", "整改材料(扫描)", "LZ-21.7", required=False),),
    effect=note_answer,
    tells=(Tells("", "unit_org_check_answered", "LZ-21.7", person=lambda p: p.subject.handler_id),),
)
