"""What inspection does on other services' events: the receivers' answers stand in its own ledgers (ruling 6)."""

from __future__ import annotations

from sqlalchemy import select

from contracts.envelope import Envelope
from contracts.events.archive import PostChanged
from contracts.events.archive_rounds import PriorMaterialsProvided
from contracts.events.clues_accountability import (
    ClueConcluded,
    DisposalProgressed,
    TransferRegistered,
    UrgentCasePublicised,
)
from contracts.events.intake import ReferralReceived
from services.chassis.act import PaperForm
from services.chassis.directory import everywhere
from services.chassis.inbox import Reactions
from services.chassis.perform import AnyAct, perform_as_service
from services.chassis.work import Work
from services.inspection import archiving
from services.inspection.acts.briefing import NOTE_PRIOR_PROVIDED
from services.inspection.acts.petition_referral import NOTE_REFERRAL_RECEIPTED
from services.inspection.acts.post_talks import post_changed
from services.inspection.acts.transfer import (
    NOTE_CASE_PUBLICISED,
    NOTE_CLUE_CONCLUDED,
    NOTE_DISPOSAL_PROGRESSED,
    NOTE_TRANSFER_REGISTERED,
)
from services.inspection.papers.entry import PriorMaterialsNote
from services.inspection.papers.talks import PostTalkDue
from services.inspection.papers.transfer import (
    ReceiversConclusion,
    ReceiversProgress,
    ReceiversPublication,
    ReceiversRegistration,
    ReferralReceiptNote,
)
from services.inspection.storage_transfer import ClueTransfer, PetitionReferral
from services.inspection.storage_unit import Engagement


def registered(work: Work, event: TransferRegistered, _: Envelope) -> None:
    paper = ReceiversRegistration(receiver_no=event.receiver_clue_no, registered_on=event.registered_on)
    _note(work, event.clue_no, NOTE_TRANSFER_REGISTERED, paper)


def progressed(work: Work, event: DisposalProgressed, _: Envelope) -> None:
    paper = ReceiversProgress(stage=event.stage, reported_on=event.reported_on)
    _note(work, event.clue_no, NOTE_DISPOSAL_PROGRESSED, paper)


def concluded(work: Work, event: ClueConcluded, _: Envelope) -> None:
    paper = ReceiversConclusion(result_code=event.result_code, concluded_on=event.concluded_on)
    _note(work, event.clue_no, NOTE_CLUE_CONCLUDED, paper)


def publicised(work: Work, event: UrgentCasePublicised, _: Envelope) -> None:
    paper = ReceiversPublication(publicised_on=event.publicised_on, channels=event.channels)
    _note(work, event.clue_no, NOTE_CASE_PUBLICISED, paper)


def _note(work: Work, clue_no: str, act: AnyAct, paper: PaperForm) -> None:
    """Once for each answer: what the ledger has already, or has no entry for, is noted no second time."""
    query = select(ClueTransfer).where(ClueTransfer.no == clue_no).with_for_update()
    item = work.session.scalars(query).one_or_none()
    if item is not None and (not act.when or item.state in act.when):
        perform_as_service(work, act, paper, item)


def receipted(work: Work, event: ReferralReceived, _: Envelope) -> None:
    query = select(PetitionReferral).where(PetitionReferral.no == event.batch_id).with_for_update()
    item = work.session.scalars(query).one_or_none()
    if item is not None and item.state == "referred":
        paper = ReferralReceiptNote(received_on=event.received_on, intake_nos=event.intake_nos)
        perform_as_service(work, NOTE_REFERRAL_RECEIPTED, paper, item)


def prior_provided(work: Work, event: PriorMaterialsProvided, _: Envelope) -> None:
    """The archive's answer stands in the files of the team that it is for."""
    query = select(Engagement).where(Engagement.team_id == event.team_id, Engagement.unit_id == event.unit_id)
    item = work.session.scalars(query.with_for_update()).one_or_none()
    if item is not None:
        note = PriorMaterialsNote(archive_items=event.items, first_inspection=event.first_inspection)
        perform_as_service(work, NOTE_PRIOR_PROVIDED, note, item)


def moved(work: Work, event: PostChanged, _: Envelope) -> None:
    """Only a move to a key post asks for a talk before it (LZ-8.5)."""
    if event.key_post:
        paper = PostTalkDue(person_id=event.person_id, new_post=event.new_post, adjusted_on=event.adjusted_on)
        post_changed(work, paper)


def noted(_: Work, __: object, ___: Envelope) -> None:
    """Other hand-offs to inspection are kept in its inbox until their procedures are here."""


REACTIONS = Reactions(
    everywhere("inspection")
    | {
        TransferRegistered: registered,
        DisposalProgressed: progressed,
        ClueConcluded: concluded,
        UrgentCasePublicised: publicised,
        ReferralReceived: receipted,
        PostChanged: moved,
        PriorMaterialsProvided: prior_provided,
    }
    | archiving.REACTIONS,
    otherwise=noted,
)
