"""What the personnel department communicates, and personnel records that the office consults (LZ-7.4, LZ-7.5)."""

from __future__ import annotations

from typing import Any

from contracts.events.inspection_supervision import AppointmentMaterialsReceived
from contracts.refusals import RefusalCode
from services.chassis.access import listed_ids
from services.chassis.act import Act, Document, HandOn
from services.chassis.clock import local_date
from services.chassis.performance import Performance
from services.inspection.acts.posts import ids_in, not_in_the_future, persons_known
from services.inspection.acts.problems import find_problem
from services.inspection.acts.selection import OPEN
from services.inspection.acts.supervision_posts import IN_OFFICE, not_after_now
from services.inspection.domain.meeting_codes import ProblemGrade
from services.inspection.papers.selection import AppointmentMaterials, RecordAccess
from services.inspection.storage_selection import Selection

Receiving = Performance[Selection, AppointmentMaterials]
Consulting = Performance[Selection, RecordAccess]


def persons_are_known(p: Receiving) -> None:
    persons_known(p, p.paper.person_ids, "person_ids")
    not_after_now(p, p.paper.communicated_at, "communicated_at")


def was_not_communicated_yet(p: Receiving) -> None:
    if p.paper.kind.value in ids_in(p.subject.communicated):
        raise p.refuse(RefusalCode.DUPLICATE, field="kind")


def is_late(p: Receiving) -> bool:
    return p.paper.communicated_at > p.paper.meeting_at


def keep_materials(p: Receiving) -> None:
    """Stored whenever it came. Whom it names is somebody that the file is about, and never knows of it."""
    item, kind = p.subject, p.paper.kind.value
    item.communicated = listed_ids([*ids_in(item.communicated), kind])
    for person_id in p.paper.person_ids:
        p.add_party(person_id)
    p.facts |= {"kind": kind, "late": is_late(p)}
    if is_late(p):
        item.communicated_late = listed_ids([*ids_in(item.communicated_late), kind])
        concerned = tuple(dict.fromkeys((*p.standing.reported, *p.paper.person_ids)))
        find_problem(p, "LZ-7.5", ProblemGrade.GENERAL, proposed=True, person_ids=concerned)


RECEIVE_MATERIALS = Act(
    name="receive_appointment_materials",
    zh="登记上会前沟通材料",
    en="Record a plan or list that was communicated",
    clauses=("LZ-7.5",),
    on=Selection,
    by=IN_OFFICE,
    paper=AppointmentMaterials,
    when=OPEN,
    documents=(Document("appointment_materials", "选任方案或者名单(扫描)", "LZ-7.5", required=False),),
    guards=(was_not_communicated_yet, persons_are_known),
    effect=keep_materials,
    hands_on=(
        HandOn(
            AppointmentMaterialsReceived,
            lambda p: AppointmentMaterialsReceived(
                procedure_id=p.subject.id,
                document_kind=p.paper.kind.value,
                received_on=local_date(p.paper.communicated_at),
                late=is_late(p),
            ),
        ),
    ),
    anytime=True,
)


def person_and_officer_are_known(p: Consulting) -> None:
    persons_known(p, (p.paper.person_id,), "person_id")
    persons_known(p, (p.paper.officer_id,), "officer_id")


def log_access(p: Consulting) -> None:
    """Whose records, which, by whom: in the trail, too."""
    p.add_party(p.paper.person_id)
    p.facts |= {
        "person": p.paper.person_id,
        "material": p.paper.material.value,
        "officer": p.paper.officer_id,
    }


CONSULT_RECORDS = Act(
    name="consult_personnel_records",
    zh="查阅干部档案和个人有关事项报告",
    en="Consult personnel records",
    clauses=("LZ-7.4",),
    on=Selection,
    by=IN_OFFICE,
    paper=RecordAccess,
    when=OPEN,
    guards=(not_in_the_future("accessed_on"), person_and_officer_are_known),
    effect=log_access,
    anytime=True,
)
ACTS: tuple[Act[Any, Any], ...] = (RECEIVE_MATERIALS, CONSULT_RECORDS)
