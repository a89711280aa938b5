"""Clues on officials whom the unit does not manage: to the case supervision office (LZ-12.17, LZ-12.18)."""

from __future__ import annotations

from contracts.events.clues import ClueSubmissionApproved, ClueSubmitted
from contracts.refusals import RefusalCode
from services.chassis.act import Act, HandOn, Meets, Opens, Tells, approved_by
from services.chassis.performance import Performance
from services.clues.acts.disposition import AFTER_INQUIRY
from services.clues.acts.ledger import HANDLING, LEDGER, STATUS_CHANGED, not_by_one_alone
from services.clues.acts.reported import AnyClue, head_is_free, head_may_decide, own_matter, route
from services.clues.domain.management import Route
from services.clues.papers.clue import Source, SubmissionForm, SubmissionProposal
from services.clues.storage import Clue


def not_own_matter(p: AnyClue) -> None:
    """What the office disposes of itself is filed for record, not submitted, unless its head is concerned."""
    if route(p) is Route.DISPOSE and head_is_free(p):
        raise p.refuse(RefusalCode.WRONG_ROUTE, clauses=("LZ-12.19",))


PROPOSE_SUBMISSION = Act(
    name="propose_submission",
    zh="呈批线索报送",
    en="Propose the submission",
    clauses=("LZ-12.17", *LEDGER),
    on=Clue,
    by=HANDLING,
    paper=SubmissionProposal,
    when=("registered",),
    becomes="submission_approved",
    needs=(not_own_matter, head_may_decide),
    approvals=(approved_by("dispatched_office_head", "派驻机构主要负责人审批", "LZ-12.17", sole=True),),
    opens=(
        Opens(
            "LZ-12.18",
            "submit_within",
            "dispatched_office",
            lambda p: p.today,
            owed_person=lambda p: p.subject.handler_id,
            to="case_supervision_office",
        ),
    ),
    hands_on=(
        HandOn(
            ClueSubmissionApproved,
            lambda p: ClueSubmissionApproved(
                clue_id=p.subject.id, office_id=p.subject.office_id, approved_on=p.today
            ),
        ),
        STATUS_CHANGED,
    ),
    tells=(Tells("", "submission_approved", "LZ-12.18", person=lambda p: p.subject.handler_id),),
)


def approved_or_head_concerned(p: AnyClue) -> None:
    """Approved by the head, except where the head is concerned: then it goes directly (LZ-12.17)."""
    if p.subject.state == "registered" and head_is_free(p):
        raise p.refuse(RefusalCode.APPROVAL_REQUIRED, clauses=("LZ-12.17",))


def to_case_supervision(p: Performance[Clue, SubmissionForm]) -> None:
    if p.paper.recipient_role != "case_supervision_office":
        raise p.refuse(RefusalCode.WRONG_ROUTE, field="recipient_role", clauses=("LZ-12.18",))


def submission_not_by_one_alone(p: AnyClue) -> None:
    not_by_one_alone(p, PROPOSE_SUBMISSION.name)


def submitted_event(p: AnyClue) -> ClueSubmitted:
    return ClueSubmitted(clue_id=p.subject.id, office_id=p.subject.office_id, submitted_on=p.today)


SUBMIT_CLUE = Act(
    name="submit_clue",
    zh="报送案管室",
    en="Submit to the case supervision office",
    clauses=("LZ-12.17", "LZ-12.18", *LEDGER),
    on=Clue,
    by=HANDLING,
    paper=SubmissionForm,
    when=("registered", "submission_approved"),
    becomes="submitted",
    needs=(not_own_matter, approved_or_head_concerned, submission_not_by_one_alone),
    guards=(to_case_supervision,),
    meets=(Meets("LZ-12.18"), Meets("LZ-12.22")),
    hands_on=(
        HandOn(ClueSubmitted, submitted_event),
        STATUS_CHANGED,
    ),
    tells=(Tells("case_supervision_office", "clue_submitted", "LZ-12.18"),),
)


def found_by_a_unit(p: AnyClue) -> None:
    if p.subject.source != Source.UNIT:
        raise p.refuse(RefusalCode.WRONG_ROUTE, clauses=("LZ-12.22",))


SUBMIT_UNIT_CLUE = Act(
    name="submit_unit_clue",
    zh="报送单位移送的线索",
    en="Submit what a unit found",
    clauses=("LZ-12.22",),
    on=Clue,
    by=HANDLING,
    paper=SubmissionForm,
    when=(
        "registered",
        "disposition_approved",
        "inquiry_issued",
        "talk_held",
        "explanation_received",
        *AFTER_INQUIRY,
    ),
    otherwise={"submission_approved": RefusalCode.OUT_OF_SCOPE, "submitted": RefusalCode.DUPLICATE},
    needs=(found_by_a_unit, own_matter, head_may_decide),
    while_open="LZ-12.22",
    guards=(to_case_supervision,),
    approvals=(approved_by("dispatched_office_head", "派驻机构主要负责人审批", "LZ-12.22", sole=True),),
    meets=(Meets("LZ-12.22"),),
    hands_on=(HandOn(ClueSubmitted, submitted_event),),
    tells=(Tells("case_supervision_office", "clue_submitted", "LZ-12.22"),),
)
"""Beside the office's own disposition, which it neither waits for nor ends (LZ-12.22)."""
