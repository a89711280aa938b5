"""The receipt for the three feedback texts: signed by leader and principal, three originals (XC-34.2d)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.events.inspection_feedback import FeedbackServed
from contracts.refusals import RefusalCode
from services.chassis.access import Relation, anyone, listed_ids
from services.chassis.act import Act, HandOn, Tells
from services.chassis.performance import Performance
from services.chassis.subject import NORMAL
from services.inspection.acts.field_items import item_at, numbered
from services.inspection.acts.posts import LEADER, STAFF, TAKES_PART, ids_in, is_principal
from services.inspection.acts.preparation import engagement_of
from services.inspection.domain.feedback_codes import ReceiptHolder
from services.inspection.papers.feedback import ReceiptCopies, ReceiptDraft, ReceiptSignature
from services.inspection.storage_feedback import FeedbackReceipt

AnyReceipt = Performance[FeedbackReceipt, Any]
Drawing = Performance[FeedbackReceipt, ReceiptDraft]
PRINCIPAL = Relation("principal_id", "person_id")
MEETING = ("feedback_passed", "general_meeting_held")
"""States of the unit in which the meeting with the principal is still to come."""


def drafts_are_passed(p: Drawing) -> None:
    if engagement_of(p).state not in MEETING:
        raise p.refuse(RefusalCode.APPROVAL_REQUIRED, field="engagement_id", clauses=("XC-33.1f",))


def for_the_principal(p: Drawing) -> None:
    if not is_principal(p, p.paper.principal_id, engagement_of(p).unit_id):
        raise p.refuse(RefusalCode.WRONG_ADDRESSEE, field="principal_id", clauses=("XC-34.2d",))


def one_for_the_unit(p: Drawing) -> None:
    there = select(FeedbackReceipt.id).where(FeedbackReceipt.engagement_id == p.paper.engagement_id)
    if p.session.scalars(there).first() is not None:
        raise p.refuse(RefusalCode.DUPLICATE, field="engagement_id", clauses=("XC-34.2d",))


def drawn_up(p: Drawing) -> FeedbackReceipt:
    of = engagement_of(p)
    return FeedbackReceipt(
        **item_at(p, of, state="drawn_up", secrecy=NORMAL, no=numbered(p, of.team_id, "QS")),
        round_id=of.round_id,
        staff_ids=of.staff_ids,
        principal_id=p.paper.principal_id,
    )


DRAW_UP_RECEIPT = Act(
    name="draw_up_receipt",
    zh="制作反馈材料签收单",
    en="Draw up the receipt for the feedback texts",
    clauses=("XC-34.2d",),
    on=FeedbackReceipt,
    by=(TAKES_PART,),
    paper=ReceiptDraft,
    new=drawn_up,
    becomes="drawn_up",
    guards=(drafts_are_passed, for_the_principal, one_for_the_unit),
    tells=(Tells("", "feedback_receipt_to_sign", "XC-34.2d", person=lambda p: p.subject.principal_id),),
)


def has_not_signed(p: AnyReceipt) -> None:
    if p.work.actor.person_id in ids_in(p.subject.signer_ids):
        raise p.refuse(RefusalCode.DUPLICATE)


def all_three_were_handed(p: Performance[FeedbackReceipt, ReceiptSignature]) -> None:
    if not p.paper.three_texts_handed:
        raise p.refuse(RefusalCode.MISSING_SIGNATURE, field="three_texts_handed", clauses=("XC-34.2d",))


def sign(p: AnyReceipt) -> None:
    p.subject.signer_ids = listed_ids([*ids_in(p.subject.signer_ids), p.work.actor.person_id])


SIGN_RECEIPT = Act(
    name="sign_receipt",
    zh="签收单签字",
    en="Sign the receipt",
    clauses=("XC-34.2d",),
    on=FeedbackReceipt,
    by=(anyone(LEADER), anyone(PRINCIPAL)),
    paper=ReceiptSignature,
    when=("drawn_up",),
    needs=(has_not_signed,),
    guards=(all_three_were_handed,),
    effect=sign,
)


def both_have_signed(p: AnyReceipt) -> None:
    if {p.subject.leader_id, p.subject.principal_id} - set(ids_in(p.subject.signer_ids)):
        raise p.refuse(RefusalCode.MISSING_SIGNATURE, clauses=("XC-34.2d",))


def one_original_each(p: Performance[FeedbackReceipt, ReceiptCopies]) -> None:
    if sorted(p.paper.holders) != sorted(ReceiptHolder):
        raise p.refuse(RefusalCode.COPY_COUNT, field="holders", clauses=("XC-34.2d",))


def note_serving(p: AnyReceipt) -> None:
    p.subject.served_on = p.today


SERVE_FEEDBACK = Act(
    name="serve_feedback",
    zh="签收单留存",
    en="The receipt is complete: an original for each",
    clauses=("XC-34.2d",),
    on=FeedbackReceipt,
    by=(anyone(STAFF),),
    paper=ReceiptCopies,
    when=("drawn_up",),
    becomes="served",
    guards=(both_have_signed, one_original_each),
    effect=note_serving,
    hands_on=(
        HandOn(
            FeedbackServed,
            lambda p: FeedbackServed(
                round_id=p.subject.round_id,
                unit_id=p.subject.unit_id,
                receipt_id=p.subject.id,
                signed_on=p.today,
            ),
        ),
    ),
)
ACTS = (DRAW_UP_RECEIPT, SIGN_RECEIPT, SERVE_FEEDBACK)
