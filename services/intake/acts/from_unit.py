"""A unit receives a petition, passes it on within its days, and the office registers it within its own.

The unit's two working days (LZ-12.5) run while the petition lies there; the office's three (LZ-12.7) begin when it has
it. The unit's leaders read nothing of it (LL-4.5): until it is classed it is its registrar's alone.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from contracts.refusals import RefusalCode
from services.chassis.access import REGISTRAR, By, chain_of, holders, post
from services.chassis.act import Act, Document, Meets, Tells
from services.chassis.duties import open_duty
from services.chassis.performance import Performance
from services.chassis.subject import UNCLASSED
from services.chassis.tables import DirectoryCoverage
from services.intake.acts.register import (
    ARRIVAL,
    CLOCKS,
    not_about_oneself,
    references_exist,
    set_class,
    subjects_of,
)
from services.intake.acts.ways_in import RULE, rule_in_force
from services.intake.domain.ways_in import Channel
from services.intake.papers.from_unit import PetitionTransferLetter, TransferredEntry, UnitReceipt
from services.intake.storage import Petition

AnyPetition = Performance[Petition, Any]
CLAUSES = ("LZ-12.5", "LL-2.17", "LL-4.5")
UNIT = post("supervised_unit", at=None)
RECEIVERS = ("dispatched_office_staff", "dispatched_office_deputy", "dispatched_office_head")
"""Who takes in what a unit passes on: the first of these who is neither reported on nor of that chain."""


def supervised(p: Performance[Petition, UnitReceipt]) -> None:
    if p.session.get(DirectoryCoverage, p.work.actor.unit_id) is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE)


def received_by_now(p: Performance[Petition, UnitReceipt]) -> None:
    if p.paper.unit_received_on > p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="unit_received_on")


def hold(p: Performance[Petition, UnitReceipt]) -> Petition:
    actor, received = p.work.actor, p.paper.unit_received_on
    coverage = p.session.get_one(DirectoryCoverage, actor.unit_id)
    return Petition(
        id=uuid4().hex, no="", state="held_by_unit", version=0, secrecy=UNCLASSED, office_id=coverage.office_id,
        liaison_office_id=coverage.liaison_office_id, unit_id=actor.unit_id, registrar_id=actor.person_id,
        handler_id="", addressee_id="", opened_on=received, changed_at=p.work.now, received_on=received,
        channel=Channel.UNIT_TRANSFER.value, class_code="", transferred=True, unit_received_on=received,
        transferred_on=None, in_scope=None, platform_no="", outcome_code="", clue_id="", department_id="",
        duplicate_of="", replied_on=None, imported=False, natural_key=None, ledger_mark=None, sender_id="",
        rule_version="", naming="", petitioners=0,
    )  # fmt: skip


def start_the_units_clock(p: Performance[Petition, UnitReceipt]) -> None:
    for person_id in p.paper.subject_ids:
        p.add_party(person_id)
    p.session.flush()
    p.opened.append(
        open_duty(
            p.work,
            p.subject,
            clause="LZ-12.5",
            value="transfer_within",
            owed_by="supervised_unit",
            owed_person=p.work.actor.person_id,
            owed_office=p.subject.unit_id,
            counted_from=p.paper.unit_received_on,
        )
    )


def copy_explained(p: Performance[Petition, PetitionTransferLetter]) -> None:
    """The original goes to the office; a copy alone only with a reason (LL-2.17)."""
    if not p.paper.original and not p.paper.copy_reason:
        raise p.refuse(RefusalCode.MISSING_REASON, field="copy_reason", clauses=("LL-2.17",))


def hand_to_the_office(p: Performance[Petition, PetitionTransferLetter]) -> None:
    """From now on it is the receiver's; who sent it goes on knowing of it until it is classed."""
    petition = p.subject
    petition.sender_id = p.work.actor.person_id
    petition.registrar_id = petition.handler_id = lawful_receiver(p)
    petition.transferred_on = p.today


def lawful_receiver(p: AnyPetition) -> str:
    persons = set(subjects_of(p))
    for role in RECEIVERS:
        for person_id in holders(p.session, role, p.today, p.subject.office_id):
            if not persons & {person_id, *chain_of(p.session, person_id)}:
                return person_id
    raise p.refuse(RefusalCode.WRONG_ADDRESSEE, clauses=("LL-4.5",))


def received_in_order(p: Performance[Petition, TransferredEntry]) -> None:
    sent = p.subject.transferred_on
    if p.paper.received_on > p.today or (sent is not None and p.paper.received_on < sent):
        raise p.refuse(RefusalCode.DATE_ORDER, field="received_on")


def enter(p: Performance[Petition, TransferredEntry]) -> None:
    """As any other petition of the office from now on, with the unit's dates kept beside its own (LZ-12.6)."""
    petition, paper = p.subject, p.paper
    petition.received_on = petition.opened_on = paper.received_on
    petition.rule_version = p.known[RULE]
    for person_id in paper.subject_ids:
        p.add_party(person_id)
    if paper.class_code is not None:
        set_class(p, paper.class_code)


RECEIVE_AT_UNIT = Act(
    name="receive_at_unit",
    zh="单位收件登记",
    en="Note a petition that the unit received",
    clauses=CLAUSES,
    on=Petition,
    by=(UNIT,),
    paper=UnitReceipt,
    new=hold,
    becomes="held_by_unit",
    guards=(supervised, received_by_now, references_exist, not_about_oneself),
    effect=start_the_units_clock,
)

TRANSFER_PETITION = Act(
    name="transfer_petition",
    zh="移送派驻机构",
    en="Pass the petition on to the dispatched office",
    clauses=CLAUSES,
    on=Petition,
    by=(By(("supervised_unit",), (REGISTRAR,)),),
    paper=PetitionTransferLetter,
    when=("held_by_unit",),
    becomes="transferred",
    documents=(Document("petition_original", "信访举报件（原件，不得已时复印件）", "LL-2.17"),),
    guards=(copy_explained,),
    effect=hand_to_the_office,
    meets=(Meets("LZ-12.5"),),
    tells=(Tells("", "petition_transferred", "LZ-12.6", person=lambda p: p.subject.handler_id),),
)

REGISTER_TRANSFERRED = Act(
    name="register_transferred",
    zh="登记移送件",
    en="Register a transferred petition",
    clauses=("LZ-12.2", "LZ-12.6", "LZ-12.7", "LL-2.17", "GL-3.7"),
    on=Petition,
    by=(By(("dispatched_office_head", "dispatched_office_deputy", "dispatched_office_staff"), (REGISTRAR,)),),
    paper=TransferredEntry,
    when=("transferred",),
    becomes="registered",
    guards=(received_in_order, references_exist, not_about_oneself, rule_in_force),
    effect=enter,
    opens=CLOCKS,
    hands_on=ARRIVAL,
)
"""Its clocks begin with the office's receipt, whatever the unit needed."""
