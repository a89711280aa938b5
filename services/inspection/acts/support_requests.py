"""An office asks an office of the commission for support and guidance, and gets its answer (LZ-11.5)."""

from __future__ import annotations

from typing import Any

from contracts.events.inspection_special_supervision import SupportRequested
from contracts.refusals import RefusalCode
from services.chassis.access import Relation, post
from services.chassis.act import Act, Document, HandOn, Tells
from services.chassis.performance import Performance
from services.chassis.reference import look_up
from services.chassis.tables import DirectoryOffice
from services.inspection.acts.posts import not_in_the_future
from services.inspection.acts.special_supervision_years import OfficeItself
from services.inspection.acts.supervision_posts import ANY_OFFICE, HEAD, item_of, numbered
from services.inspection.domain.special_supervision_codes import SUPPORTING
from services.inspection.papers.special_supervision import SupportAnswer, SupportLetter
from services.inspection.storage_special_supervision import SpecialSupervision, SupportRequest

Asking = Performance[SupportRequest, SupportLetter]
RECIPIENT = Relation("recipient_id", "office_id")
AT_RECIPIENT = (post(*SUPPORTING, at=RECIPIENT),)


def recipient_of(p: Asking) -> DirectoryOffice:
    """Raises Refusal(WRONG_ROUTE) for whoever is no functional office of the commission."""
    found = look_up(p.session, DirectoryOffice, p.paper.recipient_id)
    if found is None or found.kind not in SUPPORTING:
        raise p.refuse(RefusalCode.WRONG_ROUTE, field="recipient_id")
    return found


def is_of_the_offices_check(p: Asking) -> None:
    recipient_of(p)
    if not p.paper.check_id:
        return
    check = p.session.get(SpecialSupervision, p.paper.check_id)
    if check is None or check.office_id != p.work.actor.office_id:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="check_id")


def asked(p: Asking) -> SupportRequest:
    recipient, office = recipient_of(p), OfficeItself(p, p.work.actor.office_id)
    return SupportRequest(
        **item_of(p, office, state="sent", no=numbered(p, "ZC", office.office_id)),
        check_id=p.paper.check_id,
        recipient_role=recipient.kind,
        recipient_id=recipient.office_id,
        sent_on=p.today,
    )


def tell_recipient(p: Asking) -> None:
    item = p.subject
    p.tell("support_requested", "LZ-11.5", to_role=item.recipient_role, office_id=item.recipient_id)


REQUEST_SUPPORT = Act(
    name="request_support",
    zh="提请职能室支撑",
    en="Ask an office of the commission for support",
    clauses=("LZ-11.5",),
    on=SupportRequest,
    by=ANY_OFFICE,
    paper=SupportLetter,
    new=asked,
    becomes="sent",
    documents=(Document("support_request", "提请支撑函(盖章扫描)", "LZ-11.5", required=False),),
    guards=(is_of_the_offices_check,),
    effect=tell_recipient,
    hands_on=(
        HandOn(
            SupportRequested,
            lambda p: SupportRequested(
                request_id=p.subject.id,
                office_id=p.subject.office_id,
                recipient_role=p.subject.recipient_role,
            ),
        ),
    ),
)
ANSWER_SUPPORT = Act(
    name="answer_support_request",
    zh="答复提请支撑",
    en="Answer a request for support",
    clauses=("LZ-11.5",),
    on=SupportRequest,
    by=AT_RECIPIENT,
    paper=SupportAnswer,
    when=("sent",),
    becomes="answered",
    guards=(not_in_the_future("answered_on"),),
    sets=("answered_on",),
    tells=(Tells(HEAD, "support_answered", "LZ-11.5", office=lambda p: p.subject.office_id),),
)
ACTS: tuple[Act[Any, Any], ...] = (REQUEST_SUPPORT, ANSWER_SUPPORT)
