"""What a letter and a talk have in common: both ask a person reported, and only after approval (LZ-13.1)."""

from __future__ import annotations

from datetime import date

from contracts.refusals import RefusalCode
from services.clues.acts.disposition import PROPOSE_DISPOSITION
from services.clues.acts.ledger import not_by_one_alone
from services.clues.acts.reported import AnyClue, parties
from services.clues.domain.disposition import Disposition

NOT_APPROVED = {
    "registered": RefusalCode.APPROVAL_REQUIRED,
    "explanation_received": RefusalCode.APPROVAL_REQUIRED,
    "submission_approved": RefusalCode.OUT_OF_SCOPE,
    "submitted": RefusalCode.OUT_OF_SCOPE,
}
"""What is answered where no disposition is approved; asking once more needs an approval of its own."""


def approved_as(p: AnyClue, disposition: Disposition) -> None:
    """Only what the head approved as a talk is one, and as an inquiry likewise (LZ-13.1)."""
    if p.subject.disposition_code != disposition:
        raise p.refuse(RefusalCode.APPROVAL_REQUIRED, clauses=("LZ-13.1",))


def dated_after_approval(p: AnyClue, day: date, field: str) -> None:
    approved_on = p.subject.approved_on or p.today
    if not approved_on <= day <= p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field=field)


def asks_a_person_reported(p: AnyClue) -> None:
    reported = parties(p)
    if not p.paper.subject_id and len(reported) != 1:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="subject_id")
    if p.paper.subject_id and p.paper.subject_id not in reported:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="subject_id")


def person_asked(p: AnyClue) -> str:
    return str(p.paper.subject_id) or parties(p)[0]


def not_asked_by_one_alone(p: AnyClue) -> None:
    not_by_one_alone(p, PROPOSE_DISPOSITION.name)
