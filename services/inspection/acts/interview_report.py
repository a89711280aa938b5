"""The report on a unit's interviews: the leader's words of the leadership's talks (29.3, 30.0b)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.refusals import RefusalCode
from services.chassis.access import anyone
from services.chassis.act import Act
from services.chassis.perform import AnyAct
from services.chassis.performance import Performance
from services.chassis.subject import RESTRICTED
from services.inspection.acts.posts import AUTHOR, LEADER, OFFICE, TAKES_PART, leadership_of
from services.inspection.acts.preparation import engagement_of
from services.inspection.acts.report_steps import (
    each_suggestion_is_answered,
    is_withdrawn,
    of_the_unit,
    only_one,
    passing,
    returning,
    signing,
    submitting,
    unit_of,
)
from services.inspection.acts.unit_report import BEFORE
from services.inspection.papers.reports import InterviewReportPaper, RevisedInterviewReport
from services.inspection.storage_field import Interview
from services.inspection.storage_report import InterviewReport

Drafting = Performance[InterviewReport, InterviewReportPaper]
Writing = Performance[InterviewReport, Any]
"""On an `InterviewText`, first or revised."""
WRITERS = (anyone(LEADER), anyone(AUTHOR))


def says_what_was_said(p: Writing) -> None:
    if p.paper.nil_statement:
        return
    for field in ("problems", "shortcomings", "hopes"):
        if not getattr(p.paper, field):
            raise p.refuse(RefusalCode.MISSING_FIELD, field=field, clauses=("XC-29.3a",))


def drafted(p: Drafting) -> InterviewReport:
    return InterviewReport(
        **of_the_unit(p),
        secrecy=RESTRICTED,
        unit_id=engagement_of(p).unit_id,
        handler_id=p.work.actor.person_id,
    )


def keep_text(p: Writing) -> None:
    p.subject.verbatim = bool(p.paper.leadership_talks_verbatim)
    p.subject.nil = p.paper.nil_statement
    p.subject.suggestions = 0


DRAFT = Act(
    name="draft_interview_report",
    zh="起草谈话情况报告",
    en="Draft the report on the interviews",
    clauses=("XC-29.3a",),
    on=InterviewReport,
    by=(TAKES_PART,),
    paper=InterviewReportPaper,
    new=drafted,
    becomes="drafted",
    guards=(is_withdrawn, only_one(InterviewReport), says_what_was_said),
    effect=keep_text,
)


def keeps_the_words_of_the_leadership(p: Performance[InterviewReport, Any]) -> None:
    """Asked of the leader alone, who knows of all interviews, the sealed ones too."""
    unit = unit_of(p)
    held = select(Interview.interviewee_id).where(Interview.engagement_id == unit.id)
    interviewed = set(p.session.scalars(held))
    if p.subject.nil and interviewed:
        raise p.refuse(RefusalCode.CONTENT_RULE, field="nil_statement", clauses=("XC-29.3a",))
    if not p.subject.verbatim and interviewed & leadership_of(p, unit.unit_id):
        raise p.refuse(RefusalCode.MISSING_FIELD, field="leadership_talks_verbatim", clauses=("XC-29.3a",))


def every_record_was_read(p: Performance[InterviewReport, Any]) -> None:
    """By the leader, who signs; how many are left the leader is told, who knows of all of them."""
    unread = select(Interview.id).where(
        Interview.engagement_id == p.subject.engagement_id, Interview.state != "read"
    )
    if left := len(p.session.scalars(unread).all()):
        refusal = p.refuse(RefusalCode.PRECONDITION_NOT_MET, clauses=("XC-12.4a",))
        refusal.detail_zh = f"尚有{left}份谈话记录未经组长审阅"
        refusal.detail_en = f"{left} interview records were not read by the leader"
        raise refusal


SIGN = signing(
    InterviewReport,
    WRITERS,
    ("XC-29.3b", "XC-29.3a", "XC-12.4a"),
    guards=(every_record_was_read, keeps_the_words_of_the_leadership),
)
SUBMIT = submitting(InterviewReport, "interview", ("XC-29.3b",), BEFORE)
REVISE = Act(
    name="revise_report",
    zh="修改谈话情况报告",
    en="Revise the report on the interviews",
    clauses=("XC-30.0b",),
    on=InterviewReport,
    by=WRITERS,
    paper=RevisedInterviewReport,
    when=("drafted", "returned"),
    becomes="revised",
    guards=(each_suggestion_is_answered, says_what_was_said),
    effect=keep_text,
)
ACTS: tuple[AnyAct, ...] = (
    DRAFT,
    SIGN,
    SUBMIT,
    returning(InterviewReport, OFFICE),
    REVISE,
    passing(InterviewReport, OFFICE),
)
