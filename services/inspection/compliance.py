"""A round's compliance sheet: the open gaps of the round, its teams and units, and what is still to be recorded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from sqlalchemy import select, tuple_

from services.chassis.access import visible
from services.chassis.gaps import gap_line
from services.chassis.http import Context, Route, signed_in
from services.chassis.resources import item
from services.chassis.runtime import Kind
from services.chassis.standing import Standing, standings
from services.chassis.tables import Gap
from services.chassis.work import Work
from services.inspection.countdown import countdown
from services.inspection.domain.stages import TEAM_STAGES
from services.inspection.storage_after_feedback import Rectification
from services.inspection.storage_archive import ArchiveFile
from services.inspection.storage_named import KeyIssue
from services.inspection.storage_result import GroupHearing
from services.inspection.storage_round import Round, Team
from services.inspection.storage_unit import Engagement

Line = dict[str, Any]


def compliance(context: Context, work: Work, *, rounds: Kind) -> Any:
    """Gaps, records that are missing, and the countdown of a round, of all that its reader may know of."""
    of = item(context, work, rounds)
    teams = _of_round(work, Team, of)
    units = _of_round(work, Engagement, of)
    hearings = _of_round(work, GroupHearing, of)
    rectifications = _of_round(work, Rectification, of)
    items = [of, *teams, *units, *hearings, *_of_round(work, ArchiveFile, of), *rectifications]
    keys = [(one.KIND, one.id) for one in items]
    gaps = work.session.scalars(
        select(Gap)
        .where(tuple_(Gap.subject_kind, Gap.subject_id).in_(keys), Gap.filled_at.is_(None))
        .order_by(Gap.clause, Gap.subject_id, Gap.about)
    )
    named = {one.id: _named(work, one) for one in items}
    noted = [named[gap.subject_id] | gap_line(gap) for gap in gaps]
    missing = [
        named[line["item"]] | line
        for line in (
            *_open_of_round(work, of),
            *_open_of_teams(work, teams),
            *_open_of_units(work, units),
            *_unreported(rectifications),
        )
    ]
    return {
        "clauses": sorted({line["clause"] for line in (*noted, *missing)}),
        "gaps": noted,
        "open": missing,
        **countdown(work, of),
    }


def _named(work: Work, row: Any) -> Line:
    """The item that a line is about: its id, number, and the register in which it stands."""
    return {"item": row.id, "no": row.no, "path": work.runtime.kinds[row.KIND].path}


def _of_round(work: Work, model: Any, of: Round) -> Sequence[Any]:
    knows = work.runtime.kinds[model.KIND].knows
    query = select(model).where(model.round_id == of.id, visible(model, work.actor, knows))
    return work.session.scalars(query.order_by(model.no, model.id)).all()


def _open_of_round(work: Work, of: Round) -> Iterable[Line]:
    if any(one.state == "named" for one in _of_round(work, KeyIssue, of)):
        yield _line(of, "XC-32.5b", "书记点人点事尚未建立台账", "named by the secretary, not in the ledger")


def _open_of_teams(work: Work, teams: Sequence[Team]) -> Iterable[Line]:
    for team, standing in _with_standing(work, teams):
        if team.state in ("on_site", *TEAM_STAGES) and "record_branch_activity" not in standing.done:
            yield _line(team, "XC-3.2b", "临时党支部尚无活动记录", "no activity of the branch on record")


def _open_of_units(work: Work, units: Sequence[Engagement]) -> Iterable[Line]:
    for unit, standing in _with_standing(work, units):
        if unit.entered_on is None:
            continue
        if "file_statement" not in standing.done:
            yield _line(unit, "XC-10.1b", "表态发言尚未报备", "statement of position not filed")
        if "prove_circulation" not in standing.done:
            yield _line(unit, "XC-10.1a", "党内通报尚无佐证", "no proof of circulation")
        if not unit.logistics_recorded:
            yield _line(unit, "XC-7.3b", "后勤保障尚未登记", "logistics not recorded")
        if unit.open_items:
            yield _line(unit, "XC-7.1a", "进驻准备清单有未完成事项", "open items on the entry checklist")


def _unreported(rectifications: Sequence[Rectification]) -> Iterable[Line]:
    for one in rectifications:
        if one.life_held_on is not None and one.life_reported_on is None:
            yield _line(one, "XC-41.1c", "民主生活会情况尚未报送", "life meeting held and not reported")


def _with_standing(work: Work, rows: Sequence[Any]) -> Iterable[tuple[Any, Standing]]:
    return zip(rows, standings(work.session, rows).values(), strict=True)


def _line(row: Any, clause: str, zh: str, en: str) -> Line:
    return {"clause": clause, "item": row.id, "zh": zh, "en": en}


def routes(rounds: Kind) -> tuple[Route, ...]:
    return (
        Route(
            "GET",
            "/rounds/<id>/compliance",
            signed_in(partial(compliance, rounds=rounds)),
            ("合规情况", "compliance sheet"),
            clauses=("XC-3.2b", "XC-7.1a", "XC-7.3b", "XC-10.1a", "XC-10.1b", "XC-32.5b", "XC-41.1c"),
            on_item=lambda row: isinstance(row, Round),
        ),
    )
