"""What items of a team's work at a unit begin with."""

from __future__ import annotations

from typing import Any

from services.chassis.performance import Performance
from services.chassis.subject import RESTRICTED
from services.inspection.storage_round import Team
from services.inspection.storage_unit import Engagement

AnyItem = Performance[Any, Any]


def item_at(p: AnyItem, of: Engagement, **columns: Any) -> dict[str, Any]:
    """The columns with which an item of an engagement is opened; `columns` come before them."""
    return {
        "id": p.work.new_id(),
        "no": "",
        "version": 0,
        "secrecy": RESTRICTED,
        "office_id": of.office_id,
        "liaison_office_id": "",
        "unit_id": of.unit_id,
        "registrar_id": p.work.actor.person_id,
        "handler_id": p.work.actor.person_id,
        "addressee_id": "",
        "opened_on": p.today,
        "changed_at": p.work.now,
        "engagement_id": of.id,
        "team_id": of.team_id,
        "leader_id": of.leader_id,
    } | columns


def numbered(p: AnyItem, team_id: str, series: str) -> str:
    """The next number of a team's series, such as `XC-2026-1-1-L003`: no other team sees its gaps."""
    team = p.session.get_one(Team, team_id)
    return f"{team.no}-{series}{p.work.next_number(f'{series}/{team.id}'):03d}"
