"""What became of a suggestion: answered, or not; verified; closed (lifecycle of LZ-18.8)."""

from __future__ import annotations

from datetime import date

from contracts.refusals import RefusalCode
from services.chassis.act import Act, Document, Meets, Tells
from services.chassis.performance import Performance
from services.clues.acts.suggestion import HEADS, STAFF
from services.clues.acts.suggestion_issue import LIAISON, reply_clock
from services.clues.papers.suggestion import (
    ProblemClosing,
    SuggestionAnswer,
    SuggestionVerification,
    UnansweredSuggestion,
)
from services.clues.storage_suggestion import Suggestion

Answering = Performance[Suggestion, SuggestionAnswer]


def answered_on(p: Answering) -> date:
    return p.paper.answered_on or p.today


def answered_after_the_issue(p: Answering) -> None:
    if not (p.subject.issued_on or p.today) <= answered_on(p) <= p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="answered_on")


def note_answer(p: Answering) -> None:
    p.subject.answered_on = answered_on(p)


RECORD_ANSWER = Act(
    name="record_answer",
    zh="登记建议回复",
    en="Record the unit's answer",
    clauses=("LZ-18.8",),
    on=Suggestion,
    by=STAFF,
    paper=SuggestionAnswer,
    when=("issued",),
    becomes="answered",
    documents=(Document("suggestion_reply", "建议回复函(扫描)", "LZ-18.8"),),
    guards=(answered_after_the_issue,),
    effect=note_answer,
    meets=(Meets("LZ-18.8"),),
)


def count_silence(p: Performance[Suggestion, UnansweredSuggestion]) -> None:
    p.subject.escalations += 1
    p.facts |= {"step": p.paper.step}


NOTE_UNANSWERED = Act(
    name="note_unanswered",
    zh="建议逾期未复,提请督促",
    en="Tell further up that a suggestion stays unanswered",
    clauses=("LZ-18.8",),
    on=Suggestion,
    by=(),
    paper=UnansweredSuggestion,
    when=("issued",),
    effect=count_silence,
    tells=(
        Tells(HEADS, "suggestion_unanswered", "LZ-18.8", office=lambda p: p.subject.office_id),
        Tells(LIAISON, "suggestion_unanswered", "LZ-18.8", office=lambda p: p.subject.liaison_office_id),
    ),
)
"""Done when notifications says that the clock of the reply has run out."""


def not_rectified(p: Performance[Suggestion, SuggestionVerification]) -> bool:
    return not p.paper.rectified


def back_to_the_unit(p: Performance[Suggestion, SuggestionVerification]) -> None:
    """What was not put right is asked for again, with a clock of its own."""
    if not_rectified(p):
        p.subject.state, p.subject.answered_on = "issued", None
    p.facts |= {"rectified": p.paper.rectified}


VERIFY_ANSWER = Act(
    name="verify_answer",
    zh="核实建议落实情况",
    en="Verify what the suggestion led to",
    clauses=("LZ-18.8",),
    on=Suggestion,
    by=STAFF,
    paper=SuggestionVerification,
    when=("answered",),
    otherwise={"issued": RefusalCode.PRECONDITION_NOT_MET},
    becomes="verified",
    effect=back_to_the_unit,
    opens=(reply_clock(only_if=not_rectified),),
)


CLOSE_PROBLEM = Act(
    name="close_problem",
    zh="问题办结",
    en="Close the problem",
    clauses=("LZ-18.8",),
    on=Suggestion,
    by=STAFF,
    paper=ProblemClosing,
    when=("notified", "verified"),
    otherwise={"issued": RefusalCode.NOT_VERIFIED, "answered": RefusalCode.NOT_VERIFIED},
    becomes="closed",
)
"""A notice asks for no answer; a suggestion is closed once its rectification is verified."""
