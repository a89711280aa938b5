"""A case that law enforcement opened on a leading cadre: the office tells its two offices, promptly (LZ-12.23).

The sentence has no subject; read as the notes do: the office reports, and the unit must tell the office.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from contracts.events.clues import EnforcementCaseReported
from contracts.refusals import RefusalCode
from services.chassis.access import post
from services.chassis.act import Act, Document, HandOn, Meets, Opens, Tells
from services.chassis.performance import Performance
from services.chassis.reference import look_up, look_up_one
from services.chassis.subject import RESTRICTED
from services.chassis.tables import DirectoryCoverage, DirectoryPerson
from services.clues.acts.ledger import HANDLING
from services.clues.papers.clue import Recipient
from services.clues.papers.unit_org import EnforcementCaseEntry, EnforcementCaseNotice, EnforcementCaseReport
from services.clues.storage_unit_org import EnforcementCase

AnyEntry = Performance[EnforcementCase, Any]
HEADS, LEADERS = "dispatched_office_head", "dispatched_office_leader"
BOTH = {Recipient.LIAISON, Recipient.CASE_SUPERVISION}
CLAUSE = ("LZ-12.23",)


def known_by_now(p: AnyEntry) -> None:
    if p.paper.known_on > p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="known_on")


def unit_is_ones_own(p: Performance[EnforcementCase, EnforcementCaseEntry]) -> None:
    coverage = look_up(p.session, DirectoryCoverage, p.paper.unit_id)
    if coverage is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="unit_id")
    if coverage.office_id != p.work.actor.office_id:
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="unit_id")


def unit_is_covered(p: Performance[EnforcementCase, EnforcementCaseNotice]) -> None:
    """Nobody tells of a case on themselves: the act would be refused to them alone, so it tells them nothing new."""
    if look_up(p.session, DirectoryCoverage, p.work.actor.unit_id) is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE)
    if p.work.actor.person_id in p.paper.subject_ids:
        raise p.refuse(RefusalCode.CONFLICT_OF_INTEREST, field="subject_ids")


def on_leading_cadres(p: AnyEntry) -> None:
    """The clause is about the leading cadres of the unit: any other case goes the way of a clue."""
    unit_id = getattr(p.paper, "unit_id", p.work.actor.unit_id)
    for person_id in p.paper.subject_ids:
        person = look_up(p.session, DirectoryPerson, person_id)
        if person is None:
            raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="subject_ids")
        if person.unit_id != unit_id or not (person.leadership_member or person.party_head):
            raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="subject_ids")


def learned(p: Performance[EnforcementCase, EnforcementCaseEntry]) -> EnforcementCase:
    actor = p.work.actor
    return _entry(
        p, p.paper.unit_id, p.paper.known_on, registrar_id=actor.person_id, handler_id=actor.person_id
    )


def told(p: Performance[EnforcementCase, EnforcementCaseNotice]) -> EnforcementCase:
    """The office knows of it from today, whenever the unit learned of it."""
    return _entry(p, p.work.actor.unit_id, p.today, registrar_id="", handler_id="")


def _entry(
    p: AnyEntry, unit_id: str, known_on: date, *, registrar_id: str, handler_id: str
) -> EnforcementCase:
    coverage = look_up_one(p.session, DirectoryCoverage, unit_id)
    return EnforcementCase(
        id=p.work.new_id(),
        no="",
        state="known",
        version=0,
        secrecy=RESTRICTED,
        office_id=coverage.office_id,
        liaison_office_id=coverage.liaison_office_id,
        unit_id=unit_id,
        registrar_id=registrar_id,
        handler_id=handler_id,
        addressee_id="",
        opened_on=known_on,
        changed_at=p.work.now,
        known_on=known_on,
        reported_on=None,
    )


def number_and_parties(p: AnyEntry) -> None:
    for person_id in p.paper.subject_ids:
        p.add_party(person_id)
    item = p.subject
    year = item.opened_on.year
    number = p.work.next_number(f"enforcement_case/{item.office_id}/{year}")
    item.no = f"ZF-{item.office_id}-{year}-{number:05d}"


REPORT_WITHIN = Opens(
    "LZ-12.23",
    "report_within",
    HEADS,
    lambda p: p.subject.known_on,
    owed_person=lambda p: p.subject.handler_id,
)
"""Promptly: two working days, ours; late is warned of and is no breach."""

REGISTER_ENFORCEMENT_CASE = Act(
    name="register_enforcement_case",
    zh="登记执法机关立案情况",
    en="Register a case opened by law enforcement",
    clauses=CLAUSE,
    on=EnforcementCase,
    by=(post("dispatched_office", at=None),),
    paper=EnforcementCaseEntry,
    new=learned,
    becomes="known",
    documents=(Document("enforcement_case_report", "立案材料(扫描)", "LZ-12.23", required=False),),
    guards=(known_by_now, unit_is_ones_own, on_leading_cadres),
    effect=number_and_parties,
    opens=(REPORT_WITHIN,),
)
TELL_OF_ENFORCEMENT_CASE = Act(
    name="tell_of_enforcement_case",
    zh="告知执法机关立案情况",
    en="Tell the office of a case opened by law enforcement",
    clauses=CLAUSE,
    on=EnforcementCase,
    by=(post("supervised_unit", "local_party_head", at=None),),
    paper=EnforcementCaseNotice,
    new=told,
    becomes="known",
    documents=(Document("enforcement_case_report", "立案材料(扫描)", "LZ-12.23", required=False),),
    guards=(known_by_now, unit_is_covered, on_leading_cadres),
    effect=number_and_parties,
    opens=(REPORT_WITHIN,),
    tells=(Tells(LEADERS, "enforcement_case_known", "LZ-12.23", office=lambda p: p.subject.office_id),),
)


def to_both_offices(p: Performance[EnforcementCase, EnforcementCaseReport]) -> None:
    if set(p.paper.recipient_roles) != BOTH:
        raise p.refuse(RefusalCode.WRONG_ROUTE, field="recipient_roles")


def note_report(p: AnyEntry) -> None:
    p.subject.reported_on = p.today


REPORT_ENFORCEMENT_CASE = Act(
    name="report_enforcement_case",
    zh="报送执法机关立案情况",
    en="Report the case to both offices",
    clauses=CLAUSE,
    on=EnforcementCase,
    by=HANDLING,
    paper=EnforcementCaseReport,
    when=("known",),
    otherwise={"reported": RefusalCode.DUPLICATE},
    becomes="reported",
    guards=(to_both_offices,),
    effect=note_report,
    meets=(Meets("LZ-12.23"),),
    hands_on=(
        HandOn(
            EnforcementCaseReported,
            lambda p: EnforcementCaseReported(
                report_id=p.subject.id,
                unit_id=p.subject.unit_id,
                known_on=p.subject.known_on,
                reported_on=p.today,
            ),
        ),
    ),
    tells=(
        Tells(
            Recipient.LIAISON,
            "enforcement_case_reported",
            "LZ-12.23",
            office=lambda p: p.subject.liaison_office_id,
        ),
        Tells(Recipient.CASE_SUPERVISION, "enforcement_case_reported", "LZ-12.23"),
    ),
)
