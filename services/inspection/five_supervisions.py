"""The kinds, acts and overview of the five supervisions and of the documents in force, for the service's definition."""

from __future__ import annotations

from typing import Any

from services.chassis.access import LIAISON_OFFICE, Knows, anyone, post
from services.chassis.act import Act
from services.chassis.runtime import Kind
from services.inspection import supervision_overview
from services.inspection.acts import (
    duty_links,
    duty_plans,
    record_ends,
    standing_documents,
    supervision_records,
)
from services.inspection.acts.supervision_records import LIAISON, MAKER, OPEN_MAKER, OPEN_OFFICE, TASK
from services.inspection.storage_duty_supervision import DutySupervision
from services.inspection.storage_five_supervisions import StandingDocument, SupervisionRecord

READERS = (
    "dispatched_office", LIAISON, "commission_leader", "archivist", "case_supervision_office", "party_conduct_office",
    "supervised_unit", "local_party_head", "subordinate_unit", "cadre_office", "supervision_leading_group",
)  # fmt: skip
KNOWS_DOCUMENT = Knows(ordinary=(post(*READERS, at=None),), sealed=(), unclassed=())
"""The commission, its offices, and the units whom the documents bind."""
KNOWS_RECORD = Knows(
    ordinary=(
        post("dispatched_office", at=OPEN_OFFICE),
        post("dispatched_office", LIAISON, at=OPEN_MAKER),
        post("dispatched_office_head", at=MAKER),
        anyone(TASK),
    ),
    sealed=(),
    unclassed=(),
)
"""All staff of the office; of a clue its head and who has a task with it (LZ-22.3). Never the unit."""

KNOWS_DUTY = Knows(
    ordinary=(post("dispatched_office"), post(LIAISON, at=LIAISON_OFFICE)), sealed=(), unclassed=()
)
"""Never the unit, which could read there that it is to be held accountable; it has the opinion (GL-3.19)."""

KINDS = (
    Kind(StandingDocument, KNOWS_DOCUMENT, "standing-documents"),
    Kind(SupervisionRecord, KNOWS_RECORD, "supervision-records"),
    Kind(DutySupervision, KNOWS_DUTY, "duty-supervisions"),
)
ACTS: tuple[Act[Any, Any], ...] = (
    *standing_documents.ACTS,
    *supervision_records.ACTS,
    *record_ends.ACTS,
    *duty_plans.ACTS,
    *duty_links.ACTS,
)
ROUTES = supervision_overview.ROUTES
