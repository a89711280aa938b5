"""Reports that citizens file on the public page, add to and are answered on (LZ-12.1, LZ-12.2, LZ-12.3, LZ-12.6).

Filed, such a report is a petition like any other online one: unclassed and its registrar's alone, with the same clocks.
What its reporter says of a leader is sealed to the addressee in the same transaction; no registrar ever opens it.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import func, select

from contracts.refusals import RefusalCode
from services.chassis import keys
from services.chassis.act import Act, Document, NoPaper, Tells
from services.chassis.media import media_type_of
from services.chassis.papers import canonical, upload
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.chassis.reference import look_up
from services.chassis.subject import RESTRICTED, SEALED
from services.chassis.tables import DirectoryCoverage, DirectoryPerson
from services.chassis.work import Work
from services.intake.acts.from_unit import lawful_receiver
from services.intake.acts.register import (
    REGISTER_PETITION,
    Registering,
    entered,
    note_parties,
    references_exist,
)
from services.intake.acts.route import OFFICE, PETITION_OFFICE
from services.intake.acts.sealed_route import ESCALATE_PETITION
from services.intake.acts.telling import FROM_REGISTERED
from services.intake.acts.ways_in import asked_of_this_way, named_or_not, rule_in_force
from services.intake.domain.ways_in import Channel
from services.intake.papers.online import OnlineAddition, OnlineAnswer, OnlineReport
from services.intake.papers.petition import DirectDeliveryLetter
from services.intake.storage import Petition, SealedPart

AnyPetition = Performance[Petition, Any]
CLAUSE = ("LZ-12.6",)
ORIGINAL, SUPPLEMENT = "petition_original", "petition_supplement"


def of_a_covered_unit(p: Registering) -> None:
    if look_up(p.session, DirectoryCoverage, p.paper.unit_id) is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="unit_id")


def open_online(p: Registering) -> Petition:
    coverage = p.session.get_one(DirectoryCoverage, p.paper.unit_id)
    return entered(p, coverage.office_id, "")


def note_online(p: Registering) -> None:
    """The office's receiver registers it; what is sealed from the start has no registrar: nobody else knows of it."""
    if p.paper.class_code is None:
        p.subject.registrar_id = p.subject.handler_id = lawful_receiver(p)
    note_parties(p)


FILE_ONLINE = replace(
    REGISTER_PETITION,
    name="file_online",
    zh="网上受理举报",
    en="Take in an online report",
    by=(),
    new=open_online,
    guards=(asked_of_this_way, named_or_not, references_exist, of_a_covered_unit, rule_in_force),
    effect=note_online,
    tells=(
        Tells(
            "",
            "petition_filed_online",
            "LZ-12.6",
            person=lambda p: p.subject.handler_id,
            only_if=lambda p: p.subject.secrecy != SEALED,
        ),
    ),
)
DELIVER_ONLINE = replace(
    ESCALATE_PETITION,
    name="deliver_online",
    zh="网上举报径送",
    en="Deliver an online report directly",
    by=(),
    documents=(),
)
"""As a clerk delivers a letter of the restricted class; nobody has it in hand, so no cover letter is scanned."""


def to_whom_it_lies(p: AnyPetition) -> str:
    return p.subject.addressee_id if p.subject.state == "escalated" else p.subject.handler_id


ADDED = (Tells("", "petition_added_online", "LZ-12.6", person=to_whom_it_lies),)

ADD_ONLINE = Act(
    name="add_online",
    zh="反映人网上补充",
    en="The petitioner adds to a report online",
    clauses=CLAUSE,
    on=Petition,
    by=(),
    paper=OnlineAddition,
    when=tuple(state for state in FROM_REGISTERED if state != "closed"),
    documents=(Document(SUPPLEMENT, "反映人补充材料", "LZ-12.6", required=False),),
    tells=ADDED,
)
ADD_SEALED = Act(
    name="add_sealed",
    zh="反映人补充密件",
    en="The petitioner adds to a sealed report",
    clauses=(*CLAUSE, "LZ-12.3"),
    on=Petition,
    by=(),
    paper=NoPaper,
    when=("escalated",),
    keeps_paper=False,
    tells=ADDED,
)
"""Of what was added nothing is kept here: it is encrypted to the addressee of the report."""


def has_a_receipt_code(p: AnyPetition) -> None:
    if p.subject.secrecy != RESTRICTED:
        raise p.refuse(RefusalCode.WRONG_ROUTE, clauses=("LZ-12.3",))
    if p.subject.channel != Channel.ONLINE:
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET)


ANSWER_ONLINE = Act(
    name="answer_online",
    zh="网上答复反映人",
    en="Answer the petitioner online",
    clauses=CLAUSE,
    on=Petition,
    by=(*OFFICE, PETITION_OFFICE),
    paper=OnlineAnswer,
    when=FROM_REGISTERED,
    needs=(has_a_receipt_code,),
    anytime=True,
)
"""To whoever has the code, named or not: a question, or what came of it. Nothing of it leaves the case's encryption."""


def file_report(work: Work, report: OnlineReport, files: Sequence[bytes]) -> Petition:
    """Register what a citizen filed, and deliver it at once if it is of the restricted class; raises Refusal."""
    entry = report.entry(work.today, f"WS-{secrets.token_hex(6)}")
    attached = _kept(work, ORIGINAL, files)
    petition: Petition = perform_as_service(work, FILE_ONLINE, entry, attached=attached).subject
    if petition.secrecy == SEALED:
        perform_as_service(work, DELIVER_ONLINE, DirectDeliveryLetter(), petition)
    return petition


def add_to_report(work: Work, petition: Petition, addition: OnlineAddition, files: Sequence[bytes]) -> None:
    """Put what its reporter adds to a report, to where that lies; raises Refusal(WRONG_STATE) for a closed one."""
    if petition.state == "escalated":
        _seal(work, petition, addition, files)
        perform_as_service(work, ADD_SEALED, NoPaper(), petition)
        return
    perform_as_service(work, ADD_ONLINE, addition, petition, _kept(work, SUPPLEMENT, files))


def _kept(work: Work, kind: str, files: Sequence[bytes]) -> dict[str, list[str]]:
    session, ring = work.session, work.runtime.ring
    rows = [upload(session, ring, "system", media_type_of(body), body, work.real) for body in files]
    session.flush()
    return {kind: [row.id for row in rows]} if rows else {}


def _seal(work: Work, petition: Petition, addition: OnlineAddition, files: Sequence[bytes]) -> None:
    addressee = work.session.get_one(DirectoryPerson, petition.addressee_id)
    of_petition = SealedPart.petition_id == petition.id
    last = work.session.scalars(select(func.max(SealedPart.part)).where(of_petition)).one()
    paper = {"form": addition.model_dump(mode="json"), "attached": {}}
    form = {"kind": OnlineAddition.__name__, "at": work.now.isoformat(), "paper": paper}
    for number, body in enumerate([canonical({"papers": [form]}), *files], start=(last or 0) + 1):
        work.session.add(
            SealedPart(
                petition_id=petition.id,
                part=number,
                addressee_id=petition.addressee_id,
                body=keys.seal(addressee.box_key, body),
                delivered_at=work.now,
            )
        )
