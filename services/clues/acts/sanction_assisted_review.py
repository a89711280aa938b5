"""Assisted review at the case review office, and the unit is told what it consented to (LZ-17.14 to LZ-17.16)."""

from __future__ import annotations

from sqlalchemy import select

from contracts.events.clues_cases import AssistedReviewDecided, AssistedReviewRequested, SanctionNotified
from contracts.refusals import RefusalCode
from services.chassis.access import post
from services.chassis.act import Act, Document, HandOn, Tells
from services.chassis.performance import Performance
from services.chassis.tables import Attachment, Paper
from services.clues.acts.filing import AnyCase
from services.clues.acts.ledger import HANDLING
from services.clues.acts.precheck import sanction_is_prechecked
from services.clues.acts.sanction import PROPOSE_SANCTION
from services.clues.domain.review import ReviewRecipient
from services.clues.domain.sanction import AssistedResult, not_in
from services.clues.papers.sanction import AssistedReviewOpinion, AssistedReviewRequest, SanctionNotice
from services.clues.storage_case import Case

Sending = Performance[Case, AssistedReviewRequest]
Answering = Performance[Case, AssistedReviewOpinion]
Notifying = Performance[Case, SanctionNotice]


def goes_to_the_case_review_office(p: Sending) -> None:
    if p.paper.recipient_role is not ReviewRecipient.CASE_REVIEW:
        raise p.refuse(RefusalCode.WRONG_ROUTE, field="recipient_role")


def file_is_complete(p: Sending) -> None:
    if not_in(p.paper.catalogue):
        raise p.refuse(RefusalCode.MISSING_DOCUMENT, field="catalogue")


def begin_round(p: Sending) -> None:
    p.subject.assisted_round += 1
    p.subject.assisted_code = ""
    p.subject.review_role = p.paper.recipient_role.value
    p.facts |= {"assisted_round": p.subject.assisted_round}


SEND_TO_ASSISTED_REVIEW = Act(
    name="send_to_assisted_review",
    zh="移送案件审理室协审",
    en="Send the case to assisted review",
    clauses=("LZ-17.14", "LZ-19.6"),
    on=Case,
    by=HANDLING,
    paper=AssistedReviewRequest,
    when=("agreed", "returned"),
    otherwise={"not_agreed": RefusalCode.NOT_AGREED},
    becomes="at_assisted_review",
    documents=(Document("assisted_review_request", "协审移送函(盖章扫描)", "LZ-17.14"),),
    guards=(goes_to_the_case_review_office, file_is_complete, sanction_is_prechecked),
    effect=begin_round,
    hands_on=(
        HandOn(
            AssistedReviewRequested,
            lambda p: AssistedReviewRequested(
                case_id=p.subject.id, round=p.subject.assisted_round, requested_on=p.today
            ),
        ),
    ),
    tells=(Tells("case_review_office", "assisted_review_requested", "LZ-17.14"),),
)


def return_is_reasoned(p: Answering) -> None:
    if p.paper.result_code is AssistedResult.RETURN and not p.paper.opinion:
        raise p.refuse(RefusalCode.MISSING_REASON, field="opinion")


def note_opinion(p: Answering) -> None:
    p.subject.assisted_code = p.paper.result_code.value
    if p.paper.result_code is AssistedResult.RETURN:
        p.subject.state = "returned"


GIVE_ASSISTED_OPINION = Act(
    name="give_assisted_opinion",
    zh="出具协审意见",
    en="Give the opinion of the assisted review",
    clauses=("LZ-17.15",),
    on=Case,
    by=(post("case_review_office", at=None),),
    paper=AssistedReviewOpinion,
    when=("at_assisted_review",),
    becomes="consented",
    documents=(Document("assisted_review_opinion", "协审意见(盖章扫描)", "LZ-17.15"),),
    guards=(return_is_reasoned,),
    effect=note_opinion,
    hands_on=(
        HandOn(
            AssistedReviewDecided,
            lambda p: AssistedReviewDecided(
                case_id=p.subject.id,
                round=p.subject.assisted_round,
                result_code=p.subject.assisted_code,
                decided_on=p.today,
            ),
        ),
    ),
    tells=(Tells("", "assisted_review_decided", "LZ-17.15", person=lambda p: p.subject.handler_id),),
)


def proposal_is_unaltered(p: Notifying) -> None:
    """The unit is told what was consented to: the scan must be one of those that were proposed (LZ-17.16)."""
    proposed = set(
        p.session.scalars(
            select(Attachment.digest)
            .join(Paper, Paper.id == Attachment.paper_id)
            .where(Attachment.subject_id == p.subject.id, Paper.act == PROPOSE_SANCTION.name)
        )
    )
    for attachment_id in p.attached.get("sanction_suggestion", ()):
        given = p.session.get(Attachment, attachment_id)
        own = given is not None and given.uploaded_by == p.work.actor.person_id
        if given is not None and own and given.digest not in proposed:
            raise p.refuse(RefusalCode.IMMUTABLE, field="attachments.sanction_suggestion")


def note_notification(p: AnyCase) -> None:
    p.subject.notified_on = p.today


NOTIFY_UNIT_OF_SANCTION = Act(
    name="notify_unit_of_sanction",
    zh="向党组通报处分建议",
    en="Inform the Party committee of the proposal",
    clauses=("LZ-17.16", "LZ-17.15"),
    on=Case,
    by=HANDLING,
    paper=SanctionNotice,
    when=("consented",),
    otherwise=dict.fromkeys(
        ("proposed", "agreed", "not_agreed", "at_assisted_review", "returned"), RefusalCode.APPROVAL_REQUIRED
    ),
    becomes="notified",
    documents=(
        Document("sanction_suggestion", "处分建议(协审同意的原件扫描)", "LZ-17.16"),
        Document("sanction_notice_to_unit", "处分建议通报(盖章扫描)", "LZ-17.16", required=False),
    ),
    guards=(proposal_is_unaltered,),
    effect=note_notification,
    hands_on=(
        HandOn(SanctionNotified, lambda p: SanctionNotified(case_id=p.subject.id, notified_on=p.today)),
    ),
)
