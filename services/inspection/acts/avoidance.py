"""Who must step aside says so, and the office adjusts the teams (XC-2.3)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.events.inspection_rounds import (
    RecusalDecided,
    RecusalDeclared,
    SecondmentReplacementRequested,
)
from contracts.refusals import RefusalCode
from services.chassis.access import visible
from services.chassis.act import Act, HandOn, Meets, Opens, Tells
from services.chassis.perform import perform_as_service, unnamed
from services.chassis.performance import Performance
from services.chassis.subject import RESTRICTED
from services.inspection.acts.posts import (
    OFFICE,
    STAFF,
    TAKES_PART,
    ids_in,
    round_of,
    team_of,
    units_known,
)
from services.inspection.acts.readers import change_staff
from services.inspection.acts.roster import change_members
from services.inspection.acts.standing_to_units import relations_of
from services.inspection.domain.codes import AvoidanceRelation, AvoidanceResult
from services.inspection.domain.team_rules import must_avoid
from services.inspection.papers.people import AvoidanceApplication, AvoidanceDecision
from services.inspection.papers.round import MembersSheet
from services.inspection.storage_round import Avoidance, Cadre, Round, Team
from services.inspection.storage_unit import Engagement

Declaring = Performance[Avoidance, AvoidanceApplication]
Deciding = Performance[Avoidance, AvoidanceDecision]


def team_in(p: Performance[Any, Any], round_id: str, person_id: str) -> Team | None:
    """The person's team of the round, locked, or None."""
    query = select(Team).where(Team.round_id == round_id).order_by(Team.team_no).with_for_update()
    return next((t for t in p.session.scalars(query) if person_id in ids_in(t.staff_ids)), None)


def cadre_in(p: Performance[Any, Any], round_id: str, person_id: str) -> Cadre | None:
    query = select(Cadre).where(Cadre.round_id == round_id, Cadre.person_id == person_id)
    return p.session.scalars(query.with_for_update()).one_or_none()


def takes_part_in_the_round(p: Declaring) -> None:
    """Cadres on its roster, leaders and deputies. Who knows of the round without them is told so.

    For everybody else it does not exist, and nothing of it is locked.
    """
    actor, of = p.work.actor, p.paper.round_id
    cadre = select(Cadre.id).where(Cadre.round_id == of, Cadre.person_id == actor.person_id)
    team = select(Team.id).where(Team.round_id == of, STAFF.where(Team, actor))
    if any(p.session.scalars(query.limit(1)).first() for query in (cadre, team)):
        return
    knows = p.work.runtime.kinds[Round.KIND].knows
    known = p.session.scalars(select(Round.id).where(Round.id == of, visible(Round, actor, knows))).first()
    raise p.refuse(RefusalCode.WRONG_ROLE if known else RefusalCode.UNKNOWN_REFERENCE, field="round_id")


def says_what_it_is_about(p: Declaring) -> None:
    if p.paper.relation is AvoidanceRelation.OTHER:
        if not p.paper.other_matter:
            raise p.refuse(RefusalCode.MISSING_FIELD, field="other_matter", clauses=("XC-2.3b",))
    else:
        for field in ("unit_id", "post_or_work"):
            if not getattr(p.paper, field):
                raise p.refuse(RefusalCode.MISSING_FIELD, field=field, clauses=("XC-2.3b",))
    if p.paper.unit_id:
        units_known(p, (p.paper.unit_id,), "unit_id")


def declared(p: Declaring) -> Avoidance:
    paper, actor, of = p.paper, p.work.actor, round_of(p, p.paper.round_id)
    return Avoidance(
        id=p.work.new_id(), no="", state="declared", version=0, secrecy=RESTRICTED, office_id=of.office_id,
        registrar_id=actor.person_id, handler_id="", unit_id=paper.unit_id, liaison_office_id="", addressee_id="",
        opened_on=p.today, changed_at=p.work.now, round_id=of.id, person_id=actor.person_id, declared_on=p.today,
        late=of.mobilised_on is not None and p.today > of.mobilised_on,
    )  # fmt: skip


def close_the_units_files(p: Declaring) -> None:
    """From now on the unit's files are closed to the applicant, until the office has decided (XC-2.3c).

    The application is the office's to know: in the files stands that who works on them changed, not who nor why.
    """
    of = round_of(p, p.paper.round_id)
    if p.subject.late and of.mobilised_on is not None:
        p.facts |= {"days_late": (p.today - of.mobilised_on).days}
    for item in _files(p, of.id, p.subject.unit_id):
        if p.subject.person_id in ids_in(item.staff_ids):
            with unnamed(p.work):
                change_staff(p, item, MembersSheet(leaves=p.subject.person_id))


def _files(p: Performance[Any, Any], round_id: str, unit_id: str) -> list[Engagement]:
    query = select(Engagement).where(Engagement.round_id == round_id, Engagement.unit_id == unit_id)
    return list(p.session.scalars(query.with_for_update()))


DECLARE_AVOIDANCE = Act(
    name="declare_avoidance",
    zh="申请回避",
    en="Declare what I must avoid",
    clauses=("XC-2.3a", "XC-2.3b"),
    on=Avoidance,
    by=(TAKES_PART,),
    paper=AvoidanceApplication,
    new=declared,
    becomes="declared",
    guards=(takes_part_in_the_round, says_what_it_is_about),
    effect=close_the_units_files,
    opens=(Opens("XC-2.3c", "act_within", "inspection_office", lambda p: p.today),),
    hands_on=(
        HandOn(
            RecusalDeclared,
            lambda p: RecusalDeclared(
                round_id=p.subject.round_id, cadre_id=p.subject.person_id, declared_on=p.today
            ),
        ),
    ),
    tells=(
        Tells("inspection_office", "avoidance_to_decide", "XC-2.3c", office=lambda p: p.subject.office_id),
    ),
)


def not_on_an_own_matter(p: Performance[Avoidance, Any]) -> None:
    if p.work.actor.person_id == p.subject.person_id:
        raise p.refuse(RefusalCode.CONFLICT_OF_INTEREST, clauses=("XC-2.3c",))


def new_team(p: Deciding) -> Team:
    """Locked; of the same round, visible, and without a unit that the cadre must avoid."""
    knows = p.work.runtime.kinds[Team.KIND].knows
    asked = select(Team.id).where(Team.id == p.paper.new_team_id, visible(Team, p.work.actor, knows))
    if p.session.scalars(asked).one_or_none() is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="new_team_id")
    return team_of(p, p.paper.new_team_id, "new_team_id")


def is_a_whole_decision(p: Deciding) -> None:
    if p.paper.result_code is AvoidanceResult.KEPT and not p.paper.reason:
        raise p.refuse(RefusalCode.MISSING_REASON, field="reason", clauses=("XC-2.3c",))
    if p.paper.result_code is not AvoidanceResult.MOVED:
        return
    if not p.paper.new_team_id:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="new_team_id", clauses=("XC-2.3c",))
    team = new_team(p)
    if team.round_id != p.subject.round_id:
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="new_team_id", clauses=("XC-2.3c",))
    avoid = {p.subject.unit_id} & set(ids_in(team.unit_ids))
    units = ids_in(team.unit_ids)
    relations = relations_of(p.session, (p.subject.person_id,), units)
    if avoid or must_avoid(relations, p.subject.person_id, units, "XC-2.3c"):
        raise p.refuse(RefusalCode.CONFLICT_OF_INTEREST, field="new_team_id", clauses=("XC-2.3c",))


def leads_no_team(p: Deciding) -> None:
    """A leader or deputy stands in the approved plan: their team gets a new plan, not another member."""
    old = team_in(p, p.subject.round_id, p.subject.person_id)
    leads = old is not None and p.subject.person_id in (old.leader_id, *ids_in(old.deputy_ids))
    if leads and p.paper.result_code is not AvoidanceResult.KEPT:
        raise p.refuse(RefusalCode.APPROVAL_REQUIRED, field="result_code", clauses=("XC-2.3c", "XC-1.1g"))


def asked_for_again(p: Deciding) -> bool:
    """Whether another application of the same person for the same unit stands: it keeps the files closed."""
    item = p.subject
    others = select(Avoidance.id).where(
        Avoidance.person_id == item.person_id,
        Avoidance.unit_id == item.unit_id,
        Avoidance.id != item.id,
        Avoidance.result_code != AvoidanceResult.KEPT.value,
    )
    return p.session.scalars(others.limit(1)).first() is not None


def open_the_units_files(p: Deciding, team: Team) -> None:
    """Again, to one who is kept."""
    for one in _files(p, p.subject.round_id, p.subject.unit_id):
        if one.team_id == team.id:
            with unnamed(p.work):
                change_staff(p, one, MembersSheet(joins=p.subject.person_id))


def adjust(p: Deciding) -> None:
    """Move, release or keep the cadre."""
    item, cadre = p.subject, cadre_in(p, p.subject.round_id, p.subject.person_id)
    old = team_in(p, item.round_id, item.person_id)
    item.result_code = p.paper.result_code.value
    p.known["old_team"] = old.id if old else ""
    if p.paper.result_code is AvoidanceResult.KEPT:
        if old is not None and not asked_for_again(p):
            open_the_units_files(p, old)
        return
    if old is not None:
        change_members(p, old, leaves=item.person_id)
    moved_to = new_team(p) if p.paper.result_code is AvoidanceResult.MOVED else None
    if moved_to is not None:
        change_members(p, moved_to, joins=item.person_id)
    if cadre is not None:
        perform_as_service(p.work, PLACE_CADRE, CadrePlace(team_id=moved_to.id if moved_to else ""), cadre)


class CadrePlace(MembersSheet):
    """Where the office put the cadre; empty: nowhere, they leave the round."""

    ZH = "抽调干部调整"
    EN = "a cadre is moved"
    team_id: str = ""


def place(p: Performance[Cadre, CadrePlace]) -> None:
    p.subject.team_id = p.paper.team_id
    p.subject.state = "active" if p.paper.team_id else "released"


PLACE_CADRE = Act(
    name="place_cadre",
    zh="调整抽调干部",
    en="A cadre is moved or released",
    clauses=("XC-2.3c",),
    on=Cadre,
    by=(),
    paper=CadrePlace,
    effect=place,
)

DECIDE_AVOIDANCE = Act(
    name="decide_avoidance",
    zh="作出回避调整",
    en="Decide on an avoidance",
    clauses=("XC-2.3c",),
    on=Avoidance,
    by=OFFICE,
    paper=AvoidanceDecision,
    when=("declared",),
    becomes="decided",
    needs=(not_on_an_own_matter,),
    guards=(is_a_whole_decision, leads_no_team),
    effect=adjust,
    meets=(Meets("XC-2.3c"),),
    hands_on=(
        HandOn(
            RecusalDecided,
            lambda p: RecusalDecided(
                round_id=p.subject.round_id,
                cadre_id=p.subject.person_id,
                old_team=p.known["old_team"],
                new_team=p.paper.new_team_id if p.paper.result_code is AvoidanceResult.MOVED else "",
                decided_on=p.today,
            ),
        ),
        HandOn(
            SecondmentReplacementRequested,
            lambda p: SecondmentReplacementRequested(
                round_id=p.subject.round_id, cadre_id=p.subject.person_id, reason_code="avoidance"
            ),
            only_if=lambda p: p.paper.result_code is AvoidanceResult.REPLACED,
        ),
    ),
    tells=(Tells("", "avoidance_decided", "XC-2.3c", person=lambda p: p.subject.person_id),),
)
ACTS = (DECLARE_AVOIDANCE, DECIDE_AVOIDANCE, PLACE_CADRE)
