"""Accountability of a dispatched office and its staff: the commission's own files, closed to the office (LZ-22.10).

What a rule opens (a signal, the mark on a unit, the supervising side of a double accountability) is to be reviewed;
only the commission's leader makes an inquiry of it, and no figure is a finding.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from sqlalchemy import select

from contracts.events.clues_accountability import DualAccountabilityStarted, OfficeAccountabilityOpened
from contracts.refusals import RefusalCode
from services.chassis.access import Relation, listed_ids, not_recused, post
from services.chassis.act import Act, HandOn, Tells
from services.chassis.performance import Performance
from services.chassis.reference import look_up, look_up_one
from services.chassis.subject import RESTRICTED
from services.chassis.tables import DirectoryCoverage, DirectoryOffice, DirectoryPerson
from services.clues.acts.accountability import CASES, LEADER
from services.clues.domain.office_accountability import (
    DUAL,
    OF_PERSONS,
    OVERDUE,
    SYSTEMIC,
    OfficeGround,
    tracks_of,
)
from services.clues.papers.office_accountability import (
    OfficeFile,
    OfficeFileClosing,
    OfficeFileSetAside,
    OverdueSignal,
    ReviewOpening,
    SupervisorySide,
    SystemicMark,
    TrackConclusion,
)
from services.clues.storage_accountability import OfficeAccountability

AnyFile = Performance[OfficeAccountability, Any]
Opening = Performance[OfficeAccountability, OfficeFile]
Concluding = Performance[OfficeAccountability, TrackConclusion]
COMMISSION = (post(LEADER, at=None),)
CASE_SUPERVISION = "case_supervision_office"
KNOWN_TO = Relation("known_to", "role")
"""Files on an office are the case supervision office's, too; files on staff the commission's alone (LZ-22.13)."""
COMMISSIONS = "district_commission"


def opened_by_the_commission(p: Opening) -> OfficeAccountability:
    paper = p.paper
    return _file(
        p,
        paper.ground_code.value,
        paper.examined_office_id,
        source_ref=uuid4().hex,
        registrar_id=p.work.actor.person_id,
        case_ref=paper.case_ref,
        lifelong=paper.ground_code is OfficeGround.ABUSE,
    )


def marked(p: Performance[OfficeAccountability, SystemicMark]) -> OfficeAccountability:
    coverage = look_up_one(p.session, DirectoryCoverage, p.paper.unit_id)
    return _file(
        p,
        SYSTEMIC,
        coverage.office_id,
        source_ref=uuid4().hex,
        registrar_id=p.work.actor.person_id,
        unit_id=p.paper.unit_id,
    )


def signalled(p: Performance[OfficeAccountability, OverdueSignal]) -> OfficeAccountability:
    ref = f"{p.paper.examined_office_id}:{p.paper.quarter}"
    return _file(p, OVERDUE, p.paper.examined_office_id, source_ref=ref)


def supervisory_side(p: Performance[OfficeAccountability, SupervisorySide]) -> OfficeAccountability:
    return _file(p, DUAL, p.paper.examined_office_id, source_ref=p.paper.accountability_id)


def _file(p: AnyFile, ground: str, office_id: str, **columns: Any) -> OfficeAccountability:
    return OfficeAccountability(
        **{
            "id": p.work.new_id(),
            "no": "",
            "state": "signalled",
            "version": 0,
            "secrecy": RESTRICTED,
            "office_id": commissions_office(p),
            "liaison_office_id": "",
            "unit_id": "",
            "registrar_id": "",
            "handler_id": "",
            "addressee_id": "",
            "opened_on": p.today,
            "changed_at": p.work.now,
            "ground_code": ground,
            "examined_office_id": office_id,
            "known_to": "" if ground in (*OF_PERSONS, DUAL) else CASE_SUPERVISION,
            "case_ref": "",
            "lifelong": False,
            "tracks": listed_ids(track.value for track in tracks_of(ground)),
            "concluded_tracks": "",
        }
        | columns
    )


def commissions_office(p: AnyFile) -> str:
    """The file lies with the commission: its office, whoever of it acts."""
    query = select(DirectoryOffice.office_id).where(DirectoryOffice.kind == COMMISSIONS)
    return p.session.scalars(query.order_by(DirectoryOffice.office_id)).first() or COMMISSIONS


def number_and_parties(p: AnyFile) -> None:
    """Two series: who knows of files on offices alone sees no gap where there is one on a person."""
    for person_id in getattr(p.paper, "person_ids", ()):
        p.add_party(person_id)
    item = p.subject
    prefix = "JG" if item.known_to else "RY"
    number = p.work.next_number(f"office_accountability/{prefix}/{item.opened_on.year}")
    item.no = f"{prefix}-{item.opened_on.year}-{number:05d}"


def office_is_known(p: Opening) -> None:
    office = look_up(p.session, DirectoryOffice, p.paper.examined_office_id)
    if office is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="examined_office_id")
    if office.kind != "dispatched_office":
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="examined_office_id")


def persons_are_named(p: Opening) -> None:
    if p.paper.ground_code in OF_PERSONS and not p.paper.person_ids:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="person_ids")
    for person_id in p.paper.person_ids:
        if look_up(p.session, DirectoryPerson, person_id) is None:
            raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="person_ids")


def lifelong_has_its_case_and_consequence(p: Opening) -> None:
    """No limit in time, and no need of a post: only a case of that office, however old, and what came of it."""
    if p.paper.ground_code is not OfficeGround.ABUSE:
        return
    clauses = ("LZ-22.16",)
    if not p.paper.grave_consequence:
        raise p.refuse(RefusalCode.MISSING_REASON, field="grave_consequence", clauses=clauses)
    for model, _ in CASES:
        query = select(model.office_id).where(model.id == p.paper.case_ref, not_recused(model, p.work.actor))
        if p.session.scalars(query).first() == p.paper.examined_office_id:
            return
    raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="case_ref", clauses=clauses)


OPENED = HandOn(
    OfficeAccountabilityOpened,
    lambda p: OfficeAccountabilityOpened(
        accountability_id=p.subject.id, office_id=p.subject.examined_office_id, opened_on=p.today
    ),
    only_if=lambda p: bool(p.subject.known_to),
)

OPEN_OFFICE_FILE = Act(
    name="open_office_file",
    zh="对派驻机构及其人员启动问责",
    en="Open a file on an office or its staff",
    clauses=("LZ-22.10", "LZ-22.13", "LZ-22.16"),
    on=OfficeAccountability,
    by=COMMISSION,
    paper=OfficeFile,
    new=opened_by_the_commission,
    becomes="opened",
    guards=(office_is_known, persons_are_named, lifelong_has_its_case_and_consequence),
    effect=number_and_parties,
    hands_on=(
        OPENED,
        HandOn(
            DualAccountabilityStarted,
            lambda p: DualAccountabilityStarted(
                accountability_id=p.subject.id,
                ground_code=p.subject.ground_code,
                tracks=tuple(track.value for track in tracks_of(p.subject.ground_code)),
                opened_on=p.today,
            ),
            only_if=lambda p: p.subject.ground_code == OfficeGround.STAFF_BREACH,
        ),
    ),
)


def unit_is_supervised(p: Performance[OfficeAccountability, SystemicMark]) -> None:
    if look_up(p.session, DirectoryCoverage, p.paper.unit_id) is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="unit_id")


TOLD_COMMISSION = Tells(LEADER, "office_review_waits", "LZ-22.10")

MARK_SYSTEMIC = Act(
    name="mark_systemic",
    zh="认定系统性、塌方式腐败",
    en="Mark a unit for systemic corruption",
    clauses=("LZ-22.11",),
    on=OfficeAccountability,
    by=COMMISSION,
    paper=SystemicMark,
    new=marked,
    becomes="signalled",
    guards=(unit_is_supervised,),
    effect=number_and_parties,
    hands_on=(OPENED,),
)
"""The mark opens a review of the office that supervises the unit; what follows from it, the facts say."""

SIGNAL_OVERDUE = Act(
    name="signal_overdue",
    zh="提示派驻机构多次逾期",
    en="Signal that an office was overdue repeatedly",
    clauses=("LZ-22.10",),
    on=OfficeAccountability,
    by=(),
    paper=OverdueSignal,
    new=signalled,
    becomes="signalled",
    effect=number_and_parties,
    tells=(TOLD_COMMISSION,),
)
OPEN_SUPERVISORY_SIDE = Act(
    name="open_supervisory_side",
    zh="双问责监督责任立项",
    en="Open the supervising side of a double accountability",
    clauses=("HS-3.14",),
    on=OfficeAccountability,
    by=(),
    paper=SupervisorySide,
    new=supervisory_side,
    becomes="signalled",
    effect=number_and_parties,
    tells=(TOLD_COMMISSION,),
)

TAKE_UP_REVIEW = Act(
    name="take_up_review",
    zh="启动调查",
    en="Make an inquiry of the review",
    clauses=("LZ-22.10", "LZ-22.11", "HS-3.14"),
    on=OfficeAccountability,
    by=COMMISSION,
    paper=ReviewOpening,
    when=("signalled",),
    becomes="opened",
    hands_on=(
        HandOn(OfficeAccountabilityOpened, OPENED.build, only_if=lambda p: p.subject.ground_code == OVERDUE),
    ),
)
SET_REVIEW_ASIDE = Act(
    name="set_review_aside",
    zh="不予启动",
    en="Set the review aside",
    clauses=("LZ-22.10", "LZ-22.11", "HS-3.14"),
    on=OfficeAccountability,
    by=COMMISSION,
    paper=OfficeFileSetAside,
    when=("signalled",),
    becomes="set_aside",
)


def listed(ids: str) -> list[str]:
    return [one for one in ids.split(",") if one]


def track_is_open(p: Concluding) -> None:
    track = p.paper.track_code.value
    if track not in listed(p.subject.tracks):
        raise p.refuse(RefusalCode.OUT_OF_RANGE, field="track_code")
    if track in listed(p.subject.concluded_tracks):
        raise p.refuse(RefusalCode.DUPLICATE, field="track_code")


def note_conclusion(p: Concluding) -> None:
    item = p.subject
    item.concluded_tracks = listed_ids([*listed(item.concluded_tracks), p.paper.track_code.value])
    p.facts |= {"track": p.paper.track_code.value, "result": p.paper.result_code.value}
    if set(listed(item.tracks)) == set(listed(item.concluded_tracks)):
        item.state = "concluded"


CONCLUDE_TRACK = Act(
    name="conclude_track",
    zh="登记双查结论",
    en="Conclude a track",
    clauses=("LZ-22.10", "LZ-22.13", "HS-3.14"),
    on=OfficeAccountability,
    by=COMMISSION,
    paper=TrackConclusion,
    when=("opened",),
    guards=(track_is_open,),
    effect=note_conclusion,
)
CLOSE_OFFICE_FILE = Act(
    name="close_office_file",
    zh="派驻机构及其人员问责办结",
    en="Close the file",
    clauses=("LZ-22.10", "LZ-22.13"),
    on=OfficeAccountability,
    by=COMMISSION,
    paper=OfficeFileClosing,
    when=("concluded",),
    otherwise={"signalled": RefusalCode.NOT_VERIFIED, "opened": RefusalCode.NOT_VERIFIED},
    becomes="closed",
)
