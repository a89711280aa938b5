"""The kinds, acts and views of the supervision of dispatched offices themselves, for the service's definition."""

from __future__ import annotations

from typing import Any

from services.chassis.access import LIAISON_OFFICE, OWN_UNIT, Knows, anyone, post
from services.chassis.act import Act
from services.chassis.runtime import Kind
from services.inspection import office_ledgers
from services.inspection.acts import office_checks, office_opinions, office_quarters, office_rounds
from services.inspection.acts.office_quarters import GROUP
from services.inspection.acts.office_rounds import STAFF
from services.inspection.acts.supervision_posts import UNIT_ROLES
from services.inspection.domain.office_codes import BODIES
from services.inspection.storage_office import (
    OfficeCheck,
    OfficeOpinion,
    OfficeQuarter,
    OfficeRound,
    SupervisionGroup,
)

COMMISSION = post(GROUP, "commission_leader", at=None)
KNOWS_GROUP = Knows(ordinary=(post(GROUP, "commission_leader", *BODIES, at=None),), sealed=(), unclassed=())
"""The commission, the offices, and the bodies that teams come from."""
KNOWS_QUARTER = Knows(ordinary=(COMMISSION,), sealed=(), unclassed=())
KNOWS_ROUND = Knows(ordinary=(COMMISSION, anyone(STAFF)), sealed=(), unclassed=())
"""The teams; the offices do not see beforehand who comes."""
KNOWS_CHECK = Knows(
    ordinary=(COMMISSION, anyone(STAFF), post("dispatched_office_leader")), sealed=(), unclassed=()
)
"""The team and the leaders of the office that was checked."""
KNOWS_OPINION = Knows(
    ordinary=(
        post("dispatched_office"),
        post("liaison_discipline_office", at=LIAISON_OFFICE),
        post(*UNIT_ROLES, at=OWN_UNIT),
        post("commission_leader", at=None),
    ),
    sealed=(),
    unclassed=(),
)
"""The office, its liaison office, and the unit that gave it."""
ROUNDS = Kind(OfficeRound, KNOWS_ROUND, "office-rounds")
KINDS = (
    Kind(SupervisionGroup, KNOWS_GROUP, "supervision-groups"),
    Kind(OfficeQuarter, KNOWS_QUARTER, "office-quarters"),
    ROUNDS,
    Kind(OfficeCheck, KNOWS_CHECK, "office-checks"),
    Kind(OfficeOpinion, KNOWS_OPINION, "office-opinions"),
)
ACTS: tuple[Act[Any, Any], ...] = (
    *office_quarters.ACTS,
    *office_rounds.ACTS,
    *office_checks.ACTS,
    *office_opinions.ACTS,
)
ROUTES = office_ledgers.routes(ROUNDS)
