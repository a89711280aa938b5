"""The explanation to a letter or a talk: filed, and one of its year's spot-check population (LZ-13.10)."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from contracts.events.clues import ExplanationReceived
from contracts.refusals import RefusalCode
from services.chassis.act import Act, Document, HandOn, Meets
from services.chassis.performance import Performance
from services.clues.acts.ledger import HANDLING, LEDGER, STATUS_CHANGED
from services.clues.papers.clue import ExplanationEntry
from services.clues.storage import Clue, Explanation

Recording = Performance[Clue, ExplanationEntry]


def received_on(p: Recording) -> date:
    return p.paper.received_on or p.today


def received_after_asking(p: Recording) -> None:
    asked_on = p.subject.asked_on or p.today
    if not asked_on <= received_on(p) <= p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="received_on", clauses=("LZ-13.10",))


def enter_spot_check_population(p: Recording) -> None:
    """The explanation counts in the spot check of the year of its receipt (LZ-13.10)."""
    explanation = Explanation(
        id=uuid4().hex, clue_id=p.subject.id, office_id=p.subject.office_id, received_on=received_on(p)
    )
    p.session.add(explanation)
    p.facts |= {"explanation": explanation.id, "received_on": received_on(p).isoformat()}


def explanation_event(p: Recording) -> ExplanationReceived:
    return ExplanationReceived(
        clue_id=p.subject.id,
        office_id=p.subject.office_id,
        explanation_id=str(p.facts["explanation"]),
        received_on=received_on(p),
    )


RECORD_EXPLANATION = Act(
    name="record_explanation",
    zh="登记说明材料",
    en="File the explanation",
    clauses=("LZ-13.10", *LEDGER),
    on=Clue,
    by=HANDLING,
    paper=ExplanationEntry,
    when=("inquiry_issued", "talk_held"),
    otherwise={"submission_approved": RefusalCode.OUT_OF_SCOPE, "submitted": RefusalCode.OUT_OF_SCOPE},
    becomes="explanation_received",
    documents=(Document("explanation", "谈话函询说明材料", "LZ-13.10"),),
    guards=(received_after_asking,),
    effect=enter_spot_check_population,
    meets=(Meets("LZ-13.10"),),
    hands_on=(HandOn(ExplanationReceived, explanation_event), STATUS_CHANGED),
)
