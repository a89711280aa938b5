"""Accountability arises, from findings, opinions and failed rectifications, and is approved (LZ-18.1)."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from sqlalchemy import select

from contracts.events.clues_accountability import AccountabilityProposed
from contracts.refusals import RefusalCode
from services.chassis.access import HANDLER, LIAISON_OFFICE, anyone, listed_ids, post, visible
from services.chassis.act import Act, HandOn, Step, Tells, approved_by
from services.chassis.performance import Performance
from services.chassis.reference import look_up, look_up_one
from services.chassis.subject import RESTRICTED
from services.chassis.tables import DirectoryCoverage, DirectoryPerson
from services.clues.acts.ledger import ENDED
from services.clues.acts.reported import head_may_decide, officials
from services.clues.domain.accountability import DUAL_GROUNDS, Cause, Ground
from services.clues.domain.management import Route, route_of
from services.clues.papers.accountability import (
    AccountabilityApproval,
    AccountabilityFinding,
    AccountabilityOpinion,
    FailedRectification,
    SettingAside,
    SubjectsEntry,
)
from services.clues.storage import Clue, Verification
from services.clues.storage_accountability import Accountability
from services.clues.storage_case import Case
from services.clues.storage_suggestion import Suggestion

AnyAccountability = Performance[Accountability, Any]
Finding = Performance[Accountability, AccountabilityFinding]
Opinion = Performance[Accountability, AccountabilityOpinion]
OWN, OPINION, FAILED = "own_finding", "liaison_opinion", "rectification_failed"
"""What an accountability arose from."""
HEADS = "dispatched_office_head"
LEADER = "commission_leader"
LIAISON = "liaison_discipline_office"
CASES: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (Clue, ENDED),
    (Verification, ("concluded",)),
    (Case, ("decided", "recorded", "executed", "archived")),
)
"""What an accountability may cite as a case, each with the states in which whom it is about has been dealt with."""
HANDLING = (anyone(HANDLER), post("dispatched_office_leader"))


def found(p: Finding) -> Accountability:
    paper = p.paper
    handler = p.work.actor.person_id if p.work.actor.role != LEADER else ""
    return _of_unit(
        p,
        paper.unit_id,
        source=OWN,
        source_ref=uuid4().hex,
        ground_code=paper.ground_code.value,
        matter_ref=paper.matter_ref,
        organisation_ids=listed_ids(paper.organisation_ids),
        registrar_id=p.work.actor.person_id,
        handler_id=handler,
        opened_on=paper.found_on,
    )


def proposed_by_the_liaison_office(p: Opinion) -> Accountability:
    problem = _problem(p)
    return _of_unit(
        p,
        problem.unit_id,
        source=OPINION,
        source_ref=uuid4().hex,
        ground_code=Ground.FAILED_DUTIES.value,
        matter_ref=problem.id,
        organisation_ids=listed_ids(p.paper.organisation_ids),
        registrar_id=p.work.actor.person_id,
        opened_on=p.today,
    )


def after_failed_rectification(p: Performance[Accountability, FailedRectification]) -> Accountability:
    paper = p.paper
    return _of_unit(
        p,
        paper.units[0],
        source=FAILED,
        source_ref=paper.item_id,
        ground_code=paper.ground_code.value,
        matter_ref=paper.item_id,
        units=listed_ids(paper.units),
        opened_on=paper.assessed_on,
    )


def _of_unit(p: AnyAccountability, unit_id: str, **columns: Any) -> Accountability:
    coverage = look_up_one(p.session, DirectoryCoverage, unit_id)
    return Accountability(
        **{
            "id": p.work.new_id(),
            "no": "",
            "state": "found",
            "version": 0,
            "secrecy": RESTRICTED,
            "office_id": coverage.office_id,
            "liaison_office_id": coverage.liaison_office_id,
            "unit_id": unit_id,
            "registrar_id": "",
            "handler_id": "",
            "addressee_id": "",
            "changed_at": p.work.now,
            "dual": columns["ground_code"] in DUAL_GROUNDS,
            "matter_ref": "",
            "organisation_ids": "",
            "units": listed_ids([unit_id]),
            "unit_answer": "",
            "lenience": "",
            "lenience_ground": "",
            "decided_by": "",
            "examined_units": "",
            "open_addressees": "",
        }
        | columns
    )


def number_and_parties(p: AnyAccountability) -> None:
    """Recusal works from the persons. The number is taken last."""
    for person_id in getattr(p.paper, "person_ids", ()):
        p.add_party(person_id)
    item = p.subject
    year = item.opened_on.year
    number = p.work.next_number(f"accountability/{item.office_id}/{year}")
    item.no = f"WZ-{item.office_id}-{year}-{number:05d}"


def of_own_coverage(p: Finding) -> None:
    """The commission finds in every unit, an office in those that it supervises."""
    coverage = look_up(p.session, DirectoryCoverage, p.paper.unit_id)
    if coverage is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="unit_id")
    if p.work.actor.role != LEADER and coverage.office_id != p.work.actor.office_id:
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="unit_id")


def found_by_now(p: Finding) -> None:
    if p.paper.found_on > p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="found_on")


def subjects_known(p: Performance[Any, Any]) -> None:
    """Somebody is named; persons stand in the directory, and nobody names themselves."""
    paper = p.paper
    if not paper.person_ids and not paper.organisation_ids:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="person_ids")
    for person_id in paper.person_ids:
        if person_id == p.work.actor.person_id:
            raise p.refuse(RefusalCode.CONFLICT_OF_INTEREST, field="person_ids")
        if look_up(p.session, DirectoryPerson, person_id) is None:
            raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="person_ids")


def driven_by_a_subjective_cause(p: Finding) -> None:
    """Nobody answers for what circumstances brought about (HS-5.6)."""
    paper = p.paper
    if paper.ground_code is not Ground.NOT_DRIVEN:
        return
    for field in ("cause_code", "cause_proof"):
        if not getattr(paper, field):
            raise p.refuse(RefusalCode.MISSING_FIELD, field=field, clauses=("HS-5.6",))
    if paper.cause_code is Cause.OBJECTIVE:
        raise p.refuse(RefusalCode.OUT_OF_RANGE, field="cause_code", clauses=("HS-5.6",))


REGISTER_ACCOUNTABILITY = Act(
    name="register_accountability",
    zh="登记问责情形",
    en="Register a ground of accountability",
    clauses=("LZ-18.1", "HS-5.6", "HS-3.12"),
    on=Accountability,
    by=(post("dispatched_office", LEADER, at=None),),
    paper=AccountabilityFinding,
    new=found,
    becomes="found",
    guards=(found_by_now, of_own_coverage, subjects_known, driven_by_a_subjective_cause),
    effect=number_and_parties,
)


def _problem(p: Opinion) -> Any:
    """The problem, clue, verification or case that the opinion rests on, if its author may know of it; else None."""
    for model in (Suggestion, Clue, Verification, Case):
        knows = p.work.runtime.kinds[model.KIND].knows
        query = select(model).where(model.id == p.paper.problem_ref, visible(model, p.work.actor, knows))
        item = p.session.scalars(query).first()
        if item is not None:
            return item
    return None


def problem_is_known(p: Opinion) -> None:
    problem = _problem(p)
    if problem is None or look_up(p.session, DirectoryCoverage, problem.unit_id) is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="problem_ref", clauses=("GL-1.20",))


def proposed_event(p: AnyAccountability) -> AccountabilityProposed:
    return AccountabilityProposed(
        accountability_id=p.subject.id, unit_id=p.subject.unit_id, proposed_on=p.today
    )


TOLD_HEAD = Tells(HEADS, "accountability_to_approve", "LZ-18.1", office=lambda p: p.subject.office_id)

GIVE_OPINION = Act(
    name="give_accountability_opinion",
    zh="提出问责意见",
    en="Propose that somebody be held accountable",
    clauses=("GL-1.20", "GL-3.15", "LZ-18.1"),
    on=Accountability,
    by=(post(LIAISON, at=None),),
    paper=AccountabilityOpinion,
    new=proposed_by_the_liaison_office,
    becomes="found",
    guards=(problem_is_known, subjects_known),
    effect=number_and_parties,
    hands_on=(HandOn(AccountabilityProposed, proposed_event),),
    tells=(TOLD_HEAD,),
)
OPEN_AFTER_FAILED_RECTIFICATION = Act(
    name="open_after_failed_rectification",
    zh="受理整改评估问责情形",
    en="Take up a failed rectification",
    clauses=("HS-3.12",),
    on=Accountability,
    by=(),
    paper=FailedRectification,
    new=after_failed_rectification,
    becomes="found",
    effect=number_and_parties,
    tells=(TOLD_HEAD,),
)


def keep_subjects(p: Performance[Accountability, SubjectsEntry]) -> None:
    """What waits for approval was about fewer: it lapses (ruling 10)."""
    for person_id in p.paper.person_ids:
        p.add_party(person_id)
    before = [one for one in p.subject.organisation_ids.split(",") if one]
    p.subject.organisation_ids = listed_ids(dict.fromkeys([*before, *p.paper.organisation_ids]))
    for proposal, _ in p.standing.proposals:
        if proposal.status == "pending":
            proposal.status = "lapsed"


NAME_SUBJECTS = Act(
    name="name_subjects",
    zh="登记问责对象",
    en="Name whom it is about",
    clauses=("HS-3.12", "LZ-18.1"),
    on=Accountability,
    by=(*HANDLING, post(LEADER, at=None)),
    paper=SubjectsEntry,
    when=("found",),
    guards=(subjects_known,),
    effect=keep_subjects,
    anytime=True,
)
"""A failed rectification names units; who answers for it is named before it is approved, and never removed.

What was approved stands for those whom it was about: for others there is an accountability of their own."""


def organisations(item: Accountability) -> list[str]:
    return [one for one in item.organisation_ids.split(",") if one]


def is_the_units_matter(p: AnyAccountability) -> bool:
    """All cadres are managed by the unit; its own Party committee, whose code is the unit's, is not (LZ-18.1)."""
    of_unit = not any(look_up(p.session, DirectoryCoverage, one) for one in organisations(p.subject))
    return of_unit and route_of(officials(p.session, p.standing.reported)) is Route.DISPOSE


def managed_by_the_unit(p: AnyAccountability) -> None:
    if not is_the_units_matter(p):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE)


def managed_by_the_district(p: AnyAccountability) -> None:
    if is_the_units_matter(p):
        raise p.refuse(RefusalCode.WRONG_ROUTE)


def somebody_is_named(p: AnyAccountability) -> None:
    if not p.standing.reported and not p.subject.organisation_ids:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="person_ids")


def note_approval(p: AnyAccountability) -> None:
    p.subject.approved_on = p.today


TOLD_APPROVED = Tells(
    "dispatched_office_leader", "accountability_approved", "LZ-18.1", office=lambda p: p.subject.office_id
)

REQUEST_ACCOUNTABILITY = Act(
    name="request_accountability",
    zh="呈批启动问责",
    en="Request the head's approval",
    clauses=("LZ-18.1", "HS-3.12"),
    on=Accountability,
    by=HANDLING,
    paper=AccountabilityApproval,
    when=("found",),
    becomes="approved",
    needs=(somebody_is_named, managed_by_the_unit, head_may_decide),
    approvals=(approved_by(HEADS, "派驻机构主要负责人审批", "LZ-18.1", sole=True),),
    effect=note_approval,
    tells=(TOLD_APPROVED,),
)
REQUEST_COMMISSION = Act(
    name="request_commissions_approval",
    zh="报请区纪委区监委批准启动问责",
    en="Request the commission's approval",
    clauses=("LZ-18.1", "HS-3.12"),
    on=Accountability,
    by=HANDLING,
    paper=AccountabilityApproval,
    when=("found",),
    becomes="approved",
    needs=(somebody_is_named, managed_by_the_district),
    approvals=(
        Step(post(LIAISON, at=LIAISON_OFFICE), "对口联系室转报", "LZ-18.1"),
        approved_by(LEADER, "区纪委区监委审批", "LZ-18.1", at=None),
    ),
    effect=note_approval,
    tells=(TOLD_APPROVED,),
)
"""Whom the district committee manages is out of the head's scope; the text leaves the way open (ours)."""

SET_ASIDE = Act(
    name="set_aside_accountability",
    zh="不予启动问责",
    en="Set the accountability aside",
    clauses=("HS-3.12", "LZ-18.1"),
    on=Accountability,
    by=HANDLING,
    paper=SettingAside,
    when=("found",),
    becomes="set_aside",
    needs=(head_may_decide,),
    approvals=(approved_by(HEADS, "派驻机构主要负责人审批", "LZ-18.1", sole=True),),
)
