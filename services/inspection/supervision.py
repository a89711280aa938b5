"""The kinds and acts of daily supervision, for the service's definition."""

from __future__ import annotations

from typing import Any

from services.chassis.access import LIAISON_OFFICE, OWN_UNIT, Knows, post
from services.chassis.act import Act
from services.chassis.runtime import Kind
from services.inspection.acts import (
    attendance,
    business_ledgers,
    decisions,
    filing_checks,
    importants_list,
    importants_reports,
    meetings,
    opinions,
    problems,
    selection,
    selection_materials,
    subunit_filings,
)
from services.inspection.acts.importants_reports import COMMISSION
from services.inspection.acts.supervision_posts import UNIT_ROLES
from services.inspection.storage_meeting import (
    BusinessLedgerFiling,
    FilingCheck,
    FilingQuarter,
    ImportantsList,
    ImportantsReport,
    Meeting,
    SubunitFiling,
    SupervisionOpinion,
)
from services.inspection.storage_problem import SupervisionProblem
from services.inspection.storage_selection import Selection

OFFICE = post("dispatched_office")
UNIT = post(*UNIT_ROLES, at=OWN_UNIT)
SUBUNIT = post("subordinate_unit", at=OWN_UNIT)
LIAISON = post("liaison_discipline_office", at=LIAISON_OFFICE)
LEADER = post("commission_leader", at=None)

KNOWS_UNIT = Knows(ordinary=(OFFICE, UNIT), sealed=(), unclassed=())
"""The supervising office and the unit itself: what passes between them."""
KNOWS_MEETING = Knows(ordinary=(OFFICE, UNIT, LIAISON, LEADER), sealed=(), unclassed=())
"""These, and whom the office reports on it to (LZ-6.11) and who counts it (GL-1.9, GL-1.10)."""
KNOWS_FILING = Knows(ordinary=(OFFICE, SUBUNIT), sealed=(), unclassed=())
KNOWS_CHECK = Knows(ordinary=(OFFICE,), sealed=(), unclassed=())
"""What is drawn, and why, the units do not see."""
KNOWS_REPORT = Knows(
    ordinary=(OFFICE, LIAISON, post("commission_leader", at=COMMISSION)), sealed=(), unclassed=()
)
"""The commission's leader once the report is before the commission; of an urgent one no liaison office (LZ-6.12)."""
KNOWS_SELECTION = Knows(ordinary=(OFFICE, LEADER), sealed=(), unclassed=())
"""Head, staff, the commission (LZ-7.1); never the unit, nor whom the file is about."""

KINDS = (
    Kind(ImportantsList, KNOWS_UNIT, "importants-lists"),
    Kind(Meeting, KNOWS_MEETING, "meetings"),
    Kind(SupervisionOpinion, KNOWS_MEETING, "supervision-opinions"),
    Kind(ImportantsReport, KNOWS_REPORT, "importants-reports"),
    Kind(BusinessLedgerFiling, KNOWS_UNIT, "business-ledgers"),
    Kind(FilingQuarter, KNOWS_FILING, "filing-quarters"),
    Kind(SubunitFiling, KNOWS_FILING, "subunit-filings"),
    Kind(FilingCheck, KNOWS_CHECK, "filing-checks"),
    Kind(Selection, KNOWS_SELECTION, "selections"),
    Kind(SupervisionProblem, KNOWS_SELECTION, "problems"),
)
ACTS: tuple[Act[Any, Any], ...] = (
    *importants_list.ACTS,
    *meetings.ACTS,
    *attendance.ACTS,
    *decisions.ACTS,
    *opinions.ACTS,
    *importants_reports.ACTS,
    *business_ledgers.ACTS,
    *subunit_filings.ACTS,
    *filing_checks.ACTS,
    *selection.ACTS,
    *selection_materials.ACTS,
    *problems.ACTS,
)
