"""A round's file is checked against its catalogue and the 17 categories, and accepted or returned (XC-47.0b)."""

from __future__ import annotations

from typing import Any

from contracts.archive_categories import archive_categories
from contracts.events.archive_rounds import HandoverAccepted, HandoverRejected
from contracts.refusals import RefusalCode
from services.archive.papers.round_file import (
    ResidueNote,
    RoundFileAcceptance,
    RoundFileNote,
    RoundFileReturn,
    RoundFileSupplement,
)
from services.archive.storage_round_file import RoundFile, TeamHoldsNothing
from services.chassis.access import listed_ids, post
from services.chassis.act import Act, Document, HandOn
from services.chassis.performance import Performance
from services.chassis.subject import RESTRICTED

AnyFile = Performance[RoundFile, Any]
OFFICE = (post("inspection_office"),)
CATEGORIES = tuple(one.clause for one in archive_categories())


def announced(p: Performance[RoundFile, RoundFileNote]) -> RoundFile:
    paper = p.paper
    return RoundFile(
        id=p.work.new_id(), no="", state="handed_over", version=0, secrecy=RESTRICTED, office_id=paper.office_id,
        liaison_office_id="", unit_id=paper.unit_id, registrar_id="", handler_id="", addressee_id="",
        opened_on=p.today, changed_at=p.work.now, round_id=paper.round_id, team_id=paper.team_id,
        source_ref=paper.source_ref, handed_over_on=paper.handed_over_on, late_days=paper.late_days,
    )  # fmt: skip


def note_catalogue(p: Performance[RoundFile, RoundFileNote]) -> None:
    file, paper = p.subject, p.paper
    file.complete_nos, file.missing_nos = listed_ids(map(str, paper.complete)), ""
    file.handed_over_on, file.late_days = paper.handed_over_on, paper.late_days


RECEIVE_FILE = Act(
    name="receive_round_file",
    zh="接收巡察档案",
    en="A round's file comes in",
    clauses=("XC-47.0a",),
    on=RoundFile,
    by=(),
    paper=RoundFileNote,
    new=announced,
    becomes="handed_over",
    effect=note_catalogue,
)
RECEIVE_FILE_AGAIN = Act(
    name="receive_round_file_again",
    zh="再次接收巡察档案",
    en="A returned file comes in again",
    clauses=("XC-47.0a",),
    on=RoundFile,
    by=(),
    paper=RoundFileNote,
    when=("returned",),
    becomes="handed_over",
    effect=note_catalogue,
)


def missing_by_its_catalogue(file: RoundFile) -> tuple[int, ...]:
    """Numbers of the categories that the team itself could not complete, in order."""
    complete = {one for one in file.complete_nos.split(",") if one}
    return tuple(one.number for one in archive_categories() if str(one.number) not in complete)


def note_return(p: Performance[RoundFile, RoundFileReturn]) -> None:
    p.subject.missing_nos = listed_ids(str(one) for one in sorted(set(p.paper.missing)))
    p.facts |= {"code": RefusalCode.MISSING_DOCUMENT.value, "missing": len(set(p.paper.missing))}


def rejected(p: Performance[RoundFile, RoundFileReturn]) -> HandoverRejected:
    file = p.subject
    return HandoverRejected(round_id=file.round_id, team_id=file.team_id, catalogue_ref=file.source_ref,
                            missing_categories=tuple(sorted(set(p.paper.missing))), rejected_on=p.today)  # fmt: skip


RETURN_FILE = Act(
    name="return_round_file",
    zh="退回巡察档案",
    en="Return a round's file",
    clauses=("XC-47.0b", *CATEGORIES),
    on=RoundFile,
    by=OFFICE,
    paper=RoundFileReturn,
    when=("handed_over",),
    becomes="returned",
    effect=note_return,
    hands_on=(HandOn(HandoverRejected, rejected),),
)


def nobody_holds_anything(p: AnyFile) -> None:
    """The filer signs last, after the handover; then the team holds nothing (XC-28.3d)."""
    if p.session.get(TeamHoldsNothing, p.subject.team_id) is None:
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, clauses=("XC-47.0b", "XC-28.3d"))


def was_checked(p: Performance[RoundFile, RoundFileAcceptance]) -> None:
    if not p.paper.checked_against_catalogue:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="checked_against_catalogue", clauses=("XC-47.0b",))


def shelve(p: AnyFile) -> None:
    file, series = p.subject, f"{p.subject.office_id}-{p.today.year}"
    file.accepted_on = p.today
    file.no = f"XCDA-{series}-{p.work.next_number(f'round_file/{series}'):04d}"


def accepted(p: AnyFile) -> HandoverAccepted:
    file = p.subject
    return HandoverAccepted(round_id=file.round_id, team_id=file.team_id, catalogue_ref=file.source_ref,
                            file_no=file.no, accepted_on=p.today)  # fmt: skip


ACCEPT_FILE = Act(
    name="accept_round_file",
    zh="验收巡察档案",
    en="Accept a round's file",
    clauses=("XC-47.0b",),
    on=RoundFile,
    by=OFFICE,
    paper=RoundFileAcceptance,
    when=("handed_over",),
    becomes="accepted",
    documents=(Document("archive_handover_receipt", "档案移交签收(扫描)", "XC-47.0b"),),
    guards=(nobody_holds_anything, was_checked),
    effect=shelve,
    hands_on=(HandOn(HandoverAccepted, accepted),),
)
SUPPLEMENT_FILE = Act(
    name="supplement_round_file",
    zh="补充巡察档案",
    en="Add a supplement to a round's file",
    clauses=("XC-47.0b",),
    on=RoundFile,
    by=OFFICE,
    paper=RoundFileSupplement,
    when=("accepted",),
    documents=(Document("supplement", "补充材料（扫描件）", "XC-47.0b"),),
    anytime=True,
)


def note_destruction(p: Performance[RoundFile, ResidueNote]) -> None:
    p.subject.residue_destroyed_on = p.paper.destroyed_on


NOTE_RESIDUE = Act(
    name="note_residue_destroyed",
    zh="登记未归档涉密材料已销毁",
    en="What was not archived was destroyed",
    clauses=("XC-47.0c",),
    on=RoundFile,
    by=(),
    paper=ResidueNote,
    when=("accepted",),
    effect=note_destruction,
)
ACTS = (RECEIVE_FILE, RECEIVE_FILE_AGAIN, RETURN_FILE, ACCEPT_FILE, SUPPLEMENT_FILE, NOTE_RESIDUE)
