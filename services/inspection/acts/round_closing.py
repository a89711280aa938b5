"""A round is closed when all that ran side by side at its end is done (machine *round*, its last transition)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select

from contracts.refusals import RefusalCode
from services.chassis.act import Act, Warns
from services.chassis.perform import AnyAct, perform_as_service
from services.chassis.performance import Performance
from services.inspection.acts.authority import end_authority, stand_to_it_no_more
from services.inspection.acts.posts import OFFICE, ids_in
from services.inspection.papers.rectification_summary import AuthorityEnd, RoundClosing
from services.inspection.storage_after_feedback import Rectification
from services.inspection.storage_archive import ArchiveFile
from services.inspection.storage_conduct import ConductAssessment
from services.inspection.storage_field import FoundClue
from services.inspection.storage_handing import IssueTransfer
from services.inspection.storage_leaving import ReferralSlip
from services.inspection.storage_named import KeyIssue
from services.inspection.storage_round import Round, Team
from services.inspection.storage_unit import Engagement

Closing = Performance[Round, RoundClosing]


@dataclass(frozen=True)
class Condition:
    """What of a round's is still to be done, by the clause that asks for it."""

    clause: str
    on: type[Any]
    is_open: ColumnElement[bool]
    zh: str
    en: str


ACCEPTED = exists().where(ArchiveFile.engagement_id == Engagement.id, ArchiveFile.state == "accepted")
LEFT = ("transferred", "kept_on_record")
CONDITIONS = (
    Condition(
        "XC-32.5b", KeyIssue, KeyIssue.state == "named", "书记点人点事未建立台账", "named, not in the ledger"
    ),
    Condition(
        "XC-34.4b",
        ConductAssessment,
        ConductAssessment.state != "reported",
        "作风纪律测评结果未报领导小组",
        "assessment of a team's conduct not reported",
    ),
    Condition("XC-37.3b", FoundClue, FoundClue.state.not_in(LEFT), "问题线索未移交", "clues not handed over"),
    Condition(
        "XC-38.0a",
        IssueTransfer,
        IssueTransfer.state != "answered",
        "移交其他问题,部门未回复",
        "problems that their department has not answered",
    ),
    Condition(
        "XC-39.0c",
        ReferralSlip,
        ReferralSlip.state != "referred",
        "信访转办单未移交信访室",
        "slips of petitions not passed on",
    ),
    Condition(
        "XC-44.0a",
        Rectification,
        Rectification.state.not_in(("summarised", "followed_up")),
        "被巡察党组织整改未完成",
        "units whose rectification goes on",
    ),
    Condition(
        "XC-45.0a",
        Rectification,
        Rectification.visit_on.is_not(None),
        "跟踪回访未登记",
        "follow-up visits not recorded",
    ),
    Condition("XC-47.0b", Engagement, ~ACCEPTED, "巡察档案未验收", "archives of units not accepted"),
)
"""The guards of the machine's last transition, with the states in which nothing of a kind is open any more.

The ledgers of clues and of what the secretary named outlive the round: that a line is in them is all that is asked for.
"""


def _of_round(p: Closing, model: type[Any]) -> ColumnElement[bool]:
    if hasattr(model, "round_id"):
        of_round: ColumnElement[bool] = model.round_id == p.subject.id
        return of_round
    units = select(Engagement.id).where(Engagement.round_id == p.subject.id)
    in_its_units: ColumnElement[bool] = model.engagement_id.in_(units)
    return in_its_units


def _still_open(p: Closing, condition: Condition) -> bool:
    count = select(func.count()).select_from(condition.on)
    return bool(p.session.scalar(count.where(_of_round(p, condition.on), condition.is_open)))


def nothing_is_open(p: Closing) -> None:
    """All that is open is named at once, by what it is: not which and how many, for some of it is another's book."""
    found = [(one.clause, one.zh, one.en) for one in CONDITIONS if _still_open(p, one)]
    if any(set(ids_in(team.staff_ids)) - set(ids_in(team.zero_ids)) for team in teams_of(p)):
        found.append(("XC-28.3d", "有人未签署“零持有”报告", "zero-holding statements not signed"))
    if found:
        clauses, zh, en = zip(*sorted(found), strict=True)
        refusal = p.refuse(RefusalCode.ITEMS_OUTSTANDING, clauses=clauses)
        refusal.detail_zh = f"本轮尚有未办结事项:{'、'.join(zh)}"
        refusal.detail_en = f"Of this round there are still: {', '.join(en)}"
        raise refusal


def teams_of(p: Closing) -> list[Team]:
    query = select(Team).where(Team.round_id == p.subject.id).order_by(Team.id)
    return list(p.session.scalars(query.with_for_update()))


def units_of(p: Closing, team: Team) -> list[Engagement]:
    query = select(Engagement).where(Engagement.team_id == team.id).order_by(Engagement.id)
    return list(p.session.scalars(query.with_for_update()))


def conduct_missing(p: Performance[Engagement, Any]) -> tuple[str, ...]:
    assessed = select(ConductAssessment.id).where(ConductAssessment.engagement_id == p.subject.id)
    return () if p.session.scalars(assessed).first() is not None else ("",)


def destruction_missing(p: Performance[Engagement, Any]) -> tuple[str, ...]:
    """Whether there was anything left to destroy no text says: who closes the round is told that no list is there."""
    destroyed = select(ArchiveFile.id).where(
        ArchiveFile.engagement_id == p.subject.id, ArchiveFile.residue_destroyed_on.is_not(None)
    )
    return () if p.session.scalars(destroyed).first() is not None else ("",)


CLOSE_ENGAGEMENT = Act(
    name="close_with_round",
    zh="随本轮办结",
    en="Closed with its round",
    clauses=("XC-1.3d", "XC-34.4a", "XC-47.0b", "XC-47.0c"),
    on=Engagement,
    by=(),
    paper=AuthorityEnd,
    becomes="closed",
    effect=stand_to_it_no_more,
    warns=(Warns("XC-34.4a", conduct_missing), Warns("XC-47.0c", destruction_missing)),
    keeps_paper=False,
)
DISSOLVE_TEAM = Act(
    name="dissolve_team",
    zh="巡察组解散",
    en="The team is dissolved",
    clauses=("XC-1.3d", "XC-28.3d", "XC-47.0b"),
    on=Team,
    by=(),
    paper=AuthorityEnd,
    when=("feedback_delivered",),
    becomes="dissolved",
    effect=stand_to_it_no_more,
    keeps_paper=False,
)
CLOSE_RECTIFICATION = Act(
    name="close_with_round",
    zh="整改随本轮办结",
    en="Rectification closed with its round",
    clauses=("XC-44.0a", "XC-45.0a"),
    on=Rectification,
    by=(),
    paper=RoundClosing,
    when=("summarised", "followed_up"),
    becomes="closed",
    keeps_paper=False,
)


def close_all(p: Closing) -> None:
    """Units, rectifications and teams with it; from then on nobody stands to an item as somebody of a team."""
    for team in teams_of(p):
        units = units_of(p, team)
        sheet = end_authority(p, team, units)
        for unit in units:
            perform_as_service(p.work, CLOSE_ENGAGEMENT, sheet, unit)
        perform_as_service(p.work, DISSOLVE_TEAM, sheet, team)
    query = select(Rectification).where(Rectification.round_id == p.subject.id).order_by(Rectification.id)
    for one in p.session.scalars(query.with_for_update()):
        perform_as_service(p.work, CLOSE_RECTIFICATION, p.paper, one)


CLOSE_ROUND = Act(
    name="close_round",
    zh="办结本轮巡察",
    en="Close the round",
    clauses=(*(one.clause for one in CONDITIONS), "XC-28.3d", "XC-1.3d", "XC-34.4a"),
    on=Round,
    by=OFFICE,
    paper=RoundClosing,
    when=("summarised",),
    becomes="closed",
    guards=(nothing_is_open,),
    effect=close_all,
)
ACTS: tuple[AnyAct, ...] = (CLOSE_ROUND, CLOSE_ENGAGEMENT, DISSOLVE_TEAM, CLOSE_RECTIFICATION)
