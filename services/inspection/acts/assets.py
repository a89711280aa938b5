"""Classified carriers have a holder from issue to return (XC-3.3d)."""

from __future__ import annotations

from sqlalchemy import select

from contracts.refusals import RefusalCode
from services.chassis.access import anyone
from services.chassis.act import Act, Warns
from services.chassis.performance import Performance
from services.chassis.subject import RESTRICTED
from services.inspection.acts.engagement import known_team, require_mandate
from services.inspection.acts.posts import (
    LEADER,
    LIAISON,
    RECORDER,
    TAKES_PART,
    ids_in,
    not_in_the_future,
)
from services.inspection.domain.codes import AssetType
from services.inspection.papers.people import AssetIssue, AssetReturn
from services.inspection.storage_round import Team
from services.inspection.storage_unit import Asset

Issuing = Performance[Asset, AssetIssue]
KEEPERS = (anyone(LEADER), anyone(LIAISON), anyone(RECORDER))


def by_who_keeps_them(p: Issuing) -> None:
    """Leader, liaison, or the person designated to keep the minutes and carriers."""
    team, actor = known_team(p), p.work.actor.person_id
    if actor not in (team.leader_id, team.liaison_id, team.recorder_id):
        raise p.refuse(RefusalCode.WRONG_ROLE, clauses=("XC-3.3d",))
    require_mandate(p, team)


def has_a_holder(p: Issuing) -> None:
    if not p.paper.holder_id:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="holder_id", clauses=("XC-3.3d",))
    if p.paper.holder_id not in ids_in(known_team(p).staff_ids):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="holder_id", clauses=("XC-3.3d",))


def is_issued_once(p: Issuing) -> None:
    same = select(Asset.id).where(Asset.team_id == p.paper.team_id, Asset.asset_no == p.paper.asset_no)
    if p.session.scalars(same).first() is not None:
        raise p.refuse(RefusalCode.DUPLICATE, field="asset_no", clauses=("XC-3.3d",))


def issued(p: Issuing) -> Asset:
    team, paper = known_team(p), p.paper
    return Asset(
        id=p.work.new_id(), no=paper.asset_no, state="issued", version=0, secrecy=RESTRICTED,
        office_id=team.office_id, registrar_id=p.work.actor.person_id, handler_id=paper.holder_id, unit_id="",
        liaison_office_id="", addressee_id="", opened_on=p.today, changed_at=p.work.now, round_id=team.round_id,
        team_id=team.id, leader_id=team.leader_id, liaison_id=team.liaison_id, recorder_id=team.recorder_id,
        asset_no=paper.asset_no, type_code=paper.type_code.value, level_code=paper.level_code.value,
    )  # fmt: skip


def holder_without_education(p: Issuing) -> tuple[str, ...]:
    team = p.session.get_one(Team, p.subject.team_id)
    return () if p.subject.handler_id in ids_in(team.secured_ids) else (p.subject.handler_id,)


ISSUE_ASSET = Act(
    name="issue_asset",
    zh="发放涉密载体",
    en="Issue a classified carrier",
    clauses=("XC-3.3d", "XC-3.3a"),
    on=Asset,
    by=(TAKES_PART,),
    paper=AssetIssue,
    new=issued,
    becomes="issued",
    guards=(by_who_keeps_them, has_a_holder, is_issued_once),
    warns=(Warns("XC-3.3a", holder_without_education),),
)


def not_before_issue(p: Performance[Asset, AssetReturn]) -> None:
    if p.paper.returned_on < p.subject.opened_on:
        raise p.refuse(RefusalCode.DATE_ORDER, field="returned_on")


def is_wiped_first(p: Performance[Asset, AssetReturn]) -> None:
    """Borrowed equipment is cleared of secrets before it goes back."""
    if p.subject.type_code not in (AssetType.COMPUTER.value, AssetType.STORAGE.value):
        return
    if p.paper.wiped_on is None:
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, field="wiped_on", clauses=("XC-28.2b",))
    if p.paper.wiped_on > p.paper.returned_on:
        raise p.refuse(RefusalCode.WRONG_STATE, field="wiped_on", clauses=("XC-28.2b",))


def note_return(p: Performance[Asset, AssetReturn]) -> None:
    p.subject.returned_on = p.paper.returned_on


RETURN_ASSET = Act(
    name="return_asset",
    zh="归还涉密载体",
    en="A classified carrier comes back",
    clauses=("XC-3.3d", "XC-28.2b"),
    on=Asset,
    by=KEEPERS,
    paper=AssetReturn,
    when=("issued",),
    becomes="returned",
    guards=(not_in_the_future("returned_on"), not_before_issue, is_wiped_first),
    effect=note_return,
)
ACTS = (ISSUE_ASSET, RETURN_ASSET)
