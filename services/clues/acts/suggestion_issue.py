"""A formal suggestion: drafted, approved at the level of its problem, issued with its copy (LZ-18.8 to LZ-18.10)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from contracts.events.clues_accountability import SuggestionEscalated, SuggestionIssued
from contracts.refusals import RefusalCode
from services.chassis.access import LIAISON_OFFICE, post
from services.chassis.act import Act, Document, HandOn, Opens, Tells, approved_by
from services.chassis.performance import Performance
from services.chassis.values import value_in_force
from services.clues.acts.ledger import not_by_one_alone
from services.clues.acts.suggestion import (
    HEADS,
    STAFF,
    AnySuggestion,
    graded_for,
    is_graded,
    supervised_by,
    tell_the_unit,
)
from services.clues.domain.suggestion import OUTPUT_OF, Grade, Issuer, Output
from services.clues.papers.suggestion import (
    SuggestionDraft,
    SuggestionIssue,
    SuggestionPassing,
    SuggestionReturn,
)
from services.clues.storage_suggestion import Suggestion

Drafting = Performance[Suggestion, SuggestionDraft]
Issuing = Performance[Suggestion, SuggestionIssue]
LIAISON = "liaison_discipline_office"
AT_THE_LIAISON_OFFICE = (post(LIAISON, at=LIAISON_OFFICE),)
SCANS = (
    Document("discipline_suggestion", "纪律检查建议书(扫描)", "LZ-18.8", required=False),
    Document("supervision_suggestion", "监察建议书(扫描)", "LZ-18.8", required=False),
)
MINUTES = Document("collective_study_minutes", "集体研究记录", "LZ-22.5", required=False)


def graded_for_a_suggestion(p: AnySuggestion) -> None:
    """A general or specific problem gets a notice; it has to be graded anew before more goes out (LZ-18.7)."""
    if OUTPUT_OF[Grade(p.subject.grade)] is Output.NOTICE:
        raise p.refuse(RefusalCode.OUT_OF_RANGE, field="grade", clauses=("LZ-18.7", *p.act.clauses))


def graded_for_the_offices_name(p: AnySuggestion) -> None:
    """On a major problem the head alone approves nothing (LZ-18.10)."""
    graded_for(Output.OFFICES_SUGGESTION, RefusalCode.WRONG_APPROVER, p)


def graded_for_the_commissions_name(p: AnySuggestion) -> None:
    graded_for(Output.COMMISSIONS_SUGGESTION, RefusalCode.OUT_OF_RANGE, p)


def recipient_is_covered(p: Drafting) -> None:
    item = p.subject
    supervised_by(p, item.office_id, p.paper.recipient_id or item.unit_id, "recipient_id")


def is_studied_or_minor(p: Drafting) -> None:
    """What the office decides on its own is studied first; a minor question by a parameter and for a reason not."""
    if p.attached.get(MINUTES.kind):
        return
    exempt = value_in_force(p.session, "LZ-22.5", "minor_exempt", p.today).amount
    if not exempt or not p.paper.minor_reason:
        raise p.refuse(
            RefusalCode.MISSING_DOCUMENT, field=f"attachments.{MINUTES.kind}", clauses=("LZ-22.5",)
        )


def keep_and_mark(p: Drafting) -> None:
    keep_draft(p)
    p.subject.unstudied = not p.attached.get(MINUTES.kind)
    p.facts |= {"unstudied": p.subject.unstudied}


def keep_draft(p: Drafting) -> None:
    p.subject.suggestion_kind = p.paper.suggestion_kind.value
    p.subject.recipient_id = p.paper.recipient_id or p.subject.unit_id


DRAFT_SUGGESTION = Act(
    name="draft_suggestion",
    zh="呈批纪律检查(监察)建议",
    en="Put a suggestion in the office's name up for approval",
    clauses=("LZ-18.8", "LZ-18.11", "LZ-22.5"),
    on=Suggestion,
    by=STAFF,
    paper=SuggestionDraft,
    when=("registered",),
    otherwise={"notified": RefusalCode.OUT_OF_RANGE},
    becomes="approved",
    documents=(*SCANS, MINUTES),
    needs=(is_graded, graded_for_a_suggestion, graded_for_the_offices_name),
    guards=(recipient_is_covered, is_studied_or_minor),
    approvals=(approved_by(HEADS, "派驻机构主要负责人审批", "LZ-18.8", sole=True),),
    effect=keep_and_mark,
    tells=(Tells("", "suggestion_approved", "LZ-18.8", person=lambda p: p.subject.handler_id),),
)


def heads_step_is_asked(p: AnySuggestion) -> None:
    """The sentence names the commission alone; the head's step before it is a parameter (LZ-18.10)."""
    if not _heads_step(p):
        raise p.refuse(RefusalCode.WRONG_ROUTE)


def heads_step_is_left_out(p: AnySuggestion) -> None:
    if _heads_step(p):
        raise p.refuse(RefusalCode.APPROVAL_REQUIRED)


def _heads_step(p: AnySuggestion) -> bool:
    return bool(value_in_force(p.session, "LZ-18.10", "heads_step", p.today).amount)


ESCALATED = HandOn(
    SuggestionEscalated, lambda p: SuggestionEscalated(problem_id=p.subject.id, passed_on=p.today)
)
TOLD_LIAISON = Tells(
    LIAISON, "suggestion_escalated", "LZ-18.10", office=lambda p: p.subject.liaison_office_id
)
MAJOR = (is_graded, graded_for_a_suggestion, graded_for_the_commissions_name)

PASS_UP = Act(
    name="pass_up",
    zh="呈报重大问题建议(经负责人审批)",
    en="Pass a major problem up, with the head's approval",
    clauses=("LZ-18.10", "LZ-18.11"),
    on=Suggestion,
    by=STAFF,
    paper=SuggestionDraft,
    when=("registered",),
    becomes="passed_up",
    documents=SCANS,
    needs=(*MAJOR, heads_step_is_asked),
    guards=(recipient_is_covered,),
    approvals=(approved_by(HEADS, "派驻机构主要负责人审批", "LZ-18.10", sole=True),),
    effect=keep_draft,
    hands_on=(ESCALATED,),
    tells=(TOLD_LIAISON,),
)
PASS_UP_DIRECTLY = Act(
    name="pass_up_directly",
    zh="呈报重大问题建议",
    en="Pass a major problem up",
    clauses=("LZ-18.10", "LZ-18.11"),
    on=Suggestion,
    by=STAFF,
    paper=SuggestionDraft,
    when=("registered",),
    becomes="passed_up",
    documents=SCANS,
    needs=(*MAJOR, heads_step_is_left_out),
    guards=(recipient_is_covered,),
    effect=keep_draft,
    hands_on=(ESCALATED,),
    tells=(TOLD_LIAISON,),
)
"""For installations that leave the head's step out (value `heads_step` of LZ-18.10)."""

PUT_TO_COMMISSION = Act(
    name="put_to_commission",
    zh="转报区纪委区监委审批",
    en="Put the suggestion before the commission",
    clauses=("LZ-18.10",),
    on=Suggestion,
    by=AT_THE_LIAISON_OFFICE,
    paper=SuggestionPassing,
    when=("passed_up",),
    becomes="commission_approved",
    approvals=(approved_by("commission_leader", "区纪委区监委审批", "LZ-18.10", at=None),),
    tells=(
        Tells("", "suggestion_approved", "LZ-18.10", person=lambda p: p.subject.handler_id),
        Tells(HEADS, "suggestion_approved", "LZ-18.10", office=lambda p: p.subject.office_id),
    ),
)


def returned_by_the_commission(p: AnySuggestion) -> None:
    """The liaison office sends nothing back of its own accord."""
    decided = [one.status for one, _ in p.standing.proposals if one.act == PUT_TO_COMMISSION.name]
    if "pending" in decided or decided.count("returned") <= p.subject.reports_up:
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET)


def note_return(p: AnySuggestion) -> None:
    p.subject.reports_up += 1


PASS_SUGGESTION_BACK = Act(
    name="pass_suggestion_back",
    zh="转回区纪委区监委意见",
    en="Pass the commission's answer back",
    clauses=("LZ-18.10",),
    on=Suggestion,
    by=AT_THE_LIAISON_OFFICE,
    paper=SuggestionReturn,
    when=("passed_up",),
    becomes="registered",
    needs=(returned_by_the_commission,),
    effect=note_return,
    tells=(Tells(HEADS, "suggestion_returned", "LZ-18.10", office=lambda p: p.subject.office_id),),
)


def not_issued_by_one_alone(p: AnySuggestion) -> None:
    if p.subject.state == "approved":
        not_by_one_alone(p, DRAFT_SUGGESTION.name)


def in_the_name_that_was_approved(p: Issuing) -> None:
    commissions = p.subject.state == "commission_approved"
    if p.paper.issuer is not (Issuer.COMMISSION if commissions else Issuer.OFFICE):
        raise p.refuse(RefusalCode.WRONG_APPROVER, field="issuer", clauses=("LZ-18.10", *p.act.clauses))


def copied_to_the_liaison_office(p: Issuing) -> None:
    if p.paper.copied_to != p.subject.liaison_office_id:
        raise p.refuse(RefusalCode.WRONG_ADDRESSEE, field="copied_to", clauses=("LZ-18.9",))


def issue(p: Issuing) -> None:
    """Issue and copy are one step, so that their dates cannot differ (LZ-18.9)."""
    item, year = p.subject, p.today.year
    item.issuer = p.paper.issuer.value
    item.issued_on = item.copied_on = p.today
    number = p.work.next_number(f"suggestion/{item.issuer}/{item.office_id}/{year}")
    prefix = "JW" if p.paper.issuer is Issuer.COMMISSION else "JY"
    item.suggestion_no = f"{prefix}-{item.office_id}-{year}-{number:05d}"
    tell_the_unit(p, "suggestion_issued", "LZ-18.8")


def issued_event(p: AnySuggestion) -> SuggestionIssued:
    item = p.subject
    return SuggestionIssued(
        suggestion_no=item.suggestion_no,
        kind=item.suggestion_kind,
        issuer=item.issuer,
        unit_id=item.recipient_id,
        issued_on=item.issued_on or p.today,
        copied_on=item.copied_on or p.today,
    )


def reply_clock(only_if: Callable[[Performance[Any, Any]], bool] = lambda _: True) -> Opens:
    """For the unit's reply, which the office sees to; the texts set no limit, so that it is a parameter and warns."""
    return Opens(
        "LZ-18.8",
        "reply_within",
        "dispatched_office",
        lambda p: p.today,
        owed_person=lambda p: p.subject.handler_id,
        only_if=only_if,
    )


ISSUE_SUGGESTION = Act(
    name="issue_suggestion",
    zh="发出建议书并抄送",
    en="Issue the suggestion, with its copy",
    clauses=("LZ-18.8", "LZ-18.9", "LZ-18.10"),
    on=Suggestion,
    by=STAFF,
    paper=SuggestionIssue,
    when=("approved", "commission_approved"),
    otherwise={"registered": RefusalCode.APPROVAL_REQUIRED, "passed_up": RefusalCode.WRONG_APPROVER},
    becomes="issued",
    documents=SCANS,
    needs=(not_issued_by_one_alone,),
    guards=(in_the_name_that_was_approved, copied_to_the_liaison_office),
    effect=issue,
    opens=(reply_clock(),),
    hands_on=(HandOn(SuggestionIssued, issued_event),),
    tells=(Tells(LIAISON, "suggestion_copied", "LZ-18.9", office=lambda p: p.subject.liaison_office_id),),
)
