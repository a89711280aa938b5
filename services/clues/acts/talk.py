"""Disposition talks: by the head or a deputy of the office, or by the entrusted Party head (LZ-13.5 to LZ-13.7)."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from contracts.events.clues import TalkHeld
from contracts.refusals import RefusalCode
from services.chassis.access import holders
from services.chassis.act import Act, Document, HandOn
from services.chassis.performance import Performance
from services.chassis.reference import look_up
from services.chassis.tables import DirectoryPerson
from services.clues.acts.asking import (
    NOT_APPROVED,
    asks_a_person_reported,
    dated_after_approval,
    not_asked_by_one_alone,
    person_asked,
)
from services.clues.acts.entrusted_talk import entrustment_of, talk_approved
from services.clues.acts.ledger import HANDLING, LEDGER, STATUS_CHANGED
from services.clues.acts.reported import parties
from services.clues.acts.unit_head import party_heads
from services.clues.domain.letter_copy import PARTY_HEAD
from services.clues.papers.clue import TalkRecord
from services.clues.storage import Clue, Entrustment, Talk

Talking = Performance[Clue, TalkRecord]
SPEAKERS = ("dispatched_office_head", "dispatched_office_deputy")


def held_after_its_approval(p: Talking) -> None:
    dated_after_approval(p, held_on(p), "held_on")


def held_on(p: Talking) -> date:
    return p.paper.held_on or p.today


def speaker_role(p: Talking) -> str:
    """The speaker's post: head or deputy of the office (LZ-13.5), or entrusted head of the unit's Party (LZ-13.7)."""
    for role in SPEAKERS:
        if p.paper.speaker_id in holders(p.session, role, p.today, p.subject.office_id):
            return role
    if p.paper.speaker_id in party_heads(p):
        if entrustment(p) is None:
            raise p.refuse(RefusalCode.APPROVAL_REQUIRED, field="speaker_id", clauses=("LZ-13.7",))
        return PARTY_HEAD
    raise p.refuse(RefusalCode.WRONG_ROLE, field="speaker_id", clauses=("LZ-13.5",))


def entrustment(p: Talking) -> Entrustment | None:
    """What the speaker was entrusted with, asked once: noting the talk ends it."""
    if "entrustment" not in p.known:
        p.known["entrustment"] = entrustment_of(p, p.paper.speaker_id)
    found: Entrustment | None = p.known["entrustment"]
    return found


def led_by_whom_it_may_be(p: Talking) -> None:
    speaker_role(p)
    entrusted = entrustment(p)
    if entrusted is not None and held_on(p) < entrusted.entrusted_on:
        raise p.refuse(RefusalCode.DATE_ORDER, field="held_on", clauses=("LZ-13.7",))


def accompanied_from_the_unit(p: Talking) -> None:
    """Beside the person sits somebody of their own unit, who is not reported as well (LZ-13.6)."""
    reported = parties(p)
    for person_id in p.paper.accompanying_ids:
        person = look_up(p.session, DirectoryPerson, person_id)
        if person is None or person.unit_id != p.subject.unit_id:
            raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="accompanying_ids", clauses=("LZ-13.6",))
        if person_id in reported:
            raise p.refuse(RefusalCode.CONFLICT_OF_INTEREST, field="accompanying_ids", clauses=("LZ-13.6",))


def note_talk(p: Talking) -> None:
    p.subject.asked_on = held_on(p)
    role, entrusted = speaker_role(p), entrustment(p)
    if entrusted is not None:
        entrusted.held_on = held_on(p)
    talk = Talk(
        id=entrusted.talk_id if entrusted else uuid4().hex,
        clue_id=p.subject.id,
        subject_id=person_asked(p),
        held_on=held_on(p),
        speaker_id=p.paper.speaker_id,
        speaker_role=role,
    )
    p.session.add(talk)
    p.facts |= {"talk": talk.id, "speaker": talk.speaker_id}


def held_event(p: Talking) -> TalkHeld:
    return TalkHeld(
        clue_id=p.subject.id,
        talk_id=str(p.facts["talk"]),
        held_on=held_on(p),
        speaker_role=speaker_role(p),
    )


RECORD_TALK = Act(
    name="record_talk",
    zh="登记谈话",
    en="Record the talk",
    clauses=("LZ-13.1", "LZ-13.5", "LZ-13.6", "LZ-13.7", *LEDGER),
    on=Clue,
    by=HANDLING,
    paper=TalkRecord,
    when=("disposition_approved",),
    otherwise=NOT_APPROVED,
    becomes="talk_held",
    documents=(Document("talk_record", "谈话记录(签字扫描)", "LZ-13.5", required=False),),
    needs=(talk_approved, not_asked_by_one_alone),
    guards=(
        held_after_its_approval,
        asks_a_person_reported,
        led_by_whom_it_may_be,
        accompanied_from_the_unit,
    ),
    effect=note_talk,
    hands_on=(HandOn(TalkHeld, held_event), STATUS_CHANGED),
)
