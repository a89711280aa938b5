"""What an inspection team refers: the petition office registers each serial once and receipts the batch (XC-39.0d)."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from sqlalchemy import select

from contracts.events.intake import ReferralReceived
from contracts.refusals import RefusalCode
from services.chassis.access import chain_of, holders
from services.chassis.act import Act, HandOn, Tells
from services.chassis.performance import Performance
from services.chassis.subject import RESTRICTED, UNCLASSED
from services.chassis.tables import DirectoryOffice
from services.intake.acts.register import (
    ARRIVAL,
    CLOCKS,
    is_sealed,
    not_about_oneself,
    references_exist,
    set_class,
    subjects_of,
)
from services.intake.acts.route import PETITION_OFFICE
from services.intake.acts.search_index import index_elsewhere
from services.intake.acts.vault import keep_identity
from services.intake.acts.ways_in import RULE, rule_in_force
from services.intake.domain.ways_in import INSPECTION
from services.intake.papers.petitioner import Naming
from services.intake.papers.referral import Assignment, ReferralNotice, ReferralReceipt, ReferredEntry
from services.intake.storage import Petition, ReferralBatch, ReferredSerial

Registering = Performance[Petition, ReferredEntry]
CLAUSE = ("XC-39.0d",)


def announce(p: Performance[ReferralBatch, ReferralNotice]) -> ReferralBatch:
    return ReferralBatch(
        id=p.work.new_id(), no=p.paper.batch_ref, state="announced", version=0, secrecy=RESTRICTED,
        office_id=_petition_office(p), liaison_office_id="", unit_id="", registrar_id="", handler_id="",
        addressee_id="", opened_on=p.paper.referred_on, changed_at=p.work.now, batch_ref=p.paper.batch_ref,
        expected=len(set(p.paper.serials)),
    )  # fmt: skip


def _petition_office(p: Performance[Any, Any]) -> str:
    kind = DirectoryOffice.kind == "petition_office"
    found = p.session.scalars(
        select(DirectoryOffice.office_id).where(kind).order_by(DirectoryOffice.office_id)
    )
    return found.first() or ""


def list_serials(p: Performance[ReferralBatch, ReferralNotice]) -> None:
    for serial in dict.fromkeys(p.paper.serials):
        p.session.add(ReferredSerial(batch_id=p.subject.id, serial=serial, petition_id=""))


def of_an_open_batch(p: Registering) -> None:
    """The serial is one of a batch that is not receipted yet, and registered once."""
    batch = p.session.get(ReferralBatch, p.paper.batch_id)
    if batch is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="batch_id", clauses=CLAUSE)
    row = p.session.get(ReferredSerial, (batch.id, p.paper.serial), with_for_update=True)
    if row is None:
        raise p.refuse(RefusalCode.OUT_OF_RANGE, field="serial", clauses=CLAUSE)
    if row.petition_id:
        raise p.refuse(RefusalCode.DUPLICATE, field="serial", clauses=CLAUSE)
    p.known["serial"] = row


def received_by_now(p: Performance[Any, Any]) -> None:
    if p.paper.received_on > p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="received_on")


def open_referred(p: Registering) -> Petition:
    actor, paper = p.work.actor, p.paper
    naming = Naming.NAMED if paper.petitioners else Naming.ANONYMOUS
    return Petition(
        id=uuid4().hex, no="", state="registered", version=0, secrecy=UNCLASSED, office_id=actor.office_id,
        liaison_office_id="", unit_id=paper.unit_id, registrar_id=actor.person_id, handler_id=actor.person_id,
        addressee_id="", opened_on=paper.received_on, changed_at=p.work.now, received_on=paper.received_on,
        channel=INSPECTION, class_code="", transferred=False, unit_received_on=None, transferred_on=None,
        in_scope=None, platform_no="", outcome_code="", clue_id="", department_id="", duplicate_of="",
        replied_on=None, imported=False, natural_key=None, ledger_mark=None, sender_id="",
        rule_version=p.known[RULE], naming=naming.value, petitioners=len(paper.petitioners),
    )  # fmt: skip


def enter_serial(p: Registering) -> None:
    """An ordinary one is where it has to be judged already; one of the restricted class goes to its addressee."""
    keep_identity(p.session, p.work.runtime.ring, p.subject.id, p.paper.petitioners)
    for person_id in p.paper.subject_ids:
        p.add_party(person_id)
    set_class(p, p.paper.class_code)
    if not is_sealed(p):
        p.subject.state = "forwarded"
    p.known["serial"].petition_id = p.subject.id


def all_registered(p: Performance[ReferralBatch, ReferralReceipt]) -> None:
    """A batch is receipted when each of its serials is in the register; the first that is not is named."""
    missing = [row.serial for row in serials_of(p) if not row.petition_id]
    if missing:
        raise p.refuse(RefusalCode.MISSING_DOCUMENT, field=f"serials.{missing[0]}")


def serials_of(p: Performance[ReferralBatch, Any]) -> list[ReferredSerial]:
    of_batch = ReferredSerial.batch_id == p.subject.id
    return list(p.session.scalars(select(ReferredSerial).where(of_batch).order_by(ReferredSerial.serial)))


def received_event(p: Performance[ReferralBatch, ReferralReceipt]) -> ReferralReceived:
    """By the petitions' ids: a number would tell which of them are sealed."""
    return ReferralReceived(
        batch_id=p.subject.batch_ref,
        received_on=p.paper.received_on,
        intake_nos=tuple(row.petition_id for row in serials_of(p)),
    )


OPEN_REFERRAL = Act(
    name="open_referral",
    zh="接收巡察移交批次",
    en="Open a batch that inspection refers",
    clauses=CLAUSE,
    on=ReferralBatch,
    by=(),
    paper=ReferralNotice,
    new=announce,
    becomes="announced",
    effect=list_serials,
    tells=(Tells("petition_office", "petitions_referred", "XC-39.0d"),),
)

REGISTER_REFERRED = Act(
    name="register_referred",
    zh="登记巡察移交件",
    en="Register a petition that inspection referred",
    clauses=("XC-39.0d", "LZ-12.2", "GL-3.7"),
    on=Petition,
    by=(PETITION_OFFICE,),
    paper=ReferredEntry,
    new=open_referred,
    guards=(received_by_now, references_exist, not_about_oneself, rule_in_force, of_an_open_batch),
    effect=enter_serial,
    opens=CLOCKS[2:3],
    hands_on=ARRIVAL[:1],
)

RECEIPT_REFERRAL = Act(
    name="receipt_referral",
    zh="签收移交批次",
    en="Receipt the batch",
    clauses=CLAUSE,
    on=ReferralBatch,
    by=(PETITION_OFFICE,),
    paper=ReferralReceipt,
    when=("announced",),
    becomes="receipted",
    guards=(received_by_now, all_registered),
    hands_on=(HandOn(ReferralReceived, received_event),),
)


def at_the_petition_office(p: Performance[Petition, Any]) -> None:
    """What a dispatched office registered stays with it."""
    if p.subject.channel != INSPECTION or p.subject.office_id != p.work.actor.office_id:
        raise p.refuse(RefusalCode.WRONG_STATE)


def to_a_dispatched_office(p: Performance[Petition, Assignment]) -> None:
    office = p.session.get(DirectoryOffice, p.paper.office_id)
    if office is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="office_id")
    if office.kind != "dispatched_office":
        raise p.refuse(RefusalCode.WRONG_ROUTE, field="office_id")


def assign(p: Performance[Petition, Assignment]) -> None:
    """A leader of the office who is not recused handles it from now on."""
    petition, office = p.subject, p.session.get_one(DirectoryOffice, p.paper.office_id)
    former = petition.office_id
    petition.office_id, petition.liaison_office_id = office.office_id, office.liaison_office_id
    petition.handler_id = _lawful_leader(p, office.office_id)
    index_elsewhere(p.session, p.work.runtime.ring, petition, former)


def _lawful_leader(p: Performance[Petition, Assignment], office_id: str) -> str:
    persons = set(subjects_of(p))
    for role in ("dispatched_office_head", "dispatched_office_deputy"):
        for leader in holders(p.session, role, p.today, office_id):
            if not persons & {leader, *chain_of(p.session, leader)}:
                return leader
    raise p.refuse(RefusalCode.WRONG_ADDRESSEE, field="office_id")


ASSIGN_PETITION = Act(
    name="assign_petition",
    zh="交派驻机构办理",
    en="Assign to a dispatched office",
    clauses=("LZ-12.8", "LZ-12.10", "XC-39.0d"),
    on=Petition,
    by=(PETITION_OFFICE,),
    paper=Assignment,
    when=("judged",),
    needs=(at_the_petition_office,),
    guards=(to_a_dispatched_office,),
    effect=assign,
    tells=(Tells("", "petition_judged", "LZ-12.8", person=lambda p: p.subject.handler_id),),
)
"""What came to the petition office itself goes on at a dispatched office, as if that one had registered it."""
