"""The kinds and acts of political ecology, integrity risks and special matters, for the service's definition."""

from __future__ import annotations

from typing import Any

from services.chassis.access import LIAISON_OFFICE, Knows, post
from services.chassis.act import Act
from services.chassis.runtime import Kind
from services.inspection import risk_overview
from services.inspection.acts import (
    control_measures,
    core_powers,
    ecology_portraits,
    ecology_studies,
    ecology_years,
    risk_points,
    risk_searches,
    special_matters,
)
from services.inspection.acts.risk_points import AT_SHOWN_UNIT
from services.inspection.storage_ecology import EcologyPortrait, EcologyStudy
from services.inspection.storage_risk import ControlMeasure, RiskPoint
from services.inspection.storage_risk_search import CorePower, RiskSearch, SpecialMatter

OFFICE = post("dispatched_office")
LIAISON = post("liaison_discipline_office", at=LIAISON_OFFICE)
LEADER = post("commission_leader", at=None)

KNOWS_RISK = Knows(ordinary=(OFFICE, *AT_SHOWN_UNIT, LIAISON, LEADER), sealed=(), unclassed=())
"""Office and unit, which both sign the register, and who counts it (GL-1.12); of a restricted entry never the unit."""
KNOWS_ECOLOGY = Knows(ordinary=(OFFICE, LIAISON, LEADER), sealed=(), unclassed=())
"""Both offices and the commission (LZ-20.4); never the unit."""

KINDS = (
    Kind(RiskPoint, KNOWS_RISK, "risk-points"),
    Kind(ControlMeasure, KNOWS_RISK, "control-measures"),
    Kind(EcologyStudy, KNOWS_ECOLOGY, "ecology-studies"),
    Kind(EcologyPortrait, KNOWS_RISK, "ecology-portraits"),
    Kind(RiskSearch, KNOWS_ECOLOGY, "risk-searches"),
    Kind(SpecialMatter, KNOWS_ECOLOGY, "special-matters"),
    Kind(CorePower, KNOWS_ECOLOGY, "core-powers"),
)
ACTS: tuple[Act[Any, Any], ...] = (
    *risk_points.ACTS,
    *control_measures.ACTS,
    *ecology_years.ACTS,
    *ecology_studies.ACTS,
    *ecology_portraits.ACTS,
    *risk_searches.ACTS,
    *special_matters.ACTS,
    *core_powers.ACTS,
)
ROUTES = risk_overview.ROUTES
