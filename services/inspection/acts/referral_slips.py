"""Petitions that are neither the inspection's nor the unit's: a slip for each, sent after the fieldwork (XC-39)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.refusals import RefusalCode
from services.chassis.access import anyone, listed_ids, visible
from services.chassis.act import Act, Document, Tells
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.inspection.acts.field_items import item_at, numbered
from services.inspection.acts.petition_outcomes import NOTE_REFERRAL
from services.inspection.acts.posts import LEADER, LIAISON, TAKES_PART, ids_in
from services.inspection.acts.preparation import engagement_of
from services.inspection.domain.petition_codes import PetitionRoute
from services.inspection.papers.leaving import PetitionSlip, SlipDispatch, SlipNote
from services.inspection.papers.petitions import ReferralNote
from services.inspection.storage_leaving import ReferralSlip
from services.inspection.storage_petition import TeamPetition
from services.inspection.storage_round import Team
from services.inspection.storage_unit import Engagement

Filling = Performance[ReferralSlip, PetitionSlip]
AnySlip = Performance[ReferralSlip, Any]
CARRIERS = ("inspection_office", "inspection_office_director")


def is_nobodys_here(p: Filling) -> None:
    """Outside the inspection's scope and outside the unit's jurisdiction, each with its reason."""
    engagement_of(p)
    for field in ("within_inspection_scope", "within_unit_jurisdiction"):
        if getattr(p.paper, field):
            raise p.refuse(RefusalCode.OUT_OF_SCOPE, field=field, clauses=("XC-39.0a",))
    for field in ("reason_out_of_scope", "reason_not_unit_jurisdiction"):
        if not getattr(p.paper, field):
            raise p.refuse(RefusalCode.MISSING_FIELD, field=field, clauses=("XC-39.0a",))


def entry_of(p: Filling) -> TeamPetition:
    """Of the team's ledger, by its serial; raises Refusal(PRECONDITION_NOT_MET) where the actor knows of none."""
    knows = p.work.runtime.kinds[TeamPetition.KIND].knows
    query = select(TeamPetition).where(
        TeamPetition.engagement_id == engagement_of(p).id,
        TeamPetition.no == p.paper.petition_serial,
        visible(TeamPetition, p.work.actor, knows),
    )
    found = p.session.scalars(query.with_for_update()).one_or_none()
    if found is None:
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, field="petition_serial", clauses=("XC-13.1b",))
    return found


def is_classed_so(p: Filling) -> None:
    if entry_of(p).route_code != PetitionRoute.REFERRAL.value:
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="petition_serial", clauses=("XC-39.0a",))


def note_in_the_ledger(p: Filling) -> None:
    perform_as_service(p.work, NOTE_REFERRAL, ReferralNote(slip_id=p.subject.id), entry_of(p))


def one_slip_a_petition(p: Filling) -> None:
    query = select(ReferralSlip.id).where(
        ReferralSlip.round_id == engagement_of(p).round_id,
        ReferralSlip.petition_serial == p.paper.petition_serial,
    )
    if p.session.scalars(query).first() is not None:
        raise p.refuse(RefusalCode.DUPLICATE, field="petition_serial", clauses=("XC-39.0a",))


def filled(p: Filling) -> ReferralSlip:
    of = engagement_of(p)
    team = p.session.get_one(Team, of.team_id)
    return ReferralSlip(
        **item_at(p, of, state="filled", handler_id=p.work.actor.person_id, no=numbered(p, of.team_id, "Z")),
        round_id=of.round_id,
        liaison_id=team.liaison_id if team.liaison_id in ids_in(of.staff_ids) else "",
        petition_serial=p.paper.petition_serial,
    )


FILL_REFERRAL_SLIP = Act(
    name="fill_referral_slip",
    zh="填写信访举报材料转办单",
    en="Fill in the referral slip of a petition",
    clauses=("XC-39.0a", "XC-13.1b"),
    on=ReferralSlip,
    by=(TAKES_PART,),
    paper=PetitionSlip,
    new=filled,
    becomes="filled",
    guards=(is_nobodys_here, one_slip_a_petition, is_classed_so),
    effect=note_in_the_ledger,
)


def fieldwork_is_over(p: AnySlip) -> None:
    if p.session.get_one(Engagement, p.subject.engagement_id).withdrawn_on is None:
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, clauses=("XC-39.0b",))


def lay_before_the_office(p: AnySlip) -> None:
    p.subject.sent_on, p.subject.before_roles = p.today, listed_ids(CARRIERS)


SEND_REFERRAL_SLIP = Act(
    name="send_referral_slip",
    zh="转办单送巡察办",
    en="Send the slip to the office",
    clauses=("XC-39.0b",),
    on=ReferralSlip,
    by=(anyone(LIAISON), anyone(LEADER)),
    paper=SlipDispatch,
    when=("filled",),
    becomes="sent",
    documents=(Document("petition_material", "信访材料(扫描)", "XC-39.0b"),),
    needs=(fieldwork_is_over,),
    effect=lay_before_the_office,
    tells=(
        Tells("inspection_office", "referral_slip_sent", "XC-39.0b", office=lambda p: p.subject.office_id),
    ),
)
NOTE_SLIP_REFERRED = Act(
    name="note_slip_referred",
    zh="登记转办单移交信访室",
    en="The slip has gone to the petition office",
    clauses=("XC-39.0c",),
    on=ReferralSlip,
    by=(),
    paper=SlipNote,
    when=("sent",),
    becomes="referred",
)


def every_slip_is_sent(p: Performance[Any, Any]) -> None:
    """Over a slip that the team still has nothing of the unit is handed to the archive (XC-39.0b)."""
    kept = select(ReferralSlip.id).where(
        ReferralSlip.engagement_id == p.subject.engagement_id, ReferralSlip.state == "filled"
    )
    if count := len(p.session.scalars(kept).all()):
        refusal = p.refuse(RefusalCode.ITEMS_OUTSTANDING, clauses=("XC-39.0b",))
        refusal.detail_zh = f"尚有{count}份转办单未送巡察办"
        refusal.detail_en = f"{count} referral slips were not sent to the office"
        raise refusal


ACTS = (FILL_REFERRAL_SLIP, SEND_REFERRAL_SLIP, NOTE_SLIP_REFERRED)
