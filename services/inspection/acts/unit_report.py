"""The inspection report on a unit: drafted, deliberated, signed, submitted, revised (29.1, 29.2, 30.0b)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.refusals import RefusalCode
from services.chassis.access import listed_ids, visible
from services.chassis.act import Act
from services.chassis.perform import AnyAct
from services.chassis.performance import Performance
from services.chassis.subject import RESTRICTED
from services.inspection.acts.posts import OFFICE, TAKES_PART, TEAM, ids_in
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
)
from services.inspection.acts.results_of_checks import (
    special_checks_are_reflected,
    spot_checks_are_reflected,
)
from services.inspection.acts.stages import NOTE_ISSUE, enter_stage
from services.inspection.acts.survey_points import note_points
from services.inspection.domain.codes import Matter
from services.inspection.papers.reports import (
    Deliberation,
    InspectionReport,
    RevisedInspectionReport,
    ThematicReport,
)
from services.inspection.storage_field import Issue
from services.inspection.storage_report import UnitReport
from services.inspection.storage_unit import Session

Drafting = Performance[UnitReport, InspectionReport]
Writing = Performance[UnitReport, Any]
"""On a `ReportText`, first or revised."""
BEFORE = (
    "inspection_office",
    "inspection_office_director",
    "leading_group_head",
    "standing_deputy_head",
    "leading_group_deputy",
    "leading_group_member",
)


def findings_rest_on_signed_papers(p: Writing, engagement_id: str) -> None:
    """Every finding in the report is one of the unit's, with its working paper signed."""
    named = {line.issue_id for line in p.paper.findings}
    known = {
        issue.id: issue
        for issue in p.session.scalars(
            select(Issue).where(Issue.id.in_(named), Issue.engagement_id == engagement_id)
        )
    }
    if named - set(known):
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="findings.issue_id")
    if any(issue.state == "found" for issue in known.values()):
        raise p.refuse(RefusalCode.MISSING_DOCUMENT, field="findings.issue_id", clauses=("XC-29.1a",))


def drafted_findings(p: Drafting) -> None:
    findings_rest_on_signed_papers(p, p.paper.engagement_id)


def drafted(p: Drafting) -> UnitReport:
    of = engagement_of(p)
    return UnitReport(
        **of_the_unit(p),
        secrecy=RESTRICTED,
        unit_id=of.unit_id,
        handler_id=p.work.actor.person_id,
        staff_ids=of.staff_ids,
    )


def keep_findings(p: Writing) -> None:
    p.subject.issue_ids = listed_ids(line.issue_id for line in p.paper.findings)
    p.subject.systemic_ids = listed_ids(line.issue_id for line in p.paper.findings if line.systemic)
    p.subject.cited_spot_checks = listed_ids(dict.fromkeys(p.paper.cited_spot_checks))
    p.subject.cited_topics = listed_ids(dict.fromkeys(one.value for one in p.paper.cited_topics))
    p.facts |= {"findings": len(p.paper.findings)}


DRAFT_REPORT = Act(
    name="draft_report",
    zh="起草巡察情况报告提请组务会",
    en="Draft the inspection report for the affairs meeting",
    clauses=("XC-29.1a", "XC-29.2a"),
    on=UnitReport,
    by=(TAKES_PART,),
    paper=InspectionReport,
    new=drafted,
    becomes="drafted",
    guards=(is_withdrawn, only_one(UnitReport), drafted_findings),
    effect=keep_findings,
)


def revised_findings(p: Performance[UnitReport, RevisedInspectionReport]) -> None:
    findings_rest_on_signed_papers(p, p.subject.engagement_id)


REDRAFT = Act(
    name="redraft_report",
    zh="重新起草提请组务会",
    en="Draft the report anew for the affairs meeting",
    clauses=("XC-29.1a", "XC-29.1b"),
    on=UnitReport,
    by=TEAM,
    paper=RevisedInspectionReport,
    when=("drafted", "deliberated"),
    becomes="drafted",
    anytime=True,
    guards=(revised_findings,),
    effect=keep_findings,
)


def is_about_findings_in_the_report(p: Performance[UnitReport, ThematicReport]) -> None:
    if set(p.paper.issue_ids) - set(ids_in(p.subject.issue_ids)):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="issue_ids", clauses=("XC-29.2a",))


def keep_annex(p: Performance[UnitReport, ThematicReport]) -> None:
    p.subject.annexed_ids = listed_ids(dict.fromkeys([*ids_in(p.subject.annexed_ids), *p.paper.issue_ids]))


ANNEX_THEMATIC = Act(
    name="annex_thematic_report",
    zh="附专题报告",
    en="Annex a thematic report",
    clauses=("XC-29.2a",),
    on=UnitReport,
    by=TEAM,
    paper=ThematicReport,
    when=("drafted", "deliberated", "signed", "returned", "revised"),
    anytime=True,
    guards=(is_about_findings_in_the_report,),
    effect=keep_annex,
)


def was_deliberated(p: Performance[UnitReport, Deliberation]) -> None:
    """Its minutes are of this team, on a text, and known to who refers to them."""
    knows = p.work.runtime.kinds[Session.KIND].knows
    held = p.session.scalars(
        select(Session).where(
            Session.id == p.paper.session_id,
            Session.team_id == p.subject.team_id,
            visible(Session, p.work.actor, knows),
        )
    ).first()
    if held is None or Matter.TEXTS.value not in ids_in(held.matters):
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, field="session_id", clauses=("XC-29.1b",))


DELIBERATE = Act(
    name="deliberate_report",
    zh="登记组务会审议",
    en="Record the deliberation of the affairs meeting",
    clauses=("XC-29.1b",),
    on=UnitReport,
    by=TEAM,
    paper=Deliberation,
    when=("drafted",),
    becomes="deliberated",
    guards=(was_deliberated,),
)


def papers_are_still_signed(p: Performance[UnitReport, Any]) -> None:
    """A paper that was begun anew after the draft has to be signed again first."""
    bare = select(Issue.id).where(Issue.id.in_(ids_in(p.subject.issue_ids)), Issue.state == "found")
    if p.session.scalars(bare.limit(1)).first() is not None:
        raise p.refuse(RefusalCode.MISSING_DOCUMENT, clauses=("XC-23.0a",))


SIGN = signing(
    UnitReport,
    TEAM,
    ("XC-29.1b", "XC-30.0b", "XC-14.3a", "XC-22.0c", "XC-23.0a"),
    when=("deliberated", "revised"),
    otherwise={"drafted": RefusalCode.APPROVAL_ORDER},
    guards=(papers_are_still_signed, spot_checks_are_reflected, special_checks_are_reflected),
)


def systemic_findings_have_their_annex(p: Performance[UnitReport, Any]) -> None:
    if set(ids_in(p.subject.systemic_ids)) - set(ids_in(p.subject.annexed_ids)):
        raise p.refuse(RefusalCode.MISSING_DOCUMENT, clauses=("XC-29.2a",))


def major_dissent_went_up(p: Performance[UnitReport, Any]) -> None:
    """Submitted by the leader, who knows of every session, the restricted ones too."""
    kept = select(Session.id).where(
        Session.team_id == p.subject.team_id,
        Session.major_dissent.is_(True),
        Session.dissent_reported_on.is_(None),
    )
    if p.session.scalars(kept.limit(1)).first() is not None:
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, clauses=("XC-3.1f",))


def findings_are_reported(p: Performance[UnitReport, Any]) -> None:
    """After the hearing the revised report is final; the office has reviewed it before."""
    if p.subject.heard_on is not None:
        p.subject.state = "final"
    named = select(Issue).where(Issue.id.in_(ids_in(p.subject.issue_ids))).with_for_update()
    for issue in p.session.scalars(named).all():
        enter_stage(p.work, NOTE_ISSUE, issue, "reported")
    note_points(p)


SUBMIT = submitting(
    UnitReport,
    "inspection",
    ("XC-29.1b", "XC-29.2a", "XC-30.0b", "XC-3.1f", "XC-19.3a"),
    BEFORE,
    guards=(systemic_findings_have_their_annex, major_dissent_went_up),
    then=findings_are_reported,
)


def keep_revision(p: Performance[UnitReport, RevisedInspectionReport]) -> None:
    keep_findings(p)
    p.subject.suggestions = 0


REVISE = Act(
    name="revise_report",
    zh="修改巡察情况报告",
    en="Revise the inspection report",
    clauses=("XC-30.0b", "XC-31.3a", "XC-29.1a"),
    on=UnitReport,
    by=TEAM,
    paper=RevisedInspectionReport,
    when=("returned", "commented"),
    becomes="revised",
    guards=(each_suggestion_is_answered, revised_findings),
    effect=keep_revision,
)
ACTS: tuple[AnyAct, ...] = (
    DRAFT_REPORT,
    REDRAFT,
    ANNEX_THEMATIC,
    DELIBERATE,
    SIGN,
    SUBMIT,
    returning(UnitReport, OFFICE),
    REVISE,
    passing(UnitReport, OFFICE),
)
