"""The kinds and acts of a team's petitions, for the service's definition (step 13)."""

from __future__ import annotations

from typing import Any

from contracts.refusals import Refusal, RefusalCode
from services.chassis.access import ADDRESSEE, Knows, anyone
from services.chassis.act import Act
from services.chassis.http import Context, Route, signed_in
from services.chassis.resources import item
from services.chassis.runtime import Kind
from services.chassis.work import Work
from services.inspection.acts import direct_deliveries, petition_outcomes, team_petitions
from services.inspection.acts.direct_deliveries import DESIGNATED
from services.inspection.acts.posts import HANDLER, LAID_BEFORE, LEADER
from services.inspection.acts.team_petitions import KEEPERS
from services.inspection.reading import pledged
from services.inspection.storage_petition import DirectDelivery, TeamPetition

KNOWS_PETITION = Knows(
    ordinary=(*KEEPERS, anyone(LAID_BEFORE)), sealed=(anyone(LEADER), anyone(HANDLER)), unclassed=()
)
"""Handlers, liaison, deputies, leader; of a direct item the leader and who entered it (XC-13.1b, XC-13.2a)."""
KNOWS_DELIVERY = Knows(
    ordinary=(), sealed=(anyone(LEADER), anyone(DESIGNATED), anyone(ADDRESSEE)), unclassed=()
)
"""The office that carries it has no part in the entry (XC-13.2d)."""
PETITIONS = Kind(TeamPetition, KNOWS_PETITION, "team-petitions", before_reading=pledged)


def never_deleted(context: Context, work: Work) -> Any:
    """An entry of the ledger is corrected, never deleted; who may not know of it learns nothing by asking."""
    entry = item(context, work, PETITIONS)
    work.audit("delete", "refused", subject=entry, code=RefusalCode.WRONG_STATE.value, clauses=("XC-13.1b",))
    work.session.commit()
    raise Refusal(RefusalCode.WRONG_STATE, clauses=("XC-13.1b",))


KINDS = (PETITIONS, Kind(DirectDelivery, KNOWS_DELIVERY, "direct-deliveries", before_reading=pledged))
ACTS: tuple[Act[Any, Any], ...] = (
    *team_petitions.ACTS,
    *petition_outcomes.ACTS,
    *direct_deliveries.ACTS,
)
ROUTES = (
    Route(
        "DELETE",
        "/team-petitions/<id>",
        signed_in(never_deleted),
        ("台账不可删除", "an entry of the ledger cannot be deleted"),
        clauses=("XC-13.1b",),
    ),
)
