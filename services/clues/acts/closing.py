"""Closing a clue: proposed, approved and reported before it takes effect (LZ-14.8)."""

from __future__ import annotations

from contracts.events.clues import DispositionReported
from contracts.refusals import RefusalCode
from services.chassis.act import Act, Document, HandOn, Meets, Opens, Tells, approved_by
from services.chassis.performance import Performance
from services.clues.acts.ledger import HANDLING, LEDGER, STATUS_CHANGED, not_by_one_alone
from services.clues.acts.measures_in_force import nothing_is_in_force
from services.clues.acts.precheck import handling_of_clue_is_prechecked
from services.clues.acts.reported import AnyClue, head_may_decide
from services.clues.domain.disposition import CLOSED_WITHOUT_INQUIRY
from services.clues.domain.four_forms import FORM_OF_HANDLING
from services.clues.domain.verification import Handling
from services.clues.papers.clue import ClosingEntry, ClosingProposal, DispositionReportForm, HandlingEntry
from services.clues.storage import Clue

LIAISON = "liaison_discipline_office"


def disposition_carried_out(p: AnyClue) -> None:
    """No closing past an approved talk, inquiry or verification (LZ-12.25)."""
    if p.subject.state == "disposition_approved" and p.subject.disposition_code not in CLOSED_WITHOUT_INQUIRY:
        raise p.refuse(RefusalCode.WRONG_STATE)


def note_outcome(p: Performance[Clue, ClosingProposal]) -> None:
    p.subject.outcome_code = p.paper.outcome_code.value


PROPOSE_CLOSING = Act(
    name="propose_closing",
    zh="呈批线索了结",
    en="Propose the closing",
    clauses=("LZ-13.10", "LZ-14.8", *LEDGER),
    on=Clue,
    by=HANDLING,
    paper=ClosingProposal,
    when=("disposition_approved", "explanation_received"),
    otherwise={
        "inquiry_issued": RefusalCode.MISSING_DOCUMENT,
        "talk_held": RefusalCode.MISSING_DOCUMENT,
        "submission_approved": RefusalCode.OUT_OF_SCOPE,
        "submitted": RefusalCode.OUT_OF_SCOPE,
    },
    becomes="close_proposed",
    documents=(Document("collective_study_minutes", "集体研究记录", "LZ-22.5", required=False),),
    needs=(disposition_carried_out, head_may_decide),
    approvals=(approved_by("dispatched_office_head", "派驻机构主要负责人审批", "LZ-14.8", sole=True),),
    effect=note_outcome,
    opens=(
        Opens(
            "LZ-14.8",
            "report_within",
            "dispatched_office",
            lambda p: p.today,
            owed_person=lambda p: p.subject.handler_id,
            to=LIAISON,
        ),
    ),
    hands_on=(STATUS_CHANGED,),
    tells=(Tells("", "closing_approved", "LZ-14.8", person=lambda p: p.subject.handler_id),),
)


def to_the_liaison_office(p: Performance[Clue, DispositionReportForm]) -> None:
    if p.paper.recipient_role != LIAISON:
        raise p.refuse(RefusalCode.WRONG_ROUTE, field="recipient_role")


def not_reported_yet(p: AnyClue) -> None:
    if p.subject.reported_on is not None:
        raise p.refuse(RefusalCode.DUPLICATE)


def note_report(p: AnyClue) -> None:
    p.subject.reported_on = p.today


REPORT_DISPOSITION = Act(
    name="report_disposition",
    zh="了结(处理)报备",
    en="Report the closing or handling to the liaison office",
    clauses=("LZ-14.8",),
    on=Clue,
    by=HANDLING,
    paper=DispositionReportForm,
    when=("close_proposed", "handling_proposed"),
    otherwise={
        "registered": RefusalCode.APPROVAL_REQUIRED,
        "disposition_approved": RefusalCode.APPROVAL_REQUIRED,
        "verification": RefusalCode.APPROVAL_REQUIRED,
        "inquiry_issued": RefusalCode.APPROVAL_REQUIRED,
        "talk_held": RefusalCode.APPROVAL_REQUIRED,
        "explanation_received": RefusalCode.APPROVAL_REQUIRED,
    },
    documents=(Document("disposition_report", "了结报备件(盖章扫描)", "LZ-14.8"),),
    needs=(not_reported_yet,),
    guards=(to_the_liaison_office,),
    effect=note_report,
    meets=(Meets("LZ-14.8"),),
    hands_on=(
        HandOn(
            DispositionReported,
            lambda p: DispositionReported(
                clue_id=p.subject.id,
                office_id=p.subject.office_id,
                recipient_role=LIAISON,
                proposal_code="closing" if p.subject.state == "close_proposed" else "handling",
                reported_on=p.today,
            ),
        ),
    ),
    tells=(Tells(LIAISON, "disposition_reported", "LZ-14.8", office=lambda p: p.subject.liaison_office_id),),
)


def reported_before(p: AnyClue) -> None:
    """`Proposed` in the text means: reported before the closing or handling takes effect."""
    if p.subject.reported_on is None:
        raise p.refuse(
            RefusalCode.MISSING_DOCUMENT, field="attachments.disposition_report", clauses=("LZ-14.8",)
        )


def closing_not_by_one_alone(p: AnyClue) -> None:
    not_by_one_alone(p, PROPOSE_CLOSING.name)


CLOSE_CLUE = Act(
    name="close_clue",
    zh="线索了结",
    en="Close the clue",
    clauses=("LZ-14.8", *LEDGER),
    on=Clue,
    by=HANDLING,
    paper=ClosingEntry,
    when=("close_proposed",),
    otherwise={
        "inquiry_issued": RefusalCode.MISSING_DOCUMENT,
        "talk_held": RefusalCode.MISSING_DOCUMENT,
        "explanation_received": RefusalCode.APPROVAL_REQUIRED,
        "verification": RefusalCode.APPROVAL_REQUIRED,
        "submission_approved": RefusalCode.OUT_OF_SCOPE,
        "submitted": RefusalCode.OUT_OF_SCOPE,
    },
    becomes="closed",
    needs=(reported_before, closing_not_by_one_alone),
    guards=(nothing_is_in_force,),
    hands_on=(STATUS_CHANGED,),
    archived_as="clue",
)


def note_handling(p: AnyClue) -> None:
    """How the person was dealt with says which of the four forms it counts to (GL-1.32, GL-1.33)."""
    p.subject.form_code = FORM_OF_HANDLING[Handling(p.subject.outcome_code)].value
    p.subject.ended_on = p.today
    p.facts |= {"form": p.subject.form_code}


HANDLE_CLUE = Act(
    name="handle_clue",
    zh="线索处理",
    en="End the clue by handling",
    clauses=("LZ-14.8", "LZ-19.5", *LEDGER),
    on=Clue,
    by=HANDLING,
    paper=HandlingEntry,
    when=("handling_proposed",),
    otherwise={"verification": RefusalCode.APPROVAL_REQUIRED},
    becomes="handled",
    needs=(reported_before,),
    guards=(handling_of_clue_is_prechecked, nothing_is_in_force),
    effect=note_handling,
    hands_on=(STATUS_CHANGED,),
    archived_as="clue",
)
"""What a verification proposed, its report approved by the head and reported to the liaison office."""
