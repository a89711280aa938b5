"""Verifying an explanation that was drawn: by somebody who did not hold the talk (LZ-13.11, LZ-13.12)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.events.clues import ExplanationSpotChecked
from contracts.refusals import RefusalCode
from services.chassis.access import HANDLER, anyone, chain_of, holders, parties_of, post
from services.chassis.act import Act, Document, HandOn, Tells
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.chassis.subject import RESTRICTED
from services.clues.acts.ledger import LEDGER, STATUS_CHANGED
from services.clues.acts.verification import put_under_verification
from services.clues.domain.disposition import Disposition
from services.clues.domain.spot_check import CheckResult
from services.clues.papers.spot_check import (
    CheckerAssignment,
    DrawnExplanation,
    FalseExplanation,
    SpotCheckRecord,
)
from services.clues.storage import Clue, Explanation, ExplanationCheck, Talk

AnyCheck = Performance[ExplanationCheck, Any]
Assigning = Performance[ExplanationCheck, CheckerAssignment]
Checking = Performance[ExplanationCheck, SpotCheckRecord]
TAKEN_UP_AGAIN = ("explanation_received", "close_proposed", "closed")
"""States in which a clue rests on its explanation; in others somebody is already at work on it."""


def of_explanation(p: Performance[ExplanationCheck, DrawnExplanation]) -> ExplanationCheck:
    explanation = p.session.get_one(Explanation, p.paper.explanation_id)
    clue = p.session.get_one(Clue, explanation.clue_id)
    return ExplanationCheck(
        id=p.work.new_id(),
        no="",
        state="drawn",
        version=0,
        secrecy=RESTRICTED,
        office_id=clue.office_id,
        liaison_office_id=clue.liaison_office_id,
        unit_id=clue.unit_id,
        registrar_id=clue.registrar_id,
        handler_id="",
        addressee_id="",
        opened_on=p.today,
        changed_at=p.work.now,
        spot_check_id=p.paper.spot_check_id,
        explanation_id=explanation.id,
        clue_id=clue.id,
        result_code="",
    )


def take_over_parties(p: Performance[ExplanationCheck, DrawnExplanation]) -> None:
    for person_id in parties_of(p.session, p.session.get_one(Clue, p.subject.clue_id)):
        p.add_party(person_id)


OPEN_EXPLANATION_CHECK = Act(
    name="open_explanation_check",
    zh="抽中说明材料",
    en="An explanation is drawn",
    clauses=("LZ-13.12",),
    on=ExplanationCheck,
    by=(),
    paper=DrawnExplanation,
    new=of_explanation,
    becomes="drawn",
    effect=take_over_parties,
)


def checker_is_of_the_office(p: Assigning) -> None:
    if p.paper.checker_id not in holders(p.session, "dispatched_office", p.today, p.subject.office_id):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="checker_id")


def checker_did_not_hold_the_talk(p: Assigning) -> None:
    """Nor does anybody check who stands close to the person who explained."""
    checker = p.paper.checker_id
    held = select(Talk.id).where(Talk.clue_id == p.subject.clue_id, Talk.speaker_id == checker)
    related = {checker, *chain_of(p.session, checker)} & set(p.standing.reported)
    if related or p.session.scalars(held).first() is not None:
        raise p.refuse(RefusalCode.CONFLICT_OF_INTEREST, field="checker_id")


def assign(p: Assigning) -> None:
    p.subject.handler_id = p.paper.checker_id
    p.facts |= {"checker": p.paper.checker_id}


ASSIGN_CHECKER = Act(
    name="assign_checker",
    zh="指定抽查核实人",
    en="Assign the checker",
    clauses=("LZ-13.12",),
    on=ExplanationCheck,
    by=(post("dispatched_office_leader"),),
    paper=CheckerAssignment,
    when=("drawn", "assigned"),
    becomes="assigned",
    guards=(checker_is_of_the_office, checker_did_not_hold_the_talk),
    effect=assign,
    tells=(Tells("", "spot_check_assigned", "LZ-13.12", person=lambda p: p.subject.handler_id),),
)


def note_result(p: Checking) -> None:
    """A false explanation takes its clue up again, into a verification; the text leaves open how (ours)."""
    item = p.subject
    item.checked_at, item.result_code = p.work.now, p.paper.result_code.value
    if p.paper.result_code is not CheckResult.FALSE:
        return
    clue = p.session.get_one(Clue, item.clue_id, with_for_update=True)
    if clue.state in TAKEN_UP_AGAIN:
        paper = FalseExplanation(explanation_id=item.explanation_id, found_on=p.today)
        perform_as_service(p.work, TAKE_UP_AGAIN, paper, clue)


RECORD_CHECK = Act(
    name="record_check",
    zh="登记抽查核实结果",
    en="Record what the check found",
    clauses=("LZ-13.11", "LZ-13.12"),
    on=ExplanationCheck,
    by=(anyone(HANDLER),),
    paper=SpotCheckRecord,
    when=("assigned",),
    becomes="checked",
    documents=(Document("spot_check_record", "抽查核实记录(签字扫描)", "LZ-13.11"),),
    effect=note_result,
    hands_on=(
        HandOn(
            ExplanationSpotChecked,
            lambda p: ExplanationSpotChecked(
                explanation_id=p.subject.explanation_id,
                checked_on=p.today,
                result_code=p.subject.result_code,
            ),
        ),
    ),
)


def back_to_verification(p: Performance[Clue, FalseExplanation]) -> None:
    clue = p.subject
    clue.disposition_code = Disposition.VERIFICATION.value
    clue.outcome_code, clue.reported_on = "", None
    clue.form_code, clue.ended_on = "", None
    p.void("LZ-14.8")
    put_under_verification(p.work, clue, p.today)


TAKE_UP_AGAIN = Act(
    name="take_up_again",
    zh="说明不实,转初步核实",
    en="Take the clue up again, into verification",
    clauses=("LZ-13.11", "LZ-13.10", *LEDGER),
    on=Clue,
    by=(),
    paper=FalseExplanation,
    when=TAKEN_UP_AGAIN,
    becomes="verification",
    effect=back_to_verification,
    hands_on=(STATUS_CHANGED,),
    tells=(
        Tells(
            "dispatched_office_head",
            "clue_taken_up_again",
            "LZ-13.11",
            office=lambda p: p.subject.office_id,
        ),
    ),
)
