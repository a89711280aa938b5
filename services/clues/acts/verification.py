"""Preliminary verification: opened from a clue, planned, approved in its capacity, started (LZ-14.1 to LZ-14.4)."""

from __future__ import annotations

from datetime import date
from typing import Any

from contracts.events.clues_cases import PreliminaryVerificationApproved
from contracts.refusals import RefusalCode
from services.chassis.access import (
    HANDLER,
    LIAISON_OFFICE,
    Relation,
    anyone,
    listed_ids,
    parties_of,
    post,
)
from services.chassis.act import Act, Document, HandOn, Step, Tells, approved_by
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.chassis.subject import RESTRICTED
from services.chassis.values import value_in_force
from services.chassis.work import Work
from services.clues.acts.disposition import PROPOSE_DISPOSITION
from services.clues.acts.group import are_staff, are_unrelated, ids_in, is_related
from services.clues.acts.ledger import HANDLING, LEDGER, STATUS_CHANGED, not_by_one_alone
from services.clues.acts.reported import AnyClue, head_may_decide
from services.clues.domain.disposition import Disposition
from services.clues.domain.verification import Capacity
from services.clues.papers.verification import (
    OpenedVerification,
    VerificationOpening,
    VerificationPlan,
    VerificationRequest,
    VerificationStart,
)
from services.clues.storage import Clue, Verification

AnyVerification = Performance[Verification, Any]
Planning = Performance[Verification, VerificationPlan]

IN_GROUP = Relation("group_ids", "person_id", listed=True)
LEAD = Relation("lead_id", "person_id")
VERIFYING = (anyone(LEAD), anyone(HANDLER), post("dispatched_office_leader"))
"""Who carries a verification on: the group's lead, and who handles the clue."""


def of_clue(p: Performance[Verification, OpenedVerification]) -> Verification:
    """The clue's office, handler and liaison office are taken over: who may know of it is who may know of the clue."""
    clue = p.session.get_one(Clue, p.paper.clue_id)
    return Verification(
        id=p.work.new_id(),
        no="",
        state="opened",
        version=0,
        secrecy=RESTRICTED,
        office_id=clue.office_id,
        liaison_office_id=clue.liaison_office_id,
        unit_id=clue.unit_id,
        registrar_id=clue.registrar_id,
        handler_id=clue.handler_id,
        addressee_id="",
        opened_on=p.paper.opened_on,
        changed_at=p.work.now,
        clue_id=clue.id,
        capacity="",
        plan_version=0,
        lead_id="",
        group_ids="",
        report_paper="",
        proposal_code="",
        outcome_code="",
        answers=0,
    )


def number_and_parties(p: Performance[Verification, OpenedVerification]) -> None:
    """The persons reported are the clue's, so that recusal is the same. The number is taken last."""
    for person_id in parties_of(p.session, p.session.get_one(Clue, p.paper.clue_id)):
        p.add_party(person_id)
    item = p.subject
    year = item.opened_on.year
    number = p.work.next_number(f"verification/{item.office_id}/{year}")
    item.no = f"CH-{item.office_id}-{year}-{number:05d}"


OPEN_VERIFICATION = Act(
    name="open_verification",
    zh="初步核实立项",
    en="Open a preliminary verification",
    clauses=("LZ-14.1",),
    on=Verification,
    by=(),
    paper=OpenedVerification,
    new=of_clue,
    becomes="opened",
    effect=number_and_parties,
)


def put_under_verification(work: Work, clue: Clue, on: date) -> None:
    """Open the verification of a clue whose state has just become `verification`."""
    work.session.flush()
    perform_as_service(work, OPEN_VERIFICATION, OpenedVerification(clue_id=clue.id, opened_on=on))


def verification_approved_as_disposition(p: AnyClue) -> None:
    if p.subject.disposition_code != Disposition.VERIFICATION:
        raise p.refuse(RefusalCode.APPROVAL_REQUIRED, clauses=("LZ-12.19", *p.act.clauses))


def not_begun_by_one_alone(p: AnyClue) -> None:
    not_by_one_alone(p, PROPOSE_DISPOSITION.name)


BEGIN_VERIFICATION = Act(
    name="begin_verification",
    zh="启动初步核实",
    en="Put the clue under preliminary verification",
    clauses=("LZ-14.1", *LEDGER),
    on=Clue,
    by=HANDLING,
    paper=VerificationOpening,
    when=("disposition_approved",),
    otherwise={
        "registered": RefusalCode.APPROVAL_REQUIRED,
        "explanation_received": RefusalCode.APPROVAL_REQUIRED,
        "submission_approved": RefusalCode.OUT_OF_SCOPE,
        "submitted": RefusalCode.OUT_OF_SCOPE,
    },
    becomes="verification",
    needs=(verification_approved_as_disposition, not_begun_by_one_alone),
    effect=lambda p: put_under_verification(p.work, p.subject, p.today),
    hands_on=(STATUS_CHANGED,),
)


def group_is_known(p: Planning) -> None:
    """The group is made up of staff of the authority's offices; nobody of a supervised unit is in it (ours)."""
    are_staff(p, _named(p), "LZ-14.2")


def nobody_related(p: Planning) -> None:
    """No member stands in the line or family of a person reported, or is one (LZ-14.2)."""
    are_unrelated(p, _named(p), "LZ-14.2")


def _named(p: Planning) -> list[tuple[str, str]]:
    """Each person of the group with the field that names them."""
    return [("lead_id", p.paper.lead_id), *(("member_ids", member) for member in p.paper.member_ids)]


def keep_plan(p: Planning) -> None:
    """A new version of the plan. Whatever was approved or is waiting was for the version before (ruling 10)."""
    item, paper = p.subject, p.paper
    item.plan_version += 1
    item.capacity = paper.capacity.value
    item.lead_id = paper.lead_id
    item.group_ids = listed_ids(sorted({paper.lead_id, *paper.member_ids}))
    item.approved_on = None
    for proposal, _ in p.standing.proposals:
        if proposal.status == "pending":
            proposal.status = "lapsed"
    p.facts |= {"plan_version": item.plan_version, "capacity": item.capacity}


SAVE_PLAN = Act(
    name="save_plan",
    zh="拟定(修改)初核方案",
    en="Draw up or change the plan",
    clauses=("LZ-14.1", "LZ-14.2", "LZ-14.4"),
    on=Verification,
    by=VERIFYING,
    paper=VerificationPlan,
    when=("opened", "planned", "approved", "in_progress"),
    becomes="planned",
    documents=(Document("pv_plan", "初步核实工作方案(扫描)", "LZ-14.1", required=False),),
    guards=(group_is_known, nobody_related),
    effect=keep_plan,
)


def group_is_large_enough(p: AnyVerification) -> None:
    """At least two, the lead among them: the general rule for questioning, a parameter here (LZ-14.2)."""
    least = value_in_force(p.session, "LZ-14.2", "group_at_least", p.today).amount
    if len(group_of(p.subject)) < least:
        raise p.refuse(RefusalCode.OUT_OF_RANGE, clauses=("LZ-14.2", *p.act.clauses))


def group_is_still_free(p: AnyVerification) -> None:
    if any(is_related(p, person_id) for person_id in group_of(p.subject)):
        raise p.refuse(RefusalCode.CONFLICT_OF_INTEREST, clauses=("LZ-14.2", *p.act.clauses))


def group_of(item: Verification) -> list[str]:
    return ids_in(item.group_ids)


def in_the_discipline_groups_name(p: AnyVerification) -> None:
    """What is done in the supervisory office's name is not the head's to approve (LZ-14.4)."""
    if p.subject.capacity != Capacity.DISCIPLINE:
        raise p.refuse(RefusalCode.WRONG_APPROVER, clauses=("LZ-14.4",))


def in_the_supervisory_offices_name(p: AnyVerification) -> None:
    if p.subject.capacity != Capacity.SUPERVISION:
        raise p.refuse(RefusalCode.WRONG_APPROVER, clauses=("LZ-14.3",))


def approve(p: AnyVerification) -> None:
    p.subject.approved_on = p.today
    p.facts |= {"plan_version": p.subject.plan_version, "capacity": p.subject.capacity}


def approved_event(p: AnyVerification) -> PreliminaryVerificationApproved:
    return PreliminaryVerificationApproved(
        verification_id=p.subject.id,
        clue_id=p.subject.clue_id,
        capacity=p.subject.capacity,
        approver_role=p.work.actor.role,
        approved_on=p.today,
    )


WITHOUT_PLAN = {"opened": RefusalCode.MISSING_DOCUMENT}
APPROVED = HandOn(PreliminaryVerificationApproved, approved_event)
TOLD_APPROVED = Tells("", "verification_approved", "LZ-14.1", person=lambda p: p.subject.lead_id)

REQUEST_HEADS_APPROVAL = Act(
    name="request_heads_approval",
    zh="呈批初步核实(纪检组名义)",
    en="Request approval in the discipline group's name",
    clauses=("LZ-14.1", "LZ-14.3"),
    on=Verification,
    by=VERIFYING,
    paper=VerificationRequest,
    when=("planned",),
    otherwise=WITHOUT_PLAN,
    becomes="approved",
    needs=(in_the_discipline_groups_name, group_is_large_enough, head_may_decide),
    guards=(group_is_still_free,),
    approvals=(approved_by("dispatched_office_head", "派驻机构主要负责人审批", "LZ-14.3", sole=True),),
    effect=approve,
    hands_on=(APPROVED,),
    tells=(TOLD_APPROVED,),
)

PASSED_ON = Step(post("liaison_discipline_office", at=LIAISON_OFFICE), "对口联系室转报", "LZ-14.4")
"""The text sends what the commission approves through the liaison office (LZ-14.10, LZ-20.7)."""

REQUEST_LEADERS_APPROVAL = Act(
    name="request_leaders_approval",
    zh="呈批初步核实(监察机构名义)",
    en="Request approval in the supervisory office's name",
    clauses=("LZ-14.1", "LZ-14.4"),
    on=Verification,
    by=VERIFYING,
    paper=VerificationRequest,
    when=("planned",),
    otherwise=WITHOUT_PLAN,
    becomes="approved",
    needs=(in_the_supervisory_offices_name, group_is_large_enough),
    guards=(group_is_still_free,),
    approvals=(PASSED_ON, approved_by("commission_leader", "监委分管领导审批", "LZ-14.4", at=None)),
    effect=approve,
    hands_on=(APPROVED,),
    tells=(TOLD_APPROVED,),
)


def not_started_by_one_alone(p: AnyVerification) -> None:
    """What the commission's leader approved went through two more hands already."""
    if p.subject.capacity == Capacity.DISCIPLINE:
        not_by_one_alone(p, REQUEST_HEADS_APPROVAL.name)


def note_start(p: AnyVerification) -> None:
    p.subject.started_on = p.today


START_VERIFICATION = Act(
    name="start_verification",
    zh="开始核实",
    en="Start verifying",
    clauses=("LZ-14.3", "LZ-14.4"),
    on=Verification,
    by=VERIFYING,
    paper=VerificationStart,
    when=("approved",),
    otherwise={"opened": RefusalCode.APPROVAL_REQUIRED, "planned": RefusalCode.APPROVAL_REQUIRED},
    becomes="in_progress",
    needs=(not_started_by_one_alone,),
    effect=note_start,
)
