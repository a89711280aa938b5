"""The end of a review: deliberated without the investigators, signed by its lead, reported (LZ-17.4, 17.8, 17.9)."""

from __future__ import annotations

from datetime import date

from contracts.events.clues_cases import InternalReviewCompleted
from contracts.refusals import RefusalCode
from services.chassis.access import anyone
from services.chassis.act import Act, Document, HandOn, Meets, Tells
from services.chassis.performance import Performance
from services.chassis.values import value_in_force
from services.clues.acts.filing import AnyCase
from services.clues.acts.group import are_staff, are_unrelated
from services.clues.acts.ledger import HANDLING
from services.clues.acts.review import REVIEW_LEAD, REVIEWING, not_an_investigator, refuse_investigators
from services.clues.domain.review import ReviewRecipient
from services.clues.papers.review import (
    DeliberationMinutes,
    ReportSignature,
    ReviewCompletion,
    ReviewReporting,
)
from services.clues.storage_case import Case

Deliberating = Performance[Case, DeliberationMinutes]
Reporting = Performance[Case, ReviewReporting]


def deliberated_on(p: Deliberating) -> date:
    return p.paper.held_on or p.today


def after_the_acceptance(p: Deliberating) -> None:
    if not (p.subject.accepted_on or p.today) <= deliberated_on(p) <= p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="held_on")


def is_collective(p: Deliberating) -> None:
    least = value_in_force(p.session, "LZ-17.8", "participants_at_least", p.today).amount
    if len(set(p.paper.voter_ids)) < least:
        raise p.refuse(RefusalCode.OUT_OF_RANGE, field="voter_ids")


def voters_are_free(p: Deliberating) -> None:
    """Investigators report the case and do not vote (our reading); nobody votes who stands close to a subject."""
    named = [("voter_ids", person) for person in p.paper.voter_ids]
    refuse_investigators(p, p.paper.voter_ids, "voter_ids", "LZ-17.8")
    are_staff(p, named, "LZ-17.8")
    are_unrelated(p, named, "LZ-17.8")


def each_opinion_is_kept(p: Deliberating) -> None:
    if len(p.paper.opinions) != len(set(p.paper.voter_ids)) or not all(p.paper.opinions):
        raise p.refuse(RefusalCode.MISSING_FIELD, field="opinions")


def note_deliberation(p: Deliberating) -> None:
    p.subject.deliberated_on = deliberated_on(p)
    p.subject.conclusion_code = p.paper.conclusion_code.value
    p.facts |= {"voters": len(set(p.paper.voter_ids)), "conclusion": p.subject.conclusion_code}


RECORD_DELIBERATION = Act(
    name="record_deliberation",
    zh="登记集体审议",
    en="Record the collective deliberation",
    clauses=("LZ-17.8", "LZ-22.5"),
    on=Case,
    by=REVIEWING,
    paper=DeliberationMinutes,
    when=("examined",),
    becomes="deliberated",
    documents=(Document("deliberation_minutes", "集体审议记录(签名扫描)", "LZ-17.8"),),
    needs=(not_an_investigator,),
    guards=(is_collective, voters_are_free, each_opinion_is_kept, after_the_acceptance),
    effect=note_deliberation,
)


def not_signed_yet(p: AnyCase) -> None:
    if p.subject.signed_on is not None:
        raise p.refuse(RefusalCode.DUPLICATE)


def sign(p: AnyCase) -> None:
    p.subject.signed_on = p.today


SIGN_REVIEW_REPORT = Act(
    name="sign_review_report",
    zh="主审人签署审理报告",
    en="Sign the review report",
    clauses=("LZ-17.4",),
    on=Case,
    by=(anyone(REVIEW_LEAD),),
    paper=ReportSignature,
    when=("deliberated",),
    documents=(Document("review_report", "审理报告(签名扫描)", "LZ-17.4"),),
    needs=(not_an_investigator, not_signed_yet),
    effect=sign,
)
"""The lead reviewer answers for the case's quality: nobody signs in their place."""


def is_signed(p: AnyCase) -> None:
    if p.subject.signed_on is None:
        raise p.refuse(RefusalCode.APPROVAL_REQUIRED, clauses=("LZ-17.4",))


def note_completion(p: AnyCase) -> None:
    p.subject.completed_on = p.today


COMPLETE_REVIEW = Act(
    name="complete_review",
    zh="内部审理办结",
    en="Complete the internal review",
    clauses=("LZ-17.4", "LZ-17.6", "LZ-17.7", "LZ-17.8", "LZ-17.10", "LZ-17.11", "LZ-22.5"),
    on=Case,
    by=REVIEWING,
    paper=ReviewCompletion,
    when=("deliberated",),
    otherwise=dict.fromkeys(("accepted", "examined"), RefusalCode.MISSING_DOCUMENT),
    becomes="completed",
    needs=(not_an_investigator, is_signed),
    effect=note_completion,
    meets=(Meets("LZ-17.11"),),
    hands_on=(
        HandOn(
            InternalReviewCompleted,
            lambda p: InternalReviewCompleted(
                case_id=p.subject.id,
                round=p.subject.review_round,
                completed_on=p.today,
                result_code=p.subject.conclusion_code,
            ),
        ),
    ),
    tells=(
        Tells("dispatched_office_head", "review_completed", "LZ-17.9", office=lambda p: p.subject.office_id),
    ),
)


def not_reported_yet(p: AnyCase) -> None:
    if p.subject.review_reported_on is not None:
        raise p.refuse(RefusalCode.DUPLICATE)


def goes_to_the_case_review_office(p: Reporting) -> None:
    if p.paper.recipient_role is not ReviewRecipient.CASE_REVIEW:
        raise p.refuse(RefusalCode.WRONG_ROUTE, field="recipient_role")


def lay_before(p: Reporting) -> None:
    """From here on the office that it goes to may know of the case."""
    p.subject.review_reported_on = p.today
    p.subject.review_role = p.paper.recipient_role.value
    p.facts |= {"recipient": p.subject.review_role, "purpose": p.paper.purpose_code.value}


REPORT_REVIEW = Act(
    name="report_review",
    zh="审理结果报批报备",
    en="Report the review for approval or record",
    clauses=("LZ-17.9",),
    on=Case,
    by=HANDLING,
    paper=ReviewReporting,
    when=("completed",),
    documents=(Document("review_report", "审理报告(盖章扫描)", "LZ-17.9"),),
    needs=(not_reported_yet,),
    guards=(goes_to_the_case_review_office,),
    effect=lay_before,
    tells=(Tells("case_review_office", "review_reported", "LZ-17.9"),),
)
