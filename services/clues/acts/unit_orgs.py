"""The work with units: its kinds, who may know of each, and all acts on them (LZ-12.23, LZ-21.7, LZ-21.8)."""

from __future__ import annotations

from typing import Any

from services.chassis.access import LIAISON_OFFICE, Knows, post
from services.chassis.act import Act
from services.chassis.runtime import Kind
from services.clues.acts import enforcement_case, unit_org_check, unit_org_opinion
from services.clues.acts.ledger import HANDLING
from services.clues.acts.unit_org_check import AT_THE_UNIT
from services.clues.storage_unit_org import EnforcementCase, UnitOrgCheck, UnitOrgOpinion

OFFICES = (
    *HANDLING,
    post("liaison_discipline_office", at=LIAISON_OFFICE),
    post("case_supervision_office", at=None),
)
KNOWS_ENFORCEMENT_CASE = Knows(ordinary=OFFICES)
"""As LZ-12.23 lists them; the unit that told the office sees nothing of it."""

KNOWS_UNIT_ORG_CHECK = Knows(ordinary=(*OFFICES, *AT_THE_UNIT))
KNOWS_UNIT_ORG_OPINION = Knows(ordinary=(*OFFICES, *AT_THE_UNIT))
"""As LZ-21.7 and LZ-21.8 list them, with the discipline organisation of the unit itself, which must answer."""

KINDS = (
    Kind(EnforcementCase, KNOWS_ENFORCEMENT_CASE, "enforcement-cases"),
    Kind(UnitOrgCheck, KNOWS_UNIT_ORG_CHECK, "unit-org-checks"),
    Kind(UnitOrgOpinion, KNOWS_UNIT_ORG_OPINION, "unit-org-opinions"),
)

ACTS: tuple[Act[Any, Any], ...] = (
    enforcement_case.REGISTER_ENFORCEMENT_CASE,
    enforcement_case.TELL_OF_ENFORCEMENT_CASE,
    enforcement_case.REPORT_ENFORCEMENT_CASE,
    unit_org_check.RECORD_UNIT_ORG_CHECK,
    unit_org_check.ANSWER_UNIT_ORG_CHECK,
    unit_org_opinion.ASK_UNIT_ORG_OPINION,
    unit_org_opinion.GIVE_UNIT_ORG_OPINION,
    unit_org_opinion.RECORD_UNIT_ORG_HANDLING,
)
