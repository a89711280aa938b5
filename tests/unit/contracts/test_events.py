"""Event classes: the closed set of field types, the registry, and the secrecy that follows from both."""

from datetime import date
from typing import Annotated, Any

import pytest
from pydantic import ValidationError

from contracts.clause import catalogue
from contracts.envelope import DamagedMessage, Envelope
from contracts.events import (
    SERVICES,
    Event,
    UnknownEventType,
    UnknownEventVersion,
    event_class,
    event_classes,
    event_in,
)
from contracts.events.base import _register
from contracts.events.every_service import (
    AUDIT_HEAD_SIGNED,
    DUTY_MET,
    DUTY_OPENED,
    DUTY_RESCHEDULED,
    DUTY_VOIDED,
    NOTICE_DUE,
    DutyOpened,
)
from contracts.events.intake import PetitionReceived
from contracts.schemas import annotations_of, example_of, is_closed

ALL = pytest.mark.parametrize("event", event_classes(), ids=lambda event: event.wire_type())
TEXTS = ("张三", "张 三", "a letter", "a\n", "1\x00", "", "x" * 129)
JOURNEY = {
    *("intake.petition_received", "intake.petition_forwarded", "intake.restricted_petition_escalated"),
    *("intake.petition_transferred_by_unit", "intake.petition_judged", "intake.petition_referred_as_clue"),
    *("intake.petition_transferred_out", "intake.petition_reply_received", "intake.petition_result_recorded"),
    *("intake.petition_closure_submitted", "intake.petition_closed", "intake.petition_returned"),
    *("clues.clue_registered", "clues.clue_status_changed", "clues.clue_disposition_approved"),
    *("clues.clue_filed_for_record", "clues.inquiry_letter_issued", "clues.explanation_received"),
    *("clues.disposition_reported", "notifications.notice_delivered", "archive.file_archived"),
}


def test_the_journey_s_hand_offs_are_contracted() -> None:
    assert {event.TYPE for event in event_classes()} >= JOURNEY


def test_each_service_emits_its_duties_notices_and_audit_heads() -> None:
    for family in (DUTY_OPENED, DUTY_RESCHEDULED, DUTY_MET, DUTY_VOIDED, NOTICE_DUE):
        assert tuple(family) == SERVICES
        assert all(event.CONSUMERS == ("notifications",) for event in family.values())
    for service, event in AUDIT_HEAD_SIGNED.items():
        assert set(event.CONSUMERS) == set(SERVICES) - {service}
    assert DUTY_OPENED["clues"] is event_class("clues.duty_opened", 1)
    assert issubclass(DUTY_OPENED["clues"], DutyOpened)


@ALL
def test_an_event_s_fields_are_of_the_closed_set(event: type[Event]) -> None:
    annotations = annotations_of(event)
    assert list(annotations) == list(event.model_fields)
    assert annotations
    assert [name for name, annotation in annotations.items() if not is_closed(annotation)] == []


@pytest.mark.parametrize(
    "annotation",
    [str, str | None, tuple[str, ...], dict[str, str], float, int, Annotated[str, "any"], list[int], Any],
)
def test_a_type_that_could_hold_a_text_is_not_in_the_closed_set(annotation: Any) -> None:
    assert not is_closed(annotation)


@ALL
def test_an_event_names_clauses_that_are_in_the_catalogue_and_name_it_back(event: type[Event]) -> None:
    emitting = {clause.id for clause in catalogue().clauses.values() if event.TYPE in clause.emits}
    assert {catalogue().clause(clause_id).id for clause_id in event.CLAUSES} >= emitting


@ALL
def test_no_event_takes_a_name_or_a_text_in_any_field(event: type[Event]) -> None:
    example = example_of(event)
    for name, value in example.items():
        for text in TEXTS:
            if text == "" and _allows_empty(event, name):
                continue
            spoiled: object = [text] if isinstance(value, list) else text
            with pytest.raises(DamagedMessage):
                event_in(enveloped(event, {**example, name: spoiled}))


@ALL
def test_an_event_refuses_unknown_and_missing_members(event: type[Event]) -> None:
    example = example_of(event)
    with pytest.raises(DamagedMessage):
        event_in(enveloped(event, {**example, "note": "x"}))
    required = [name for name, field in event.model_fields.items() if field.is_required()]
    for name in required:
        with pytest.raises(DamagedMessage):
            event_in(enveloped(event, {key: value for key, value in example.items() if key != name}))


@ALL
def test_an_event_survives_the_envelope(event: type[Event]) -> None:
    example = example_of(event)
    received_event = event_in(enveloped(event, example))
    assert type(received_event) is event
    assert received_event.model_dump(mode="json") == example


def test_unknown_types_and_versions_are_told_apart() -> None:
    with pytest.raises(UnknownEventType):
        event_class("intake.petition_eaten", 1)
    with pytest.raises(UnknownEventVersion):
        event_class("intake.petition_received", 2)


def test_an_event_in_another_service_s_name_is_damaged() -> None:
    envelope = enveloped(PetitionReceived, example_of(PetitionReceived)).model_copy(
        update={"source": "/clues"}
    )
    with pytest.raises(DamagedMessage):
        event_in(envelope)


def test_an_event_can_not_be_changed_after_it_was_made() -> None:
    event = received()
    with pytest.raises(ValidationError):
        event.office_id = "other"  # type: ignore[misc]


def test_a_date_in_an_event_is_a_date_and_no_number() -> None:
    for wrong in (1700006400, "1700006400", "2026-03-02T00:00:00", "2026-3-2", True):
        with pytest.raises(DamagedMessage):
            event_in(enveloped(PetitionReceived, {**example_of(PetitionReceived), "received_on": wrong}))


def test_a_second_class_for_a_version_is_refused() -> None:
    with pytest.raises(TypeError, match="declared twice"):
        _register(PetitionReceived)


@pytest.mark.parametrize("consumers", [(), ("press",)])
def test_an_event_without_a_known_consumer_is_refused(consumers: tuple[str, ...]) -> None:
    with pytest.raises(TypeError, match="needs an owner and consumers"):
        type("Lost", (Event,), {"TYPE": "intake.lost", "CONSUMERS": consumers, "__module__": __name__})


def received() -> PetitionReceived:
    return PetitionReceived(
        petition_id="p1",
        office_id="o1",
        received_on=date(2026, 3, 2),
        source="letter",
        class_code="supervision_object",
    )


def enveloped(event: type[Event], data: dict[str, Any]) -> Envelope:
    return Envelope.model_validate(
        {
            "id": "e1",
            "type": event.wire_type(),
            "source": f"/{event.owner()}",
            "time": "2026-03-02T01:00:00Z",
            "subject": "subject/s1",
            "data": data,
            "dwversion": 1,
            "dwtime": "real",
        }
    )


def _allows_empty(event: type[Event], name: str) -> bool:
    pattern = event.model_json_schema()["properties"][name].get("pattern", "")
    return "{0,64}" in pattern or ")?$" in pattern
