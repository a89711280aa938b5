"""Suspected breaches in consultation (HS-1.12): a clue in the clue ledger, a number alone in the shared ledgers."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from contracts.refusals import RefusalCode
from services.chassis.access import OWN_UNIT, Knows, parties_of, post
from services.chassis.act import Act
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.chassis.reference import look_up
from services.chassis.runtime import Kind
from services.chassis.subject import RESTRICTED
from services.chassis.tables import DirectoryCoverage
from services.clues.acts.register import HAND_OVER_CLUE, REGISTER_CLUE
from services.clues.papers.clue import ClueRegisterEntry, Source, UnitClueTransfer
from services.clues.papers.shared_entry import SharedEntryNote, SuspectedBreach
from services.clues.storage import Clue
from services.clues.storage_shared_entry import SharedEntry

Opening = Performance[SharedEntry, SuspectedBreach]
Noting = Performance[SharedEntry, SharedEntryNote]
BOTH_SIDES = (post("supervised_unit", "local_party_head", at=None), post("dispatched_office", at=None))


def unit_of(p: Opening) -> str:
    """The unit's own for its staff, else the one that the office names."""
    return p.work.actor.unit_id or p.paper.unit_id


def unit_is_covered(p: Opening) -> None:
    coverage = look_up(p.session, DirectoryCoverage, unit_of(p))
    if coverage is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="unit_id")
    if p.work.actor.office_id and coverage.office_id != p.work.actor.office_id:
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="unit_id")


def of_clue(p: Opening) -> SharedEntry:
    """The clue comes first, with its own checks, clocks and events; the entry takes over whose it is."""
    clue: Clue = _register(p).subject
    return SharedEntry(
        id=p.work.new_id(),
        no="",
        state="open",
        version=0,
        secrecy=RESTRICTED,
        office_id=clue.office_id,
        liaison_office_id=clue.liaison_office_id,
        unit_id=clue.unit_id,
        registrar_id=p.work.actor.person_id,
        handler_id="",
        addressee_id="",
        opened_on=p.today,
        changed_at=p.work.now,
        clue_id=clue.id,
    )


def _register(p: Opening) -> Performance[Any, Any]:
    paper = p.paper
    if p.work.actor.unit_id:
        transfer = UnitClueTransfer(
            source_code=paper.source_code,
            source_note=paper.source_note,
            found_on=paper.found_on,
            subject_ids=paper.subject_ids,
            facts=paper.facts,
        )
        return perform_as_service(p.work, HAND_OVER_CLUE, transfer)
    entry = ClueRegisterEntry(
        source=Source.UNIT,
        source_no=f"K11-{uuid4().hex[:16]}",
        found_on=paper.found_on,
        unit_id=paper.unit_id,
        subject_ids=paper.subject_ids,
        facts=paper.facts,
    )
    return perform_as_service(p.work, REGISTER_CLUE, entry)


def number_and_parties(p: Opening) -> None:
    """Whoever is suspected, or in their line, does not see the number either. It is taken last."""
    for person_id in p.paper.subject_ids:
        p.add_party(person_id)
    item, year = p.subject, p.today.year
    item.no = f"HS-{item.unit_id}-{year}-{p.work.next_number(f'shared/{item.unit_id}/{year}'):05d}"


OPEN_SHARED_ENTRY = Act(
    name="open_shared_entry",
    zh="涉嫌违规违纪违法问题列入会商",
    en="Take a suspected breach up in consultation",
    clauses=("HS-1.12",),
    on=SharedEntry,
    by=BOTH_SIDES,
    paper=SuspectedBreach,
    new=of_clue,
    becomes="open",
    guards=(unit_is_covered,),
    effect=number_and_parties,
)


def names_no_suspect(p: Noting) -> None:
    """Raises Refusal(ACCESS_DENIED): details belong in the clue ledger, which the unit does not see."""
    if p.paper.subject_ids:
        raise p.refuse(RefusalCode.ACCESS_DENIED, field="subject_ids")
    if p.paper.facts:
        raise p.refuse(RefusalCode.ACCESS_DENIED, field="facts")
    if any(person_id in p.paper.progress for person_id in parties_of(p.session, p.subject)):
        raise p.refuse(RefusalCode.ACCESS_DENIED, field="progress")


NOTE_ON_SHARED_ENTRY = Act(
    name="note_on_shared_entry",
    zh="登记会商台账进展",
    en="Note how an entry stands",
    clauses=("HS-1.12",),
    on=SharedEntry,
    by=(post("supervised_unit", "local_party_head", at=OWN_UNIT), post("dispatched_office")),
    paper=SharedEntryNote,
    when=("open",),
    guards=(names_no_suspect,),
    anytime=True,
)

KNOWS_SHARED_ENTRY = Knows(
    ordinary=(post("supervised_unit", "local_party_head", at=OWN_UNIT), post("dispatched_office")),
    unclassed=(),
)
"""Both sides of the ledger, by number; never the persons suspected, their line and relatives."""
KINDS = (Kind(SharedEntry, KNOWS_SHARED_ENTRY, "shared-entries"),)
ACTS: tuple[Act[Any, Any], ...] = (OPEN_SHARED_ENTRY, NOTE_ON_SHARED_ENTRY)
