"""The team's petition ledger: designated receivers, one entry an item, corrections, receptions (XC-13.1)."""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import select

from contracts.refusals import RefusalCode
from services.chassis.access import anyone, listed_ids
from services.chassis.act import Act, Step, Tells
from services.chassis.clock import local_date
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.chassis.subject import SEALED
from services.inspection.acts.field_items import item_at, numbered
from services.inspection.acts.petition_subjects import (
    DIRECTOR,
    about_the_team,
    complained,
    direct_only,
    name_parties,
    route_for,
)
from services.inspection.acts.posts import (
    DEPUTY,
    LEADER,
    LIAISON,
    TAKES_PART,
    TEAM_LEADER,
    ids_in,
    not_in_the_future,
)
from services.inspection.acts.preparation import BEFORE_ENTRY, engagement_of
from services.inspection.acts.readers import CHANGE_LEDGER_KEEPERS, DESIGNEE
from services.inspection.domain.petition_codes import (
    PetitionChannel,
    PetitionRoute,
    SubjectPost,
    direct_scope,
)
from services.inspection.papers.petitions import (
    BoxEmptying,
    ComplaintSubject,
    DirectEntry,
    LoneReception,
    PetitionCorrection,
    PetitionEntry,
    ReceiverDesignation,
    Reception,
)
from services.inspection.papers.round import MembersSheet
from services.inspection.storage_petition import TeamPetition
from services.inspection.storage_round import Team
from services.inspection.storage_unit import Engagement

Entering = Performance[TeamPetition, PetitionEntry]
Designating = Performance[Engagement, ReceiverDesignation]
WHILE_RECEIVING = ("fieldwork", "withdrawal_prepared")
KEEPERS = tuple(anyone(one) for one in (LEADER, DEPUTY, LIAISON, DESIGNEE))


def designees_are_of_the_team(p: Designating) -> None:
    if set(p.paper.designee_ids) - set(ids_in(p.subject.staff_ids)):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="designee_ids", clauses=("XC-13.1a",))


def keep_designees(p: Designating) -> None:
    """From now on these know of the ledger as well; who is no longer among them, no more."""
    p.subject.designee_ids = listed_ids(dict.fromkeys(p.paper.designee_ids))
    p.session.flush()
    entries = select(TeamPetition).where(TeamPetition.engagement_id == p.subject.id).with_for_update()
    for entry in p.session.scalars(entries).all():
        perform_as_service(p.work, CHANGE_LEDGER_KEEPERS, MembersSheet(), entry)


DESIGNATE_RECEIVERS = Act(
    name="designate_receivers",
    zh="指定信访受理人员",
    en="Designate who receives petitions",
    clauses=("XC-13.1a",),
    on=Engagement,
    by=TEAM_LEADER,
    paper=ReceiverDesignation,
    when=(*BEFORE_ENTRY, "fieldwork"),
    guards=(designees_are_of_the_team,),
    effect=keep_designees,
)


def by_a_designee(p: Performance[TeamPetition, Any]) -> None:
    of = engagement_of(p)
    if p.work.actor.person_id not in ids_in(of.designee_ids):
        raise p.refuse(RefusalCode.WRONG_ROLE, clauses=("XC-13.1a",))
    if of.state not in WHILE_RECEIVING:
        raise p.refuse(RefusalCode.WRONG_STATE, field="engagement_id", clauses=("XC-13.1a",))


def one_entry_an_item(p: Entering) -> None:
    """Two letters in one envelope are two entries."""
    if p.paper.letters != 1:
        raise p.refuse(RefusalCode.OUT_OF_RANGE, field="letters", clauses=("XC-13.1b",))


def is_not_direct(p: Entering) -> None:
    route_for(p, engagement_of(p), p.paper)


STATE_OF_ROUTE = {PetitionRoute.RECEIVED_ONLY: "received_only"}


def entry(p: Performance[TeamPetition, Any], of: Engagement, **columns: Any) -> TeamPetition:
    return TeamPetition(
        **item_at(p, of, opened_on=p.paper.received_on, **columns),
        round_id=of.round_id,
        deputy_ids=of.deputy_ids,
        received_on=p.paper.received_on,
    )


def entered(p: Entering) -> TeamPetition:
    of, paper = engagement_of(p), p.paper
    route = route_for(p, of, paper)
    made = entry(
        p, of, state=STATE_OF_ROUTE.get(route, "registered"), no=numbered(p, of.team_id, "XF"),
        designee_ids=of.designee_ids, came_by=paper.channel.value, route_code=route.value,
    )  # fmt: skip
    made.liaison_id = liaison_of(p, of)
    made.before_roles = listed_ids([DIRECTOR]) if about_the_team(of, paper.subjects) else ""
    return made


def liaison_of(p: Performance[TeamPetition, Any], of: Engagement) -> str:
    """The team's liaison, as far as they work on the unit."""
    liaison = p.session.get_one(Team, of.team_id).liaison_id
    return liaison if liaison in ids_in(of.staff_ids) else ""


REGISTER_PETITION = Act(
    name="register_petition",
    zh="登记信访件",
    en="Enter a petition in the team's ledger",
    clauses=(
        *("XC-13.1a", "XC-13.1b", "XC-13.1c", "XC-13.1d", "XC-13.2e", "XC-13.2f", "XC-13.2g"),
        *("XC-7.3a", "XC-10.3a"),  # the ways in which it came: boxes, and what the announcement names
    ),
    on=TeamPetition,
    by=(TAKES_PART,),
    paper=PetitionEntry,
    new=entered,
    guards=(by_a_designee, not_in_the_future("received_on"), one_entry_an_item, is_not_direct),
    effect=lambda p: name_parties(p, p.paper.subjects),
)


def box_is_there(p: Performance[Engagement, BoxEmptying]) -> None:
    if not p.subject.site_complete:
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, clauses=("XC-7.3a",))


def enter_each(p: Performance[Engagement, BoxEmptying]) -> None:
    """What was in it and how much the ledger's keepers alone learn; the unit's file says that it was emptied."""
    for paper in p.paper.box_papers:
        complained_of = (
            (ComplaintSubject(person_id=paper.person_id, post=paper.post or SubjectPost.OTHER),)
            if paper.person_id or paper.post
            else ()
        )
        petition = PetitionEntry(
            engagement_id=p.subject.id,
            received_on=p.paper.received_on,
            channel=PetitionChannel.BOX,
            signed=paper.signed,
            subjects=complained_of,
            nature=paper.nature,
            important=paper.important,
            summary=paper.summary,
        )
        perform_as_service(p.work, REGISTER_PETITION, petition)


EMPTY_BOX = Act(
    name="empty_box",
    zh="开启意见箱",
    en="Empty a suggestion box: each paper is entered",
    clauses=("XC-7.3a", "XC-13.1b"),
    on=Engagement,
    by=(anyone(DESIGNEE),),
    paper=BoxEmptying,
    when=WHILE_RECEIVING,
    anytime=True,
    needs=(box_is_there,),
    guards=(not_in_the_future("received_on"),),
    effect=enter_each,
    keeps_paper=False,
)


def is_direct(p: Performance[TeamPetition, DirectEntry]) -> None:
    direct_only(p, engagement_of(p), p.paper.subjects)


def blind_entry(p: Performance[TeamPetition, DirectEntry]) -> TeamPetition:
    """Its serial comes from no series that others see the gaps of (ruling 9)."""
    return entry(
        p, engagement_of(p), state="direct_with_leader", no=blind_serial(), secrecy=SEALED, unit_id="",
        route_code=PetitionRoute.DIRECT.value,
    )  # fmt: skip


def blind_serial() -> str:
    return f"JS-{secrets.token_hex(6)}"


REGISTER_DIRECT = Act(
    name="register_direct_item",
    zh="登记径送件",
    en="Enter a direct item, blind",
    clauses=("XC-13.2a", "XC-13.2e", "XC-13.2f", "XC-13.2g"),
    on=TeamPetition,
    by=(TAKES_PART,),
    paper=DirectEntry,
    new=blind_entry,
    guards=(by_a_designee, not_in_the_future("received_on"), is_direct),
    effect=lambda p: name_parties(p, p.paper.subjects),
    tells=(Tells("", "direct_item_received", "XC-13.2a", person=lambda p: p.subject.leader_id),),
)


def its_engagement(p: Performance[TeamPetition, Any]) -> Engagement:
    return p.session.get_one(Engagement, p.subject.engagement_id)


def classed_anew(p: Performance[TeamPetition, PetitionCorrection]) -> None:
    """With its route; what turns out to be direct is from now on the leader's and the handler's alone."""
    of, paper, item = its_engagement(p), p.paper, p.subject
    name_parties(p, paper.subjects)
    known = [] if about_the_team(of, paper.subjects) else complained(p, of, paper.subjects)
    if any(direct_scope(one) for one in known):
        item.route_code, item.state, item.secrecy = PetitionRoute.DIRECT.value, "direct_with_leader", SEALED
        item.unit_id, item.came_by, item.handler_id = "", "", p.work.actor.person_id
        item.deputy_ids, item.liaison_id, item.designee_ids, item.before_roles = "", "", "", ""
        return
    route = route_for(p, of, paper)
    item.route_code, item.state = route.value, STATE_OF_ROUTE.get(route, "registered")
    item.before_roles = listed_ids([DIRECTOR]) if about_the_team(of, paper.subjects) else ""


CORRECT_ENTRY = Act(
    name="correct_entry",
    zh="更正信访台账",
    en="Correct an entry; the earlier one stays on file",
    clauses=("XC-13.1b", "XC-13.2a"),
    on=TeamPetition,
    by=(anyone(LEADER), anyone(DESIGNEE)),
    paper=PetitionCorrection,
    when=("registered", "received_only", "important_submitted"),
    anytime=True,
    effect=classed_anew,
)


def is_a_visit(p: Performance[TeamPetition, Any]) -> None:
    if p.subject.came_by != PetitionChannel.VISIT.value:
        raise p.refuse(RefusalCode.WRONG_STATE, clauses=("XC-13.1f",))


def received_by_two(p: Performance[TeamPetition, Reception]) -> None:
    """Of the team; one alone only with the leader's leave (`receive_alone`)."""
    there = set(p.paper.receiver_ids)
    if len(there) < 2 or there - set(ids_in(its_engagement(p).staff_ids)):
        raise p.refuse(RefusalCode.TWO_PERSON_RULE, field="receiver_ids", clauses=("XC-13.1f",))


def received_by_now(p: Performance[TeamPetition, Any]) -> None:
    if p.paper.received_at > p.work.now:
        raise p.refuse(RefusalCode.DATE_ORDER, field="received_at")


def note_reception(p: Performance[TeamPetition, Any]) -> None:
    p.subject.received_by_two = p.act.name == "record_reception"
    p.facts |= {"received_on": local_date(p.paper.received_at).isoformat()}


NOT_DIRECT = ("registered", "received_only", "important_submitted", "important_instructed")
RECORD_RECEPTION = Act(
    name="record_reception",
    zh="登记来访接待",
    en="Record how a visitor was received",
    clauses=("XC-13.1f",),
    on=TeamPetition,
    by=KEEPERS,
    paper=Reception,
    when=NOT_DIRECT,
    anytime=True,
    needs=(is_a_visit,),
    guards=(received_by_now, received_by_two),
    effect=note_reception,
)


def receiver_is_of_the_team(p: Performance[TeamPetition, LoneReception]) -> None:
    if p.paper.receiver_id not in ids_in(its_engagement(p).staff_ids):
        raise p.refuse(RefusalCode.TWO_PERSON_RULE, field="receiver_id", clauses=("XC-13.1f",))


RECEIVE_ALONE = Act(
    name="receive_alone",
    zh="报批一人接待来访",
    en="Have a reception by one person approved",
    clauses=("XC-13.1f",),
    on=TeamPetition,
    by=KEEPERS,
    paper=LoneReception,
    when=NOT_DIRECT,
    anytime=True,
    needs=(is_a_visit,),
    guards=(received_by_now, receiver_is_of_the_team),
    approvals=(Step(anyone(LEADER), "巡察组组长批准", "XC-13.1f", sole=True),),
    effect=note_reception,
)
ACTS: tuple[Act[Any, Any], ...] = (
    DESIGNATE_RECEIVERS,
    REGISTER_PETITION,
    EMPTY_BOX,
    REGISTER_DIRECT,
    CORRECT_ENTRY,
    RECORD_RECEPTION,
    RECEIVE_ALONE,
)
