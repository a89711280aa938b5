"""What a team has others check: declared matters of cadres (step 14), special checks by order (step 22)."""

from __future__ import annotations

from contracts.events.inspection_checks_asked import (
    SpecialCheckOrdered,
    SpotCheckApproved,
    SpotCheckReturned,
)
from contracts.refusals import RefusalCode
from services.chassis.access import listed_ids
from services.chassis.act import Act, Document, HandOn, Meets, Opens, Step, Tells
from services.chassis.performance import Performance
from services.chassis.subject import RESTRICTED
from services.inspection.acts.posts import (
    HEAD_OR_STANDING_DEPUTY,
    OFFICE,
    TAKES_PART,
    TEAM_HEADS,
    TEAM_LEADER,
    ids_in,
    not_in_the_future,
    persons_known,
)
from services.inspection.acts.preparation import engagement_of
from services.inspection.papers.asked import (
    SpecialCheckOrder,
    SpotCheckClosing,
    SpotCheckForm,
    SpotCheckForwarding,
    SpotCheckInstruction,
    SpotCheckList,
)
from services.inspection.storage_field import SpotCheckRequest
from services.inspection.storage_unit import Engagement

Proposing = Performance[SpotCheckRequest, SpotCheckList]
Returning = Performance[SpotCheckRequest, SpotCheckForm]


def by_the_leader(p: Proposing) -> None:
    of = engagement_of(p)
    if p.work.actor.person_id != of.leader_id:
        raise p.refuse(RefusalCode.WRONG_ROLE, clauses=("XC-14.1a",))
    if of.state != "fieldwork":
        raise p.refuse(RefusalCode.WRONG_STATE, field="engagement_id", clauses=("XC-14.1a",))


def each_has_post_and_reason(p: Proposing) -> None:
    for field in ("post", "reason"):
        if not all(getattr(line, field) for line in p.paper.lines):
            raise p.refuse(RefusalCode.MISSING_FIELD, field=f"lines.{field}", clauses=("XC-14.1a",))
    persons_known(p, tuple(line.person_id for line in p.paper.lines), "lines.person_id")


def proposed(p: Proposing) -> SpotCheckRequest:
    of = engagement_of(p)
    return SpotCheckRequest(
        id=p.work.new_id(), no="", state="proposed", version=0, secrecy=RESTRICTED, office_id=of.office_id,
        unit_id=of.unit_id, registrar_id="", handler_id=of.leader_id, liaison_office_id="", addressee_id="",
        opened_on=p.today, changed_at=p.work.now, engagement_id=of.id, round_id=of.round_id, team_id=of.team_id,
        leader_id=of.leader_id, listed_persons=listed_ids(dict.fromkeys(one.person_id for one in p.paper.lines)),
    )  # fmt: skip


def recuse_the_listed(p: Proposing) -> None:
    for person in ids_in(p.subject.listed_persons):
        p.add_party(person)


PROPOSE_SPOT_CHECKS = Act(
    name="propose_spot_checks",
    zh="提出抽查对象",
    en="Propose whom to spot-check",
    clauses=("XC-14.1a", "XC-14.1b"),
    on=SpotCheckRequest,
    by=(TAKES_PART,),
    paper=SpotCheckList,
    new=proposed,
    becomes="proposed",
    guards=(by_the_leader, each_has_post_and_reason),
    effect=recuse_the_listed,
    tells=(
        Tells("inspection_office", "spot_check_proposed", "XC-14.1b", office=lambda p: p.subject.office_id),
    ),
)


def through_the_office(p: Performance[SpotCheckRequest, SpotCheckForwarding]) -> None:
    """The team does not go to the head by itself; asked again when the head decides."""
    if p.work.actor.person_id == p.subject.leader_id and not OFFICE[0].has_role(p.work.actor):
        raise p.refuse(RefusalCode.WRONG_ROUTE, clauses=("XC-14.1b",))


def note_approval(p: Performance[SpotCheckRequest, SpotCheckForwarding]) -> None:
    p.subject.approved_by, p.subject.approved_on = p.approver, p.today


FORWARD_LIST = Act(
    name="forward_spot_checks",
    zh="报批抽查核实名单",
    en="Have the list approved",
    clauses=("XC-14.1b",),
    on=SpotCheckRequest,
    by=(*OFFICE, *TEAM_LEADER),
    paper=SpotCheckForwarding,
    when=("proposed",),
    becomes="approved",
    approvals=(Step(HEAD_OR_STANDING_DEPUTY, "领导小组组长或常务副组长批准", "XC-14.1b"),),
    needs=(through_the_office,),
    effect=note_approval,
    opens=(Opens("XC-14.2a", "act_within", "inspection_office_director", lambda p: p.today),),
)


def note_sending(p: Performance[SpotCheckRequest, SpotCheckInstruction]) -> None:
    p.subject.sent_on = p.today


SEND_LIST = Act(
    name="send_spot_checks",
    zh="函送组织部",
    en="Send the list to the organisation department",
    clauses=("XC-14.2a",),
    on=SpotCheckRequest,
    by=OFFICE,
    paper=SpotCheckInstruction,
    when=("approved",),
    otherwise={"proposed": RefusalCode.APPROVAL_REQUIRED},
    becomes="sent",
    documents=(Document("spot_check_instruction", "批示件(复印件)", "XC-14.2a"),),
    effect=note_sending,
    meets=(Meets("XC-14.2a"),),
    hands_on=(
        HandOn(
            SpotCheckApproved,
            lambda p: SpotCheckApproved(
                round_id=p.subject.round_id,
                team_id=p.subject.team_id,
                list_id=p.subject.id,
                approved_by=p.subject.approved_by,
                approved_on=p.subject.approved_on,
            ),
        ),
    ),
)


def is_on_the_list(p: Returning) -> None:
    if not p.paper.through_office:
        raise p.refuse(RefusalCode.WRONG_ROUTE, field="through_office", clauses=("XC-14.2b",))
    if p.paper.person_id not in ids_in(p.subject.listed_persons):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="person_id", clauses=("XC-14.2b",))


def keep_form(p: Returning) -> None:
    back = dict.fromkeys([*ids_in(p.subject.checked_persons), p.paper.person_id])
    p.subject.checked_persons = listed_ids(back)
    if p.paper.suspected_breach:
        suspected = dict.fromkeys([*ids_in(p.subject.suspected_persons), p.paper.person_id])
        p.subject.suspected_persons = listed_ids(suspected)
    p.facts |= {"suspected_breach": p.paper.suspected_breach}


RETURN_FORM = Act(
    name="return_spot_check_form",
    zh="登记抽查核实情况表",
    en="File a result form",
    clauses=("XC-14.2b",),
    on=SpotCheckRequest,
    by=OFFICE,
    paper=SpotCheckForm,
    when=("sent",),
    guards=(not_in_the_future("received_on"), is_on_the_list),
    effect=keep_form,
    opens=(
        Opens(
            "XC-14.3a",
            "act_within",
            "inspection_team",
            lambda p: p.paper.received_on,
            owed_person=lambda p: p.subject.leader_id,
            only_if=lambda p: p.paper.suspected_breach and not p.standing.clock_is_open("XC-14.3a"),
        ),
    ),
    hands_on=(
        HandOn(
            SpotCheckReturned,
            lambda p: SpotCheckReturned(
                list_id=p.subject.id,
                form_id=p.filed.id if p.filed else p.subject.id,
                returned_on=p.paper.received_on,
            ),
        ),
    ),
    tells=(Tells("", "spot_check_returned", "XC-14.2b", person=lambda p: p.subject.leader_id),),
)


def every_form_is_back(p: Performance[SpotCheckRequest, SpotCheckClosing]) -> None:
    if set(ids_in(p.subject.listed_persons)) - set(ids_in(p.subject.checked_persons)):
        raise p.refuse(RefusalCode.MISSING_DOCUMENT, clauses=("XC-14.2b",))


CLOSE_SPOT_CHECKS = Act(
    name="close_spot_checks",
    zh="结束抽查核实",
    en="Close the spot check",
    clauses=("XC-14.2b",),
    on=SpotCheckRequest,
    by=(*OFFICE, *TEAM_LEADER),
    paper=SpotCheckClosing,
    when=("sent",),
    becomes="closed",
    needs=(every_form_is_back,),
)


def is_ordered_and_led(p: Performance[Engagement, SpecialCheckOrder]) -> None:
    """By the county committee; under the single lead of the team leader."""
    if not p.paper.order_no or not p.attached.get("county_committee_order"):
        raise p.refuse(RefusalCode.APPROVAL_REQUIRED, field="order_no", clauses=("XC-22.0a",))
    if p.paper.head_id != p.subject.leader_id:
        raise p.refuse(RefusalCode.WRONG_ROLE, field="head_id", clauses=("XC-22.0b",))


def note_topic(p: Performance[Engagement, SpecialCheckOrder]) -> None:
    topics = dict.fromkeys([*ids_in(p.subject.special_topics), p.paper.topic.value])
    p.subject.special_topics = listed_ids(topics)


OPEN_SPECIAL_CHECK = Act(
    name="open_special_check",
    zh="开展专项检查",
    en="Open a special check",
    clauses=("XC-22.0a", "XC-22.0b"),
    on=Engagement,
    by=(*OFFICE, *TEAM_HEADS),
    paper=SpecialCheckOrder,
    when=("fieldwork",),
    anytime=True,
    documents=(Document("county_committee_order", "县委批准件(扫描)", "XC-22.0a", required=False),),
    guards=(is_ordered_and_led,),
    effect=note_topic,
    hands_on=(
        HandOn(
            SpecialCheckOrdered,
            lambda p: SpecialCheckOrdered(
                round_id=p.subject.round_id, unit_id=p.subject.unit_id, topic=p.paper.topic.value
            ),
        ),
    ),
)
ACTS = (
    PROPOSE_SPOT_CHECKS,
    FORWARD_LIST,
    SEND_LIST,
    RETURN_FORM,
    CLOSE_SPOT_CHECKS,
    OPEN_SPECIAL_CHECK,
)
