"""Rectification is disclosed inside the Party and to the public: notice, risk check, proof of both (step 43)."""

from __future__ import annotations

from typing import Any

from contracts.events.inspection_after_feedback import DisclosureNoticeIssued
from contracts.refusals import RefusalCode
from services.chassis.access import OWN_UNIT, listed_ids, post
from services.chassis.act import Act, After, Document, HandOn, Meets, Tells
from services.chassis.performance import Performance
from services.inspection.acts.posts import OFFICE, ids_in, not_in_the_future
from services.inspection.acts.rectification_opening import (
    UNIT_OR_OFFICE,
    AnyRectification,
    move_issues,
    owed_by_the_unit,
)
from services.inspection.domain.after_feedback_codes import CIRCLE_ZH, Circle
from services.inspection.papers.after_feedback import (
    DisclosureClosing,
    DisclosureNotice,
    DisclosureProof,
    DisclosureRiskCheck,
)
from services.inspection.storage_after_feedback import Rectification
from services.inspection.storage_round import Round

Proving = Performance[Rectification, DisclosureProof]
PRINCIPAL = (post("local_party_head", at=OWN_UNIT),)
IN_DISCLOSURE = ("rectification_accepted",)


def limit_is_to_come(p: Performance[Rectification, DisclosureNotice]) -> None:
    if p.paper.disclose_by < p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="disclose_by", clauses=("XC-43.0a",))


def start_limit(p: Performance[Rectification, DisclosureNotice]) -> None:
    """For each circle, so that proof of one does not hide that the other is missing."""
    p.subject.disclose_by, p.subject.circles = p.paper.disclose_by, ""
    p.void("XC-43.0a")
    for circle in Circle:
        owed_by_the_unit(
            p, "XC-43.0a", "disclose_by", counted_from=p.paper.disclose_by, recipient=circle.value
        )


ISSUE_NOTICE = Act(
    name="issue_disclosure_notice",
    zh="印发整改情况公开的通知",
    en="Issue the notice to disclose",
    clauses=("XC-43.0a", "XC-42.2c"),
    on=Rectification,
    by=OFFICE,
    paper=DisclosureNotice,
    when=IN_DISCLOSURE,
    otherwise={"rectification_returned": RefusalCode.PRECONDITION_NOT_MET},
    guards=(limit_is_to_come,),
    effect=start_limit,
    hands_on=(
        HandOn(
            DisclosureNoticeIssued,
            lambda p: DisclosureNoticeIssued(
                unit_id=p.subject.unit_id,
                manner=tuple(one.value for one in p.paper.manner),
                content=tuple(one.value for one in p.paper.content),
                time_limit=p.paper.disclose_by,
            ),
        ),
    ),
    tells=(Tells("local_party_head", "disclosure_ordered", "XC-43.0a", office=lambda p: p.subject.unit_id),),
)


def risk_was_checked(p: Performance[Rectification, DisclosureRiskCheck]) -> None:
    if not p.paper.risk_checked:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="risk_checked", clauses=("XC-43.0b",))


CHECK_RISK = Act(
    name="check_disclosure_risk",
    zh="公开稿风险把关",
    en="Check the disclosure for risk",
    clauses=("XC-43.0b",),
    on=Rectification,
    by=PRINCIPAL,
    paper=DisclosureRiskCheck,
    when=IN_DISCLOSURE,
    after=(After("issue_disclosure_notice", "XC-43.0a"),),
    guards=(risk_was_checked,),
)


def circle_is_open(p: Proving) -> None:
    if p.paper.circle.value in ids_in(p.subject.circles):
        raise p.refuse(RefusalCode.DUPLICATE, field="circle")


def note_circle(p: Proving) -> None:
    p.subject.circles = listed_ids([*ids_in(p.subject.circles), p.paper.circle.value])


RECORD_DISCLOSURE = Act(
    name="record_disclosure",
    zh="登记整改情况公开",
    en="Record a disclosure with its proof",
    clauses=("XC-43.0b", "XC-43.0c"),
    on=Rectification,
    by=UNIT_OR_OFFICE,
    paper=DisclosureProof,
    when=IN_DISCLOSURE,
    documents=(Document("disclosure_draft", "公开佐证(扫描)", "XC-43.0c"),),
    after=(
        After("issue_disclosure_notice", "XC-43.0a"),
        After("check_disclosure_risk", "XC-43.0b", RefusalCode.APPROVAL_REQUIRED),
    ),
    guards=(not_in_the_future("disclosed_on"), circle_is_open),
    effect=note_circle,
    meets=(Meets("XC-43.0a", to=lambda p: p.paper.circle.value),),
)


def both_circles_are_proven(p: AnyRectification) -> None:
    missing = [circle for circle in Circle if circle.value not in ids_in(p.subject.circles)]
    if missing:
        refusal = p.refuse(RefusalCode.MISSING_DOCUMENT, clauses=("XC-43.0c",))
        refusal.detail_zh = f"尚缺公开佐证:{'、'.join(CIRCLE_ZH[one] for one in missing)}"
        refusal.detail_en = f"no proof of the disclosure: {', '.join(one.value for one in missing)}"
        raise refusal


def go_on(p: AnyRectification) -> None:
    """A unit that is later than the report to the county committee was in it all the same."""
    reported = p.session.get_one(Round, p.subject.round_id).state == "summarised"
    p.subject.state = "summarised" if reported else "disclosed"
    move_issues(p, "closed" if reported else "disclosed")


CLOSE_DISCLOSURE = Act(
    name="close_disclosure",
    zh="办结整改情况公开",
    en="Close the disclosure",
    clauses=("XC-43.0c",),
    on=Rectification,
    by=UNIT_OR_OFFICE,
    paper=DisclosureClosing,
    when=IN_DISCLOSURE,
    after=(After("issue_disclosure_notice", "XC-43.0a"),),
    guards=(both_circles_are_proven,),
    effect=go_on,
)
ACTS: tuple[Act[Any, Any], ...] = (ISSUE_NOTICE, CHECK_RISK, RECORD_DISCLOSURE, CLOSE_DISCLOSURE)
