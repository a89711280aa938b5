"""The five supervisions feed each other: a record becomes another type, or ends with its outcome (GL-3.14, GL-3.18)."""

from __future__ import annotations

from typing import Any

from contracts.refusals import RefusalCode
from services.chassis.access import post
from services.chassis.act import Act, Warns
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.inspection.acts.supervision_records import (
    LIAISON,
    MAKER,
    TELLS_OF_TYPES,
    TYPED,
    new_record,
    too_few_streams,
    type_is_grounded,
)
from services.inspection.domain.five_supervision_codes import CONVERTED, GroundKind, SupervisionType
from services.inspection.papers.five_supervisions import ConvertedRecord, RecordClosing, RecordConversion
from services.inspection.storage_five_supervisions import SupervisionRecord

Converting = Performance[SupervisionRecord, RecordConversion]
MAKERS = (post("dispatched_office", LIAISON, at=MAKER),)
"""Of the office that made the record; of a clue those alone who may know of it."""
LOOP = "GL-3.18"


def type_changes(p: Converting) -> None:
    if p.paper.type.value == p.subject.type_code:
        raise p.refuse(RefusalCode.OUT_OF_RANGE, field="type", clauses=(LOOP,))


def taken_over(p: Performance[SupervisionRecord, ConvertedRecord]) -> SupervisionRecord:
    """Unit, readers and secrecy are those of the record that it came from."""
    origin = p.session.get_one(SupervisionRecord, p.paper.origin_id)
    kept = (
        "secrecy", "office_id", "liaison_office_id", "unit_id", "maker_id", "open_office_id", "open_maker_id",
        "reader_ids", "form_code", "supervised_on", "finding_code", "task_code", "duty_code",
    )  # fmt: skip
    series, _, rest = origin.no.partition("-")
    columns = {name: getattr(origin, name) for name in kept} | {
        "id": p.work.new_id(), "no": f"{series}Z-{rest}-{origin.id[:8]}", "state": "open", "version": 0,
        "registrar_id": p.work.actor.person_id, "handler_id": "", "addressee_id": "", "opened_on": p.today,
        "changed_at": p.work.now, "origin_id": origin.id,
    }  # fmt: skip
    return new_record(p, columns)


def keep_persons(p: Performance[SupervisionRecord, ConvertedRecord]) -> None:
    """Whom the first record concerned may not know of the second either."""
    for person_id in p.paper.person_ids:
        p.add_party(person_id)


OPEN_CONVERTED = Act(
    name="open_converted_record",
    zh="由其他监督转来",
    en="A record goes on as another type",
    clauses=(LOOP, *TYPED),
    on=SupervisionRecord,
    by=(),
    paper=ConvertedRecord,
    new=taken_over,
    becomes="open",
    effect=keep_persons,
    warns=(Warns("GL-3.16", too_few_streams),),
    hands_on=TELLS_OF_TYPES,
)


def go_on_as_another(p: Converting) -> None:
    """The data from which a special supervision is chosen is then the record itself (GL-3.14)."""
    paper, origin = p.paper, p.subject
    itself = paper.type is SupervisionType.SPECIAL and not paper.ground_id
    filed = ConvertedRecord(
        type=paper.type,
        ground=paper.ground,
        ground_kind=GroundKind.RECORD if itself else paper.ground_kind,
        ground_id=origin.id if itself else paper.ground_id,
        streams=paper.streams,
        analysis=paper.analysis,
        origin_id=origin.id,
        person_ids=p.standing.reported,
    )
    origin.follow_id = perform_as_service(p.work, OPEN_CONVERTED, filed).subject.id
    origin.outcome_code, origin.closed_on = CONVERTED, p.today
    p.facts |= {"follow": origin.follow_id}


CONVERT_RECORD = Act(
    name="convert_supervision_record",
    zh="转为其他监督",
    en="Let it go on as another type of supervision",
    clauses=(LOOP, *TYPED),
    on=SupervisionRecord,
    by=MAKERS,
    paper=RecordConversion,
    when=("open",),
    becomes="converted",
    guards=(type_changes, type_is_grounded),
    effect=go_on_as_another,
)


def keep_outcome(p: Performance[SupervisionRecord, RecordClosing]) -> None:
    p.subject.outcome_code, p.subject.closed_on = p.paper.outcome.value, p.today


CLOSE_RECORD = Act(
    name="close_supervision_record",
    zh="办结五项监督",
    en="Close the record with its outcome",
    clauses=(LOOP,),
    on=SupervisionRecord,
    by=MAKERS,
    paper=RecordClosing,
    when=("open",),
    becomes="closed",
    effect=keep_outcome,
)
ACTS: tuple[Act[Any, Any], ...] = (OPEN_CONVERTED, CONVERT_RECORD, CLOSE_RECORD)
