"""A walk-in talk venue: applied for through the liaison office, approved, arranged (LZ-15.9, GL-2.21)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.events.clues_cases import TalkVenueApproved, TalkVenueRequested
from contracts.refusals import RefusalCode
from services.chassis.access import HANDLER, anyone, parties_of, post
from services.chassis.act import Act, Document, HandOn, Tells, approved_by
from services.chassis.clock import local_date
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.chassis.subject import RESTRICTED
from services.clues.acts.closing import LIAISON
from services.clues.acts.filing import AT_THE_LIAISON_OFFICE, AnyCase
from services.clues.acts.safety import IN_THE_GROUP, lies_ahead
from services.clues.papers.investigation import (
    RequestedVenue,
    VenueApplication,
    VenueArrangement,
    VenuePassing,
    VenueWithdrawal,
)
from services.clues.storage_case import Case, VenueRequest

AnyVenue = Performance[VenueRequest, Any]
Arranging = Performance[VenueRequest, VenueArrangement]
CASE_SUPERVISION = "case_supervision_office"


def of_case(p: Performance[VenueRequest, RequestedVenue]) -> VenueRequest:
    case = p.session.get_one(Case, p.paper.case_id)
    return VenueRequest(
        id=p.work.new_id(),
        no="",
        state="requested",
        version=0,
        secrecy=RESTRICTED,
        office_id=case.office_id,
        liaison_office_id=case.liaison_office_id,
        unit_id=case.unit_id,
        registrar_id=p.work.actor.person_id,
        handler_id=case.handler_id,
        addressee_id="",
        opened_on=p.today,
        changed_at=p.work.now,
        case_id=case.id,
        from_at=p.paper.from_at,
        to_at=p.paper.to_at,
        venue_code="",
    )


def number_and_parties(p: Performance[VenueRequest, RequestedVenue]) -> None:
    """The persons reported are the case's, so that recusal is the same. The number is taken last."""
    for person_id in parties_of(p.session, p.session.get_one(Case, p.paper.case_id)):
        p.add_party(person_id)
    item = p.subject
    year = item.opened_on.year
    item.no = f"CD-{item.office_id}-{year}-{p.work.next_number(f'venue/{item.office_id}/{year}'):05d}"


def requested_event(p: AnyVenue) -> TalkVenueRequested:
    item = p.subject
    return TalkVenueRequested(
        request_id=item.id,
        case_id=item.case_id,
        from_on=local_date(item.from_at),
        to_on=local_date(item.to_at),
    )


OPEN_VENUE_REQUEST = Act(
    name="open_venue_request",
    zh="谈话场所申请登记",
    en="Register a venue request",
    clauses=("LZ-15.9",),
    on=VenueRequest,
    by=(),
    paper=RequestedVenue,
    new=of_case,
    becomes="requested",
    effect=number_and_parties,
    hands_on=(HandOn(TalkVenueRequested, requested_event),),
    tells=(Tells(LIAISON, "talk_venue_requested", "LZ-15.9", office=lambda p: p.subject.liaison_office_id),),
)


def through_the_liaison_office(p: Performance[Case, VenueApplication]) -> None:
    if p.paper.recipient_role != LIAISON:
        raise p.refuse(RefusalCode.WRONG_ROUTE, field="recipient_role", clauses=("LZ-15.9",))


def is_for_a_time_ahead(p: Performance[Case, VenueApplication]) -> None:
    lies_ahead(p, p.paper.from_at, p.paper.to_at)


def open_request(p: AnyCase) -> None:
    p.session.flush()
    paper = RequestedVenue(
        case_id=p.subject.id, from_at=p.paper.from_at, to_at=p.paper.to_at, purpose=p.paper.purpose
    )
    opened = perform_as_service(p.work, OPEN_VENUE_REQUEST, paper)
    p.facts |= {"venue_request": opened.subject.id}


REQUEST_VENUE = Act(
    name="request_venue",
    zh="申请走读式谈话场所",
    en="Apply for a talk venue",
    clauses=("LZ-15.9",),
    on=Case,
    by=IN_THE_GROUP,
    paper=VenueApplication,
    when=("filed", "investigating", "returned_to_investigation", "sent_for_review", "accepted", "examined"),
    documents=(Document("venue_request", "走读式谈话场所申请(盖章扫描)", "LZ-15.9", required=False),),
    guards=(through_the_liaison_office, is_for_a_time_ahead),
    effect=open_request,
    anytime=True,
)
"""For talks of the investigation and of the review alike (GL-2.21)."""

PASS_VENUE_REQUEST_ON = Act(
    name="pass_venue_request_on",
    zh="转报谈话场所申请",
    en="Pass the venue request on to the commission",
    clauses=("LZ-15.9",),
    on=VenueRequest,
    by=AT_THE_LIAISON_OFFICE,
    paper=VenuePassing,
    when=("requested",),
    becomes="approved",
    approvals=(approved_by("commission_leader", "区纪委监委审批", "LZ-15.9", at=None),),
    hands_on=(
        HandOn(TalkVenueApproved, lambda p: TalkVenueApproved(request_id=p.subject.id, approved_on=p.today)),
    ),
    tells=(
        Tells(CASE_SUPERVISION, "talk_venue_approved", "LZ-15.9"),
        Tells("", "talk_venue_approved", "LZ-15.9", person=lambda p: p.subject.handler_id),
    ),
)


def venue_is_free(p: Arranging) -> None:
    """One after the other: who arranges the same venue waits, and then sees what was arranged before."""
    p.work.next_number(f"arranged/{p.paper.venue_code}"[:64])
    overlapping = select(VenueRequest.id).where(
        VenueRequest.venue_code == p.paper.venue_code,
        VenueRequest.state == "arranged",
        VenueRequest.from_at < p.subject.to_at,
        VenueRequest.to_at > p.subject.from_at,
    )
    if p.session.scalars(overlapping).first() is not None:
        raise p.refuse(RefusalCode.DUPLICATE, field="venue_code", clauses=("GL-2.21",))


def note_venue(p: Arranging) -> None:
    p.subject.venue_code = p.paper.venue_code
    p.facts |= {"venue": p.paper.venue_code}


ARRANGE_VENUE = Act(
    name="arrange_venue",
    zh="安排谈话场所",
    en="Arrange the venue",
    clauses=("LZ-15.9", "GL-2.21"),
    on=VenueRequest,
    by=(post(CASE_SUPERVISION, at=None),),
    paper=VenueArrangement,
    when=("approved",),
    otherwise={"requested": RefusalCode.APPROVAL_REQUIRED},
    becomes="arranged",
    guards=(venue_is_free,),
    effect=note_venue,
    tells=(Tells("", "talk_venue_arranged", "GL-2.21", person=lambda p: p.subject.handler_id),),
)

WITHDRAW_VENUE_REQUEST = Act(
    name="withdraw_venue_request",
    zh="撤回谈话场所申请",
    en="Withdraw the venue request",
    clauses=("LZ-15.9",),
    on=VenueRequest,
    by=(anyone(HANDLER), post("dispatched_office_leader")),
    paper=VenueWithdrawal,
    when=("requested", "approved", "arranged"),
    becomes="withdrawn",
    anytime=True,
)
"""A venue that is not needed any more is free for others."""
