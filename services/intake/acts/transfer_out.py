"""Transferring an out-of-scope petition to the competent department (LZ-12.12 to LZ-12.14)."""

from __future__ import annotations

from typing import Any

from contracts.events.intake import PetitionReplyReceived, PetitionTransferredOut
from contracts.refusals import RefusalCode
from services.chassis.act import Act, Document, HandOn, Opens, approved_by
from services.chassis.performance import Performance
from services.chassis.reference import look_up_one
from services.chassis.tables import DirectoryOffice, DirectoryPerson
from services.intake.acts.register import subjects_of
from services.intake.acts.route import OFFICE
from services.intake.papers.petition import CompletionReply, TransferOutApproval, TransferOutLetter
from services.intake.storage import Petition

AnyPetition = Performance[Petition, Any]


def judged_out_of_scope(p: AnyPetition) -> None:
    if p.subject.in_scope is not False:
        raise p.refuse(RefusalCode.WRONG_STATE, clauses=("LZ-12.12",))


def department_exists(p: AnyPetition) -> None:
    if p.session.get(DirectoryOffice, p.paper.department_id) is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="department_id")


def as_approved(p: Performance[Petition, TransferOutLetter]) -> None:
    """The approval is for one department; another one needs its own (LZ-12.12)."""
    if p.paper.department_id != p.subject.department_id:
        raise p.refuse(RefusalCode.APPROVAL_REQUIRED, field="department_id", clauses=("LZ-12.12",))


def no_conflict(p: Performance[Petition, TransferOutLetter]) -> None:
    """Never to the person reported; to their department or its superior only after a second look (LZ-12.13)."""
    for person_id in subjects_of(p):
        if p.paper.recipient_person == person_id:
            raise p.refuse(RefusalCode.CONFLICT_OF_INTEREST, field="recipient_person", clauses=("LZ-12.13",))
        if p.paper.department_id in departments_over(p, person_id) and not p.paper.conflict_confirmed:
            raise p.refuse(
                RefusalCode.CONFLICT_OF_INTEREST, field="conflict_confirmed", clauses=("LZ-12.13",)
            )


def departments_over(p: AnyPetition, person_id: str) -> set[str]:
    """The unit or office of a person and that of the direct superior."""
    person = look_up_one(p.session, DirectoryPerson, person_id)
    superior = p.session.get(DirectoryPerson, person.superior_id)
    found = {person.unit_id, person.office_id}
    return found | {superior.unit_id, superior.office_id} if superior is not None else found


APPROVE_TRANSFER_OUT = Act(
    name="propose_transfer_out",
    zh="呈批转办",
    en="Propose the transfer to the competent department",
    clauses=("LZ-12.8", "LZ-12.12"),
    on=Petition,
    by=OFFICE,
    paper=TransferOutApproval,
    when=("recorded",),
    otherwise={"registered": RefusalCode.OPINION_OUTSTANDING, "forwarded": RefusalCode.OPINION_OUTSTANDING},
    becomes="transfer_approved",
    needs=(judged_out_of_scope,),
    guards=(department_exists,),
    sets=("department_id",),
    approvals=(approved_by("dispatched_office_head", "派驻机构主要负责人审批", "LZ-12.12", sole=True),),
)

TRANSFER_OUT = Act(
    name="transfer_out",
    zh="转有关职能处室办理",
    en="Transfer to the competent department",
    clauses=("LZ-12.8", "LZ-12.12", "LZ-12.13"),
    on=Petition,
    by=OFFICE,
    paper=TransferOutLetter,
    when=("transfer_approved",),
    becomes="transferred_out",
    otherwise={
        "registered": RefusalCode.OPINION_OUTSTANDING,
        "forwarded": RefusalCode.OPINION_OUTSTANDING,
        "recorded": RefusalCode.APPROVAL_REQUIRED,
    },
    guards=(department_exists, as_approved, no_conflict),
    hands_on=(
        HandOn(
            PetitionTransferredOut,
            lambda p: PetitionTransferredOut(
                petition_id=p.subject.id,
                office_id=p.subject.office_id,
                department_id=p.paper.department_id,
                letter_no=p.paper.letter_no,
                sent_on=p.paper.sent_on,
            ),
        ),
    ),
)


def not_in_the_future(p: Performance[Petition, CompletionReply]) -> None:
    if p.paper.received_on > p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="received_on")


def note_reply(p: Performance[Petition, CompletionReply]) -> None:
    p.subject.replied_on = p.paper.received_on


REPLY_CLOCKS = (
    Opens(
        "LZ-12.14",
        "record_within",
        "dispatched_office",
        lambda p: p.subject.replied_on or p.today,
        owed_person=lambda p: p.subject.handler_id,
    ),
    Opens(
        "LZ-12.15",
        "submit_within",
        "dispatched_office",
        lambda p: p.subject.replied_on or p.today,
        owed_person=lambda p: p.subject.handler_id,
    ),
)
REPLY_EVENT = HandOn(
    PetitionReplyReceived,
    lambda p: PetitionReplyReceived(
        petition_id=p.subject.id,
        office_id=p.subject.office_id,
        reply_received_on=p.subject.replied_on or p.today,
    ),
)

RECORD_REPLY = Act(
    name="record_reply",
    zh="登记办结回复",
    en="Register the completion reply",
    clauses=("LZ-12.14",),
    on=Petition,
    by=OFFICE,
    paper=CompletionReply,
    when=("transferred_out",),
    becomes="replied",
    documents=(Document("completion_reply", "办结回复（扫描）", "LZ-12.14"),),
    guards=(not_in_the_future,),
    effect=note_reply,
    opens=REPLY_CLOCKS,
    hands_on=(REPLY_EVENT,),
)
