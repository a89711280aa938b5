"""Supervision opinions on items of a unit's agenda, and the unit's answers (LZ-6.4)."""

from __future__ import annotations

from typing import Any

from contracts.events.inspection_supervision import SupervisionOpinionIssued
from contracts.refusals import RefusalCode
from services.chassis.act import Act, Document, HandOn, Tells
from services.chassis.performance import Performance
from services.inspection.acts.posts import not_in_the_future
from services.inspection.acts.supervision_posts import (
    ANY_OFFICE,
    AT_UNIT,
    HEAD,
    IN_OFFICE,
    item_of,
    numbered,
)
from services.inspection.papers.meetings import OpinionPaper, OpinionReply, OpinionWithdrawal
from services.inspection.storage_meeting import AgendaItem, Meeting, SupervisionOpinion

Issuing = Performance[SupervisionOpinion, OpinionPaper]


def meeting_of(p: Issuing) -> Meeting:
    """Of the actor's own office; another's does not exist for them."""
    found = p.session.get(Meeting, p.paper.meeting_id)
    if found is None or found.office_id != p.work.actor.office_id:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="meeting_id")
    return found


def is_on_an_agenda(p: Issuing) -> None:
    item = p.session.get(AgendaItem, (meeting_of(p).id, p.paper.item_no))
    if item is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="item_no")


def lines_are_numbered(p: Performance[Any, Any]) -> None:
    if [line.no for line in p.paper.lines] != list(range(1, len(p.paper.lines) + 1)):
        raise p.refuse(RefusalCode.OUT_OF_RANGE, field="lines.no")


def issued(p: Issuing) -> SupervisionOpinion:
    meeting = meeting_of(p)
    common = item_of(p, meeting, state="issued", no=numbered(p, "YJ", meeting.office_id))
    return SupervisionOpinion(
        **common,
        meeting_id=meeting.id,
        item_no=p.paper.item_no,
        line_count=len(p.paper.lines),
        issued_on=p.today,
    )


ISSUE_OPINION = Act(
    name="issue_supervision_opinion",
    zh="提出监督意见",
    en="Issue a supervision opinion",
    clauses=("LZ-6.4",),
    on=SupervisionOpinion,
    by=ANY_OFFICE,
    paper=OpinionPaper,
    new=issued,
    becomes="issued",
    documents=(Document("supervision_opinion", "监督意见书(盖章扫描)", "LZ-6.4", required=False),),
    guards=(is_on_an_agenda, lines_are_numbered),
    hands_on=(
        HandOn(
            SupervisionOpinionIssued,
            lambda p: SupervisionOpinionIssued(
                opinion_no=p.subject.no,
                unit_id=p.subject.unit_id,
                line_count=p.subject.line_count,
                issued_on=p.subject.issued_on,
            ),
        ),
    ),
    tells=(
        Tells("supervised_unit", "supervision_opinion_issued", "LZ-6.4", office=lambda p: p.subject.unit_id),
    ),
)


def note_reply(p: Performance[SupervisionOpinion, OpinionReply]) -> None:
    p.subject.answered_on = p.paper.replied_on


ANSWER_OPINION = Act(
    name="answer_supervision_opinion",
    zh="答复监督意见",
    en="Answer the opinion",
    clauses=("LZ-6.4",),
    on=SupervisionOpinion,
    by=AT_UNIT,
    paper=OpinionReply,
    when=("issued",),
    becomes="answered",
    guards=(not_in_the_future("replied_on"),),
    effect=note_reply,
    tells=(Tells(HEAD, "supervision_opinion_answered", "LZ-6.4", office=lambda p: p.subject.office_id),),
)
WITHDRAW_OPINION = Act(
    name="withdraw_supervision_opinion",
    zh="撤回监督意见",
    en="Withdraw the opinion",
    clauses=("LZ-6.4",),
    on=SupervisionOpinion,
    by=IN_OFFICE,
    paper=OpinionWithdrawal,
    when=("issued",),
    becomes="withdrawn",
    anytime=True,
)
ACTS: tuple[Act[Any, Any], ...] = (ISSUE_OPINION, ANSWER_OPINION, WITHDRAW_OPINION)
