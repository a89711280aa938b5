"""Persons whom a court has found guilty: no filing, straight to review on the court's facts (LZ-15.10, LZ-15.11)."""

from __future__ import annotations

from contracts.events.clues_cases import CaseSentForReview
from contracts.refusals import RefusalCode
from services.chassis.access import listed_ids
from services.chassis.act import Act, Document, HandOn, Tells
from services.chassis.performance import Performance
from services.clues.acts.filing import INVESTIGATING, AnyCase
from services.clues.acts.group import ids_in
from services.clues.domain.case import CaseProposal, ReviewPath
from services.clues.domain.filing import in_force
from services.clues.papers.filing import CourtDocumentEntry, SanctionOnJudgement
from services.clues.storage_case import BEFORE_FILING, Case

Recording = Performance[Case, CourtDocumentEntry]


def is_about_a_person_reported(p: Recording) -> None:
    reported = p.standing.reported
    if not p.paper.subject_id and len(reported) != 1:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="subject_id")
    if p.paper.subject_id and p.paper.subject_id not in reported:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="subject_id")


def note_judgement(p: Recording) -> None:
    """A document without a date of effect, or with a later one, keeps the case waiting for it."""
    item, paper = p.subject, p.paper
    judged = paper.subject_id or p.standing.reported[0]
    item.judgement_code = paper.document_code.value
    p.facts |= {"judged": judged, "document": item.judgement_code}
    if paper.effective_on is None:
        return
    item.judged_ids = listed_ids(sorted({*ids_in(item.judged_ids), judged}))
    item.judgement_on = max(paper.effective_on, item.judgement_on or paper.effective_on)


RECORD_JUDGEMENT = Act(
    name="record_judgement",
    zh="登记生效裁判",
    en="Record a court document",
    clauses=("LZ-15.10",),
    on=Case,
    by=INVESTIGATING,
    paper=CourtDocumentEntry,
    when=BEFORE_FILING,
    documents=(Document("court_document", "判决/裁定/决定书(扫描)", "LZ-15.11"),),
    guards=(is_about_a_person_reported,),
    effect=note_judgement,
    anytime=True,
)


def document_is_there(p: AnyCase) -> None:
    if not p.subject.judgement_code:
        raise p.refuse(
            RefusalCode.MISSING_DOCUMENT, field="attachments.court_document", clauses=("LZ-15.11",)
        )


def judgement_is_in_force(p: AnyCase) -> None:
    """For everybody whom the case is about: for others a case is filed (LZ-15.10)."""
    if set(p.standing.reported) - set(ids_in(p.subject.judged_ids)) or not in_force(
        p.subject.judgement_on, p.today
    ):
        raise p.refuse(RefusalCode.WRONG_STATE, clauses=("LZ-15.10",))


def proposes_a_sanction(p: Performance[Case, SanctionOnJudgement]) -> None:
    """Nothing was filed, so there is nothing to dismiss."""
    if p.paper.proposal_code is CaseProposal.DISMISSAL:
        raise p.refuse(RefusalCode.OUT_OF_RANGE, field="proposal_code", clauses=("LZ-15.11",))


def note_sent(p: AnyCase) -> None:
    p.subject.path_code = ReviewPath.JUDGEMENT.value
    p.subject.proposal_code = p.paper.proposal_code.value
    p.subject.sent_on = p.today
    p.subject.eight_point = p.subject.eight_point or p.paper.eight_point


SEND_ON_JUDGEMENT = Act(
    name="send_on_judgement",
    zh="依据生效裁判移送审理",
    en="Send the case for review on a judgement in force",
    clauses=("LZ-15.10", "LZ-15.11", "LZ-17.1"),
    on=Case,
    by=INVESTIGATING,
    paper=SanctionOnJudgement,
    when=BEFORE_FILING,
    becomes="sent_for_review",
    documents=(Document("sanction_suggestion", "处分建议(盖章扫描)", "LZ-15.11", required=False),),
    needs=(document_is_there, judgement_is_in_force),
    guards=(proposes_a_sanction,),
    effect=note_sent,
    hands_on=(
        HandOn(
            CaseSentForReview,
            lambda p: CaseSentForReview(case_id=p.subject.id, path=p.subject.path_code, sent_on=p.today),
        ),
    ),
    tells=(
        Tells(
            "dispatched_office_head", "case_sent_for_review", "LZ-17.1", office=lambda p: p.subject.office_id
        ),
    ),
)
"""The case keeps no filing number: it was never filed."""
