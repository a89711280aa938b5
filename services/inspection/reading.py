"""What a member of a team needs before they read what is restricted: the pledge of this round (XC-3.3b)."""

from __future__ import annotations

from typing import Any

from contracts.refusals import Refusal, RefusalCode
from services.chassis.work import Work
from services.inspection.acts.posts import ids_in
from services.inspection.storage_field import Material
from services.inspection.storage_round import Team
from services.inspection.storage_unit import Engagement, KeyTalk


def copy_entered(work: Work, row: Material) -> dict[str, str]:
    """The copies that this person may take of classified material; Refusal(ACCESS_DENIED) without one (XC-28.3e)."""
    if not row.classified:
        return {}
    person = work.actor.person_id
    numbers = [one.partition("/")[2] for one in ids_in(row.copies) if one.partition("/")[0] == person]
    if not numbers:
        raise Refusal(RefusalCode.ACCESS_DENIED, clauses=("XC-28.3e",))
    return {"copy": numbers[-1]}


def pledged(work: Work, row: Any) -> None:
    """Raises Refusal(MISSING_SIGNATURE) for a member who has not signed; others are asked for nothing here.

    Refusal(ACCESS_DENIED) for one who has said that they hold nothing any more (XC-28.3e).
    """
    of = work.session.get_one(Engagement, row.engagement_id) if isinstance(row, KeyTalk) else row
    team, person = work.session.get_one(Team, of.team_id), work.actor.person_id
    if person in ids_in(team.zero_ids):
        raise Refusal(RefusalCode.ACCESS_DENIED, clauses=("XC-28.3e",))
    if person in ids_in(team.staff_ids) and person not in ids_in(team.pledged_ids):
        raise Refusal(RefusalCode.MISSING_SIGNATURE, clauses=("XC-3.3b",))
