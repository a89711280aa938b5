"""Registering and classing a petition (LZ-12.1, LZ-12.2, LZ-12.5, LZ-12.6, LZ-12.7)."""

from __future__ import annotations

import secrets
from datetime import datetime, time
from typing import Any
from uuid import uuid4

from contracts.events.intake import PetitionReceived, PetitionTransferredByUnit
from contracts.refusals import RefusalCode
from services.chassis.access import REGISTRAR, By, chain_of, holders, parties_of, post
from services.chassis.act import Act, Document, HandOn, Opens
from services.chassis.clock import ZONE
from services.chassis.duties import meet_duties, open_duty
from services.chassis.performance import Performance
from services.chassis.reference import look_up, look_up_one
from services.chassis.subject import RESTRICTED, SEALED, UNCLASSED
from services.chassis.tables import DirectoryCoverage, DirectoryOffice, DirectoryPerson
from services.intake.acts.duplicates import link_to_the_same_letter
from services.intake.acts.ledger_key import take_out_of_the_offices_check
from services.intake.acts.named import ACKNOWLEDGE_CLOCK
from services.intake.acts.receipt_code import give_code
from services.intake.acts.search_index import index_petition
from services.intake.acts.vault import keep_identity
from services.intake.acts.ways_in import (
    RULE,
    asked_of_this_way,
    named_or_not,
    naming_of,
    received_by_two,
    rule_in_force,
)
from services.intake.domain.petition_class import (
    SEALED_CLASSES,
    PetitionClass,
    ReportedPerson,
    class_of,
    strictest,
)
from services.intake.domain.ways_in import Channel
from services.intake.papers.petition import ClassDecision, PetitionRegisterEntry
from services.intake.storage import Petition

Registering = Performance[Petition, PetitionRegisterEntry]
AnyPetition = Performance[Petition, Any]


def dates_in_order(p: Registering) -> None:
    """Nothing is received before it was sent, or tomorrow (LZ-12.5)."""
    paper = p.paper
    if paper.received_on > p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="received_on")
    if paper.postmarked_on is not None and paper.postmarked_on > paper.received_on:
        raise p.refuse(RefusalCode.DATE_ORDER, field="postmarked_on")
    if paper.superior_due_on is not None and paper.superior_due_on < paper.received_on:
        raise p.refuse(RefusalCode.DATE_ORDER, field="superior_due_on")
    if paper.channel is not Channel.UNIT_TRANSFER:
        return
    sent, passed_on = paper.unit_received_on, paper.transferred_on
    if sent is None or passed_on is None or not sent <= passed_on <= paper.received_on:
        raise p.refuse(RefusalCode.DATE_ORDER, field="unit_received_on", clauses=("LZ-12.5",))


def references_exist(p: Performance[Petition, Any]) -> None:
    """Persons and units are known to the directory."""
    for person_id in p.paper.subject_ids:
        if look_up(p.session, DirectoryPerson, person_id) is None:
            raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="subject_ids")
    unit_id = getattr(p.paper, "unit_id", "")
    if unit_id and look_up(p.session, DirectoryOffice, unit_id) is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="unit_id")


def not_about_oneself(p: Performance[Petition, Any]) -> None:
    """Whoever is reported on registers and classes nothing about it; their office's others do."""
    if p.work.actor.person_id in p.paper.subject_ids:
        raise p.refuse(RefusalCode.CONFLICT_OF_INTEREST, field="subject_ids")


def open_petition(p: Registering) -> Petition:
    return entered(p, p.work.actor.office_id, p.work.actor.person_id)


def entered(p: Registering, office_id: str, registrar_id: str) -> Petition:
    """The petition of a register entry, its office's and its registrar's."""
    paper = p.paper
    coverage = look_up(p.session, DirectoryCoverage, paper.unit_id) if paper.unit_id else None
    office = look_up(p.session, DirectoryOffice, office_id)
    return Petition(
        id=uuid4().hex,
        no="",
        state="registered",
        version=0,
        secrecy=UNCLASSED,
        office_id=office_id,
        liaison_office_id=coverage.liaison_office_id
        if coverage
        else office.liaison_office_id
        if office
        else "",
        unit_id=paper.unit_id,
        registrar_id=registrar_id,
        handler_id=registrar_id,
        addressee_id="",
        opened_on=paper.received_on,
        changed_at=p.work.now,
        received_on=paper.received_on,
        channel=paper.channel.value,
        class_code="",
        transferred=paper.channel is Channel.UNIT_TRANSFER,
        unit_received_on=paper.unit_received_on,
        transferred_on=paper.transferred_on,
        department_id="",
        duplicate_of="",
        in_scope=None,
        platform_no="",
        outcome_code="",
        clue_id="",
        replied_on=None,
        imported=False,
        natural_key=None,
        sender_id="",
        rule_version=p.known[RULE],
        naming=naming_of(paper).value,
        petitioners=len(paper.petitioners),
    )


def note_parties(p: Registering) -> None:
    keep_identity(p.session, p.work.runtime.ring, p.subject.id, p.paper.petitioners)
    give_code(p)
    for person_id in p.paper.subject_ids:
        p.add_party(person_id)
    if p.paper.class_code is not None:
        set_class(p, p.paper.class_code)


def classify(p: Performance[Petition, ClassDecision]) -> None:
    for person_id in p.paper.subject_ids:
        p.add_party(person_id)
    set_class(p, p.paper.class_code)


def set_class(p: AnyPetition, given: PetitionClass) -> None:
    """The strictest of what the clerk says and what the roster says governs the petition (LZ-12.2)."""
    petition = p.subject
    effective = strictest([given, *(class_of(reported(p, person_id)) for person_id in subjects_of(p))])
    petition.class_code = effective.value
    p.facts["class"] = effective.value
    if effective in SEALED_CLASSES:
        seal_to_petition_office_head(p)
        return
    become_ordinary(p)


def become_ordinary(p: AnyPetition) -> None:
    """The office's number, the unit's lateness and the search for the same letter: none of it for a sealed one."""
    petition = p.subject
    petition.secrecy = RESTRICTED
    if not p.act.creates:
        p.void("LZ-12.3")
    year = petition.received_on.year
    number = p.work.next_number(f"petition/{petition.office_id}/{year}")
    petition.no = f"XF-{petition.office_id}-{year}-{number:05d}"
    if petition.transferred and not petition.sender_id:  # otherwise its clock ran while it was there
        measure_the_unit(p)
    link_to_the_same_letter(p)
    index_petition(p.session, p.work.runtime.ring, petition)


def measure_the_unit(p: AnyPetition) -> None:
    """The unit's two working days, from its receipt to its transfer: late is flagged against it (LZ-12.5)."""
    petition = p.subject
    received, passed_on = petition.unit_received_on, petition.transferred_on
    if received is None or passed_on is None:
        return
    duty = open_duty(
        p.work,
        petition,
        clause="LZ-12.5",
        value="transfer_within",
        owed_by="supervised_unit",
        owed_office=petition.unit_id,
        counted_from=received,
    )
    meet_duties(p.work, petition, "LZ-12.5", at=datetime.combine(passed_on, time(), ZONE))
    p.met.append(duty)
    p.facts["unit_late"] = bool(duty.late)


def seal_to_petition_office_head(p: AnyPetition) -> None:
    """The restricted class goes to the head of the petition office alone (LZ-12.3).

    A sealed item takes a number from no series that others see.
    """
    if not p.act.creates:
        p.void("LZ-12.3")  # opened anew below, now that there is an addressee to be reminded
    p.subject.addressee_id = lawful_addressee(p)
    p.subject.secrecy = SEALED
    take_out_of_the_offices_check(p.work.runtime.ring, p.subject)
    p.subject.no = f"MJ-{secrets.token_hex(6)}"


def lawful_addressee(p: AnyPetition) -> str:
    """The head of the petition office today, who is neither reported on nor of a reported person's chain."""
    persons = set(subjects_of(p))
    for head in holders(p.session, "petition_office_head", p.today):
        if not persons & {head, *chain_of(p.session, head)}:
            return head
    raise p.refuse(RefusalCode.WRONG_ADDRESSEE, clauses=("LZ-12.3",))


def reported(p: AnyPetition, person_id: str) -> ReportedPerson:
    person = look_up_one(p.session, DirectoryPerson, person_id)
    heads = p.work.once("heads", lambda: holders(p.session, "dispatched_office_head", p.today))
    return ReportedPerson(person.managing_authority, bool(person.leadership_member), person_id in heads)


def subjects_of(p: AnyPetition) -> list[str]:
    """The persons reported on, by their ids of the roster."""
    return parties_of(p.session, p.subject)


def not_yet_classed(p: Performance[Petition, ClassDecision]) -> None:
    if p.subject.class_code:
        raise p.refuse(RefusalCode.DUPLICATE)


def is_classed(p: AnyPetition) -> bool:
    return bool(p.subject.class_code)


def is_sealed(p: AnyPetition) -> bool:
    return p.subject.secrecy == SEALED


def is_ordinary(p: AnyPetition) -> bool:
    return is_classed(p) and not is_sealed(p)


def needs_same_day_clock(p: AnyPetition) -> bool:
    """Until it is classed a petition may be a restricted one: the strictest clock runs, for its registrar alone."""
    return is_sealed(p) or not is_classed(p)


def _ordinary(*, transferred: bool) -> Any:
    return lambda p: is_ordinary(p) and bool(p.subject.transferred) is transferred


def received_event(p: AnyPetition) -> PetitionReceived:
    petition = p.subject
    return PetitionReceived(
        petition_id=petition.id,
        office_id=petition.office_id,
        received_on=petition.received_on,
        source=petition.channel,
        class_code=petition.class_code,
    )


def transferred_event(p: AnyPetition) -> PetitionTransferredByUnit:
    return PetitionTransferredByUnit(
        petition_id=p.subject.id,
        unit_id=p.subject.unit_id,
        unit_received_on=p.subject.unit_received_on or p.subject.received_on,
        transferred_on=p.subject.transferred_on or p.subject.received_on,
    )


def is_open(p: AnyPetition) -> bool:
    """Not so a petition that was taken over from a ledger as closed: it has no clocks."""
    return bool(p.subject.state != "closed")


def is_taken_over(p: AnyPetition) -> bool:
    return bool(p.subject.imported)


CLOCKS = (
    Opens(
        "LZ-12.1",
        "forward_within",
        "dispatched_office",
        lambda p: p.subject.received_on,
        owed_person=lambda p: p.subject.handler_id,
        only_if=_ordinary(transferred=False),
        taken_over=is_taken_over,
    ),
    Opens(
        "LZ-12.7",
        "forward_within",
        "dispatched_office",
        lambda p: p.subject.received_on,
        owed_person=lambda p: p.subject.handler_id,
        only_if=_ordinary(transferred=True),
        taken_over=is_taken_over,
    ),
    Opens(
        "LZ-12.3",
        "deliver_within",
        "case_handler",
        lambda p: p.subject.received_on,
        owed_person=lambda p: p.subject.handler_id,
        only_if=lambda p: needs_same_day_clock(p) and is_open(p),
        taken_over=is_taken_over,
    ),
    ACKNOWLEDGE_CLOCK,
)

ARRIVAL = (
    HandOn(PetitionReceived, received_event, only_if=is_ordinary),
    HandOn(
        PetitionTransferredByUnit,
        transferred_event,
        only_if=lambda p: is_ordinary(p) and bool(p.subject.transferred),
    ),
)
"""Of a sealed petition nobody is told but its addressee."""

OFFICE = post("dispatched_office", at=None)

REGISTER_PETITION = Act(
    name="register_petition",
    zh="登记信访件",
    en="Register a petition",
    clauses=("LZ-12.1", "LZ-12.2", "LZ-12.5", "LZ-12.6", "LZ-12.7", "LL-2.17", "LL-4.5", "GL-3.7"),
    on=Petition,
    by=(OFFICE,),
    paper=PetitionRegisterEntry,
    new=open_petition,
    becomes="registered",
    documents=(Document("petition_original", "信访举报件（原件扫描）", "LZ-12.1", required=False),),
    guards=(
        asked_of_this_way,
        named_or_not,
        dates_in_order,
        references_exist,
        received_by_two,
        not_about_oneself,
        rule_in_force,
    ),
    effect=note_parties,
    opens=CLOCKS,
    hands_on=ARRIVAL,
)

CLASSIFY_PETITION = Act(
    name="classify_petition",
    zh="确定分类",
    en="Class the petition",
    clauses=("LZ-12.2",),
    on=Petition,
    by=(By((), (REGISTRAR,)),),
    paper=ClassDecision,
    when=("registered",),
    needs=(not_yet_classed,),
    guards=(references_exist, not_about_oneself),
    effect=classify,
    opens=CLOCKS,
    hands_on=ARRIVAL,
)
