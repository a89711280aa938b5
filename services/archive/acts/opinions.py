"""An integrity opinion: asked for in writing, and given on the evidence of a search of the clue ledger (LZ-10.5).

Of clause 10 what the evidence needs: the request (LZ-10.2) and the head's approval of the reply (LZ-10.1).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.events.archive import OpinionReplied, OpinionRequested
from contracts.refusals import RefusalCode
from contracts.working_days import due, published_calendar
from services.archive.papers.opinion import EvidenceNote, OpinionReply, OpinionRequestLetter
from services.archive.storage_opinion import IntegrityOpinion, OpinionEvidence
from services.chassis.access import listed_ids, post
from services.chassis.act import Act, HandOn, Tells, approved_by
from services.chassis.performance import Performance
from services.chassis.reference import look_up, look_up_one
from services.chassis.subject import RESTRICTED
from services.chassis.tables import DirectoryCoverage, DirectoryPerson
from services.chassis.values import value_in_force

Asking = Performance[IntegrityOpinion, OpinionRequestLetter]
Replying = Performance[IntegrityOpinion, OpinionReply]
HEAD = "dispatched_office_head"


def unit_is_supervised(p: Asking) -> None:
    if look_up(p.session, DirectoryCoverage, p.work.actor.unit_id) is None:
        raise p.refuse(RefusalCode.OUT_OF_SCOPE)


def on_persons_of_the_unit(p: Asking) -> None:
    for person_id in p.paper.person_ids:
        person = look_up(p.session, DirectoryPerson, person_id)
        if person is None or person.unit_id != p.work.actor.unit_id:
            raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="person_ids")


def asked(p: Asking) -> IntegrityOpinion:
    actor = p.work.actor
    return IntegrityOpinion(
        id=p.work.new_id(),
        no="",
        state="requested",
        version=0,
        secrecy=RESTRICTED,
        office_id=look_up_one(p.session, DirectoryCoverage, actor.unit_id).office_id,
        liaison_office_id="",
        unit_id=actor.unit_id,
        registrar_id="",
        handler_id="",
        addressee_id="",
        opened_on=p.today,
        changed_at=p.work.now,
        purpose_code=p.paper.purpose_code.value,
        person_ids=listed_ids(dict.fromkeys(p.paper.person_ids)),
        reply_no="",
        replied_on=None,
    )


def number_and_parties(p: Asking) -> None:
    for person_id in p.paper.person_ids:
        p.add_party(person_id)
    item, year = p.subject, p.today.year
    number = p.work.next_number(f"integrity_opinion/{item.office_id}/{year}")
    item.no = f"LZYJ-{item.office_id}-{year}-{number:05d}"


REQUEST_OPINION = Act(
    name="request_opinion",
    zh="征求党风廉政意见",
    en="Ask for an integrity opinion",
    clauses=("LZ-10.2", "LZ-10.5"),
    on=IntegrityOpinion,
    by=(post("supervised_unit", "local_party_head", at=None),),
    paper=OpinionRequestLetter,
    new=asked,
    becomes="requested",
    guards=(unit_is_supervised, on_persons_of_the_unit),
    effect=number_and_parties,
    hands_on=(
        HandOn(
            OpinionRequested,
            lambda p: OpinionRequested(
                request_id=p.subject.id,
                unit_id=p.subject.unit_id,
                person_ids=tuple(dict.fromkeys(p.paper.person_ids)),
                purpose_code=p.subject.purpose_code,
            ),
        ),
    ),
    tells=(Tells(HEAD, "opinion_requested", "LZ-10.2", office=lambda p: p.subject.office_id),),
)


NOTE_EVIDENCE = Act(
    name="note_evidence",
    zh="登记线索核查回执",
    en="Note that the clue ledger was searched",
    clauses=("LZ-10.5",),
    on=IntegrityOpinion,
    by=(),
    paper=EvidenceNote,
    when=("requested",),
)
"""The result itself is kept beside the item: `OpinionEvidence`."""


def evidence_of(p: Performance[IntegrityOpinion, Any]) -> dict[str, OpinionEvidence]:
    query = select(OpinionEvidence).where(OpinionEvidence.request_id == p.subject.id)
    return {row.person_id: row for row in p.session.scalars(query)}


def persons_of(item: IntegrityOpinion) -> list[str]:
    return [one for one in item.person_ids.split(",") if one]


def evidence_is_here_and_fresh(p: Replying) -> None:
    """Asked for by whom it takes, when it counts: at the approval, for each person (LZ-10.5)."""
    if not p.approver:
        return
    found = evidence_of(p)
    amount = int(value_in_force(p.session, "LZ-10.5", "valid_within", p.today).amount)
    for person_id in persons_of(p.subject):
        evidence = found.get(person_id)
        if evidence is None:
            raise p.refuse(RefusalCode.MISSING_DOCUMENT, field="evidence", clauses=("LZ-10.5",))
        if due(evidence.searched_on, amount, "working_day", published_calendar()).due_on < p.today:
            raise p.refuse(RefusalCode.NOT_VERIFIED, field="evidence", clauses=("LZ-10.5",))


def note_reply(p: Replying) -> None:
    item, year = p.subject, p.today.year
    number = p.work.next_number(f"opinion_reply/{item.office_id}/{year}")
    item.reply_no, item.replied_on = f"LZHF-{item.office_id}-{year}-{number:05d}", p.today


REPLY_OPINION = Act(
    name="reply_opinion",
    zh="呈批党风廉政意见回复",
    en="Reply with the integrity opinion",
    clauses=("LZ-10.1", "LZ-10.5"),
    on=IntegrityOpinion,
    by=(post("dispatched_office"),),
    paper=OpinionReply,
    when=("requested",),
    becomes="replied",
    guards=(evidence_is_here_and_fresh,),
    approvals=(approved_by(HEAD, "派驻机构主要负责人签发", "LZ-10.1", sole=True),),
    effect=note_reply,
    hands_on=(
        HandOn(
            OpinionReplied,
            lambda p: OpinionReplied(
                request_id=p.subject.id, reply_no=p.subject.reply_no, replied_on=p.today
            ),
        ),
    ),
)
