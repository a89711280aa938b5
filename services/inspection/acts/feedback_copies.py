"""After the feedback: the inner-Party circular, and copies of the leadership opinion (XC-35.1, XC-36)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.events.inspection_feedback import FeedbackCopied
from contracts.refusals import RefusalCode
from services.chassis.access import listed_ids
from services.chassis.act import Act, Fills, HandOn, Meets
from services.chassis.duties import meet_duties, open_duty
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.inspection.acts.posts import OFFICE, TEAM, ids_in, not_in_the_future
from services.inspection.domain.entry_codes import AUTHORITY_ATTENDS
from services.inspection.domain.feedback_codes import (
    ALWAYS_COPIED,
    ONE_OF_THEM_TOO,
    SENDING,
    Circulated,
    CopyRecipient,
    Opinion,
)
from services.inspection.papers.disclosure import (
    CopyingClosed,
    CopyReceipt,
    FeedbackCopies,
    PartyCircular,
    PartyCircularNote,
)
from services.inspection.storage_after_feedback import Rectification
from services.inspection.storage_unit import Engagement

AnyEngagement = Performance[Engagement, Any]
Copying = Performance[Engagement, FeedbackCopies]


def is_fed_back(p: AnyEngagement) -> None:
    if p.subject.fed_back_on is None:
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET)


def without_the_principals_opinion(p: Performance[Engagement, PartyCircular]) -> None:
    if Circulated.PRINCIPAL in p.paper.circulated:
        raise p.refuse(RefusalCode.CONTENT_RULE, field="circulated", clauses=("XC-35.1a",))


def note_circular(p: Performance[Engagement, PartyCircular]) -> None:
    """A gap that the review of the plan has noted closes."""
    of_unit = select(Rectification).where(Rectification.engagement_id == p.subject.id)
    for one in p.session.scalars(of_unit.with_for_update()):
        perform_as_service(p.work, NOTE_CIRCULAR, PartyCircularNote(), one)


RECORD_CIRCULAR = Act(
    name="record_party_circular",
    zh="登记党内文件印发",
    en="Record the inner-Party circular",
    clauses=("XC-35.1a",),
    on=Engagement,
    by=TEAM,
    paper=PartyCircular,
    needs=(is_fed_back,),
    guards=(not_in_the_future("issued_on"), without_the_principals_opinion),
    effect=note_circular,
    anytime=True,
)
NOTE_CIRCULAR = Act(
    name="note_party_circular",
    zh="党内文件已印发",
    en="The inner-Party circular is on record",
    clauses=("XC-35.1a",),
    on=Rectification,
    by=(),
    paper=PartyCircularNote,
    fills=(Fills("XC-35.1a"),),
    keeps_paper=False,
)


def copies_the_leadership_opinion(p: Copying) -> None:
    if p.paper.copied is not Opinion.LEADERSHIP:
        raise p.refuse(RefusalCode.CONTENT_RULE, field="copied", clauses=("XC-36.1a",))


def after_the_feedback(p: Copying) -> None:
    if p.subject.fed_back_on is not None and p.paper.sent_on < p.subject.fed_back_on:
        raise p.refuse(RefusalCode.DATE_ORDER, field="sent_on")


def keep_recipients(p: Copying) -> None:
    """Each recipient's receipt is waited for; what the office owed is met by what has gone out by now."""
    sent = {one.value for one in p.paper.recipients} | set(ids_in(p.subject.copied_to))
    new = sent - set(ids_in(p.subject.copied_to))
    p.subject.copied_to = listed_ids(sorted(sent))
    p.session.flush()
    for code in sorted(new):
        p.opened.append(
            open_duty(
                p.work,
                p.subject,
                clause="XC-36.1a",
                value="receipt_within",
                owed_by="inspection_office",
                counted_from=p.paper.sent_on,
                recipient=code,
            )
        )
    if CopyRecipient.COUNTY_LEADERS in sent:
        p.met += meet_duties(p.work, p.subject, "XC-36.1a", SENDING)
    if sent >= ALWAYS_COPIED:
        p.met += meet_duties(p.work, p.subject, "XC-36.2a", SENDING)


COPY_FEEDBACK = Act(
    name="copy_feedback",
    zh="抄送反馈意见",
    en="Copy the opinion to leaders and bodies",
    clauses=("XC-36.1a", "XC-36.2a", "XC-36.2b"),
    on=Engagement,
    by=OFFICE,
    paper=FeedbackCopies,
    needs=(is_fed_back,),
    guards=(not_in_the_future("sent_on"), copies_the_leadership_opinion, after_the_feedback),
    effect=keep_recipients,
    anytime=True,
    hands_on=(
        HandOn(
            FeedbackCopied,
            lambda p: FeedbackCopied(
                round_id=p.subject.round_id,
                unit_id=p.subject.unit_id,
                recipients=tuple(one.value for one in p.paper.recipients),
                sent_on=p.paper.sent_on,
            ),
        ),
    ),
)


def was_copied_to(p: Performance[Engagement, CopyReceipt]) -> None:
    if p.paper.recipient.value not in ids_in(p.subject.copied_to):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="recipient", clauses=("XC-36.1a",))


RECORD_COPY_RECEIPT = Act(
    name="record_copy_receipt",
    zh="登记抄送回执",
    en="Record the receipt of a copy",
    clauses=("XC-36.1a",),
    on=Engagement,
    by=OFFICE,
    paper=CopyReceipt,
    needs=(is_fed_back,),
    guards=(not_in_the_future("received_on"), was_copied_to),
    meets=(Meets("XC-36.1a", lambda p: p.paper.recipient.value),),
    anytime=True,
)


def everybody_has_a_copy(p: AnyEngagement) -> None:
    """The three of the text; of a county enterprise or institution the department in charge or the level above too."""
    sent = set(ids_in(p.subject.copied_to))
    if CopyRecipient.COUNTY_LEADERS not in sent:
        raise p.refuse(RefusalCode.WRONG_ADDRESSEE, clauses=("XC-36.1a",))
    if ALWAYS_COPIED - sent:
        raise p.refuse(RefusalCode.WRONG_ADDRESSEE, clauses=("XC-36.2a",))
    if p.subject.unit_type in AUTHORITY_ATTENDS and not sent & ONE_OF_THEM_TOO:
        raise p.refuse(RefusalCode.WRONG_ADDRESSEE, clauses=("XC-36.2b",))


CLOSE_COPYING = Act(
    name="close_feedback_copying",
    zh="抄送办结",
    en="Close the copying",
    clauses=("XC-36.1a", "XC-36.2a", "XC-36.2b"),
    on=Engagement,
    by=OFFICE,
    paper=CopyingClosed,
    needs=(is_fed_back,),
    guards=(everybody_has_a_copy,),
    once=True,
)
ACTS: tuple[Act[Any, Any], ...] = (
    RECORD_CIRCULAR,
    NOTE_CIRCULAR,
    COPY_FEEDBACK,
    RECORD_COPY_RECEIPT,
    CLOSE_COPYING,
)
