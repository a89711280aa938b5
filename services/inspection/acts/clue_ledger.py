"""The inspection office's clue ledger: a line for each clue found, followed, reconciled and closed (XC-37.4)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.refusals import RefusalCode
from services.chassis.access import parties_of
from services.chassis.act import Act, Document, Meets, Opens
from services.chassis.perform import AnyAct, perform_as_service, unnamed
from services.chassis.performance import Performance
from services.chassis.subject import RESTRICTED
from services.chassis.work import Work
from services.inspection.acts.posts import OFFICE
from services.inspection.domain.leaving_codes import AS_REGISTERED
from services.inspection.papers.leaving import LedgerLine, Reconciliation, Settlement, StrikingOff
from services.inspection.storage_field import FoundClue
from services.inspection.storage_leaving import LedgerEntry
from services.inspection.storage_transfer import ClueTransfer
from services.inspection.storage_unit import Engagement

AnyEntry = Performance[LedgerEntry, Any]
Entering = Performance[LedgerEntry, LedgerLine]
OPEN = ("found", "transferred", "handling", "concluded")
DIRECTOR = "inspection_office_director"


def entered(p: Entering) -> LedgerEntry:
    """From the team's register, or, of a clue that no team registered here, from its transfer."""
    clue = p.session.get(FoundClue, p.paper.found_clue_id) if p.paper.found_clue_id else None
    if clue is not None:
        of = p.session.get_one(Engagement, clue.engagement_id)
        office, unit, of_round, key, no = clue.office_id, clue.unit_id, of.round_id, clue.id, clue.no
    else:
        sent = p.session.get_one(ClueTransfer, p.paper.transfer_id)
        office, unit, of_round, key, no = (
            sent.office_id,
            sent.unit_id,
            sent.round_id,
            sent.id,
            sent.found_no,
        )
    return LedgerEntry(
        id=p.work.new_id(), no="", state="found", version=0, secrecy=RESTRICTED, office_id=office, unit_id=unit,
        registrar_id="", handler_id="", liaison_office_id="", addressee_id="", opened_on=p.today,
        changed_at=p.work.now, round_id=of_round, entry_key=key, found_no=no,
    )  # fmt: skip


def recuse_and_number(p: Entering) -> None:
    of: Any = p.session.get(FoundClue, p.subject.entry_key) or p.session.get_one(
        ClueTransfer, p.subject.entry_key
    )
    for person in parties_of(p.session, of):
        p.add_party(person)
    year = p.today.year
    p.subject.no = f"XCTZ-{year}-{p.work.next_number(f'clue_ledger/{year}'):05d}"


TO_RECONCILE = Opens("XC-37.4b", "reconcile_within", DIRECTOR, lambda p: p.today)
"""At regular intervals: each reconciliation begins the next interval, until the entry is closed."""

ENTER_CLUE = Act(
    name="enter_clue",
    zh="登入问题线索台账",
    en="A clue is entered in the office's ledger",
    clauses=("XC-37.4a",),
    on=LedgerEntry,
    by=(),
    paper=LedgerLine,
    new=entered,
    becomes="found",
    effect=recuse_and_number,
    opens=(TO_RECONCILE,),
)


def follow_transfer(p: Performance[LedgerEntry, LedgerLine]) -> None:
    """The line says of its transfer what the receiver has answered so far."""
    entry, sent = p.subject, p.session.get_one(ClueTransfer, p.paper.transfer_id)
    entry.clue_no, entry.receiver, entry.handed_on = sent.no, sent.receiver, sent.handed_on
    entry.transfer_stage = sent.transfer_stage
    entry.handling_result, entry.concluded_on = sent.handling_result, sent.concluded_on
    if entry.state != "closed":
        entry.state = "concluded" if sent.concluded_on else _stage(sent)


def _stage(sent: ClueTransfer) -> str:
    return "handling" if sent.state == "handling" else "transferred"


NOTE_LEDGER = Act(
    name="note_in_ledger",
    zh="登记线索移交和办理情况",
    en="The ledger follows a transferred clue",
    clauses=("XC-37.4a", "XC-37.4b", "XC-37.4c"),
    on=LedgerEntry,
    by=(),
    paper=LedgerLine,
    effect=follow_transfer,
    keeps_paper=False,
)


def enter_found(work: Work, clue: FoundClue) -> None:
    """Once, when the office first hears of it: reported, or proposed to be dealt with at once (XC-37.4a)."""
    if _entry(work, clue.id) is None:
        _perform(work, ENTER_CLUE, LedgerLine(found_clue_id=clue.id))


def enter_transferred(work: Work, sent: ClueTransfer, found_clue_id: str) -> None:
    """By whatever route: the line that the clue has, or a new one."""
    work.session.flush()
    key = found_clue_id or sent.id
    if _entry(work, key) is None:
        _perform(work, ENTER_CLUE, LedgerLine(found_clue_id=found_clue_id, transfer_id=sent.id))
        work.session.flush()
    _perform(work, NOTE_LEDGER, LedgerLine(transfer_id=sent.id), _entry(work, key))


def follow(work: Work, sent: ClueTransfer) -> None:
    """What the receiver answered stands in the line too; transfers from before there was a ledger have none."""
    work.session.flush()
    query = select(LedgerEntry).where(LedgerEntry.clue_no == sent.no).with_for_update()
    entry = work.session.scalars(query).one_or_none()
    if entry is not None:
        _perform(work, NOTE_LEDGER, LedgerLine(transfer_id=sent.id), entry)


def _entry(work: Work, key: str) -> LedgerEntry | None:
    query = select(LedgerEntry).where(LedgerEntry.entry_key == key).with_for_update()
    return work.session.scalars(query).one_or_none()


def _perform(work: Work, act: AnyAct, paper: LedgerLine, entry: LedgerEntry | None = None) -> None:
    with unnamed(work):
        perform_as_service(work, act, paper, entry)


def compare(p: Performance[LedgerEntry, Reconciliation]) -> None:
    agrees = AS_REGISTERED[p.subject.state] == p.paper.register_state
    p.subject.difference = "" if agrees else p.paper.register_state.value
    p.subject.reconciled_on = p.today


RECONCILE_ENTRY = Act(
    name="reconcile_entry",
    zh="与接收单位对账",
    en="Reconcile with the receiver",
    clauses=("XC-37.4b",),
    on=LedgerEntry,
    by=OFFICE,
    paper=Reconciliation,
    when=OPEN,
    effect=compare,
    meets=(Meets("XC-37.4b"),),
    opens=(TO_RECONCILE,),
    anytime=True,
)


def there_is_a_difference(p: AnyEntry) -> None:
    if not p.subject.difference:
        raise p.refuse(RefusalCode.WRONG_STATE)


def settle(p: AnyEntry) -> None:
    p.subject.difference = ""


SETTLE_DIFFERENCE = Act(
    name="settle_difference",
    zh="处理对账差异",
    en="Settle a difference",
    clauses=("XC-37.4b",),
    on=LedgerEntry,
    by=OFFICE,
    paper=Settlement,
    when=OPEN,
    needs=(there_is_a_difference,),
    effect=settle,
)


def differences_are_settled(p: AnyEntry) -> None:
    if p.subject.difference:
        raise p.refuse(RefusalCode.ITEMS_OUTSTANDING, clauses=("XC-37.4b",))


def strike_off(p: AnyEntry) -> None:
    p.subject.struck_off_on = p.today
    p.void("XC-37.4b")


STRIKE_OFF = Act(
    name="strike_off_entry",
    zh="问题线索销账",
    en="Close an entry of the ledger",
    clauses=("XC-37.4c",),
    on=LedgerEntry,
    by=OFFICE,
    paper=StrikingOff,
    when=("concluded",),
    otherwise=dict.fromkeys(("found", "transferred", "handling"), RefusalCode.PRECONDITION_NOT_MET),
    becomes="closed",
    documents=(Document("handling_result", "办理结果(扫描)", "XC-37.4c"),),
    needs=(differences_are_settled,),
    effect=strike_off,
)
ACTS = (ENTER_CLUE, NOTE_LEDGER, RECONCILE_ENTRY, SETTLE_DIFFERENCE, STRIKE_OFF)
