"""Entering the outcome, submitting for closure, closing or returning (LZ-12.14 to LZ-12.16)."""

from __future__ import annotations

from typing import Any

from contracts.events.intake import (
    PetitionClosed,
    PetitionClosureSubmitted,
    PetitionResultRecorded,
    PetitionReturned,
)
from contracts.refusals import RefusalCode
from services.chassis.act import Act, HandOn, Meets, Tells, approved_by
from services.chassis.packages import pack
from services.chassis.performance import Performance
from services.intake.acts.named import OUTCOME_CLOCK
from services.intake.acts.route import OFFICE, PETITION_OFFICE
from services.intake.acts.transfer_out import REPLY_CLOCKS, REPLY_EVENT
from services.intake.papers.petition import (
    ClosureReturn,
    ClosureReview,
    ClosureSubmission,
    ClueOutcome,
    ResultEntry,
)
from services.intake.storage import Petition

AnyPetition = Performance[Petition, Any]


def note_outcome(p: Performance[Petition, ClueOutcome]) -> None:
    p.subject.replied_on = p.paper.ended_on


CLUE_ENDED = Act(
    name="clue_ended",
    zh="线索办结视同回复",
    en="The clue's end counts as the reply",
    clauses=("LZ-12.14",),
    on=Petition,
    by=(),
    paper=ClueOutcome,
    when=("referred_as_clue",),
    becomes="replied",
    effect=note_outcome,
    opens=REPLY_CLOCKS,
    hands_on=(REPLY_EVENT,),
    tells=(Tells("", "clue_ended", "LZ-12.14", person=lambda p: p.subject.handler_id),),
)

RECORD_RESULT = Act(
    name="record_result",
    zh="录入办理结果",
    en="Enter the outcome",
    clauses=("LZ-12.14",),
    on=Petition,
    by=OFFICE,
    paper=ResultEntry,
    when=("replied",),
    becomes="result_recorded",
    sets=("outcome_code", "platform_no"),
    otherwise={
        "transferred_out": RefusalCode.MISSING_DOCUMENT,
        "referred_as_clue": RefusalCode.MISSING_DOCUMENT,
    },
    opens=(OUTCOME_CLOCK,),
    meets=(Meets("LZ-12.14"),),
    hands_on=(
        HandOn(
            PetitionResultRecorded,
            lambda p: PetitionResultRecorded(
                petition_id=p.subject.id,
                office_id=p.subject.office_id,
                platform_no=p.paper.platform_no,
                recorded_on=p.today,
            ),
        ),
    ),
)

SUBMIT_CLOSURE = Act(
    name="submit_closure",
    zh="提交信访室审结",
    en="Submit for closure",
    clauses=("LZ-12.15",),
    on=Petition,
    by=OFFICE,
    paper=ClosureSubmission,
    when=("result_recorded", "returned"),
    becomes="closure_submitted",
    meets=(Meets("LZ-12.15"),),
    hands_on=(
        HandOn(
            PetitionClosureSubmitted,
            lambda p: PetitionClosureSubmitted(
                petition_id=p.subject.id, office_id=p.subject.office_id, submitted_on=p.today
            ),
        ),
    ),
    tells=(Tells("petition_office", "closure_submitted", "LZ-12.16"),),
)


def closed_event(p: AnyPetition) -> PetitionClosed:
    """The volume is packed as it stands, sealed to the archive; the event carries its digest."""
    return PetitionClosed(
        petition_id=p.subject.id,
        office_id=p.subject.office_id,
        outcome_code=p.subject.outcome_code or "none",
        package_digest=pack(p),
        closed_on=p.today,
    )


CLOSE_PETITION = Act(
    name="close_petition",
    zh="审结",
    en="Close the petition",
    clauses=("LZ-12.16",),
    on=Petition,
    by=(PETITION_OFFICE,),
    paper=ClosureReview,
    when=("closure_submitted",),
    becomes="closed",
    approvals=(approved_by("petition_office", "信访室审结（经办人之外的另一人）", "LZ-12.16", at=None),),
    hands_on=(HandOn(PetitionClosed, closed_event),),
    tells=(Tells("", "petition_closed", "LZ-12.16", person=lambda p: p.subject.handler_id),),
    archived_as="petition",
)

RETURN_PETITION = Act(
    name="return_petition",
    zh="退回补正",
    en="Send the closure back",
    clauses=("LZ-12.16",),
    on=Petition,
    by=(PETITION_OFFICE,),
    paper=ClosureReturn,
    when=("closure_submitted",),
    becomes="returned",
    hands_on=(
        HandOn(
            PetitionReturned,
            lambda p: PetitionReturned(
                petition_id=p.subject.id,
                office_id=p.subject.office_id,
                reason_code=p.paper.reason_code.value,
                returned_on=p.today,
            ),
        ),
    ),
    tells=(Tells("", "closure_returned", "LZ-12.16", person=lambda p: p.subject.handler_id),),
)
