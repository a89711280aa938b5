"""A unit's archive is closed, handed over within its days, and accepted or returned (XC-46.0a, XC-47.0a, XC-47.0b)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from contracts.events.inspection_archive import ArchiveHandedOver
from contracts.refusals import RefusalCode
from contracts.working_days import published_calendar
from services.chassis.access import anyone, listed_ids, visible
from services.chassis.act import Act, Document, HandOn, Meets, Opens, Tells, Warns
from services.chassis.clock import local_date
from services.chassis.duties import duties_of
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.chassis.tables import Duty
from services.chassis.values import value_in_force
from services.inspection.acts.archive_entries import BEING_MADE_UP, CATEGORY_CLAUSES
from services.inspection.acts.posts import HANDLER, LEADER, ids_in
from services.inspection.acts.referral_slips import every_slip_is_sent
from services.inspection.domain.archive_codes import ArchivedPaper
from services.inspection.domain.codes import AssetType
from services.inspection.domain.filing import Entry, complete_categories, empty_categories, unexplained
from services.inspection.domain.lateness import days_late
from services.inspection.papers.archive import (
    ArchiveAcceptance,
    ArchiveClockNote,
    ArchiveHandover,
    ArchiveReturn,
    CatalogueClosing,
    CatalogueReopening,
)
from services.inspection.storage_archive import ArchiveFile, CatalogueEntry
from services.inspection.storage_field import Interview, Issue
from services.inspection.storage_petition import TeamPetition
from services.inspection.storage_round import Team
from services.inspection.storage_unit import Asset, Engagement

AnyFile = Performance[ArchiveFile, Any]
CLOCK = "XC-47.0a"
FILER = (anyone(HANDLER),)
WHO_HANDS_OVER = (anyone(HANDLER), anyone(LEADER))


def entries_of(p: AnyFile) -> list[CatalogueEntry]:
    if "entries" not in p.known:
        query = select(CatalogueEntry).where(
            CatalogueEntry.archive_file_id == p.subject.id, CatalogueEntry.state != "struck"
        )
        p.known["entries"] = p.session.scalars(query.order_by(CatalogueEntry.id)).all()
    found: list[CatalogueEntry] = p.known["entries"]
    return found


def _catalogue(p: AnyFile) -> list[Entry]:
    return [Entry(one.category, one.document, one.state == "explained") for one in entries_of(p)]


def _filed_sources(p: AnyFile, document: ArchivedPaper) -> set[str]:
    return {one.archived_source_id for one in entries_of(p) if one.document == document.value}


def _not_filed(p: AnyFile, model: Any, document: ArchivedPaper, *, only: Any = None) -> list[str]:
    """Items of a register that the filer may know of, and of which no paper is filed: ids, in order."""
    knows = p.work.runtime.kinds[model.KIND].knows
    query = select(model.id).where(
        model.engagement_id == p.subject.engagement_id, visible(model, p.work.actor, knows)
    )
    found = p.session.scalars(query if only is None else query.where(only)).all()
    return sorted(set(found) - _filed_sources(p, document))


def _refuse_missing(p: AnyFile, missing: list[str], clause: str, zh: str, en: str) -> None:
    if missing:
        refusal = p.refuse(RefusalCode.MISSING_DOCUMENT, clauses=(clause,))
        refusal.detail_zh = f"{zh}{'、'.join(missing[:20])}"
        refusal.detail_en = f"{en} {', '.join(missing[:20])}"
        raise refusal


def every_interview_is_filed(p: AnyFile) -> None:
    missing = _not_filed(p, Interview, ArchivedPaper.INSPECTION_INTERVIEW_RECORD)
    _refuse_missing(p, missing, "XC-46.6", "尚有谈话记录未归档:", "Interviews without a filed record:")


def every_problem_has_its_working_paper(p: AnyFile) -> None:
    """Of the problems that were fed back."""
    missing = _not_filed(p, Issue, ArchivedPaper.WORKING_PAPER, only=Issue.list_no > 0)
    _refuse_missing(
        p, missing, "XC-46.16", "反馈问题尚无底稿归档:", "Problems without a filed working paper:"
    )


def every_notebook_is_filed(p: AnyFile) -> None:
    """Notebooks are the team's: each is filed with one of its units."""
    issued = select(Asset.asset_no).where(
        Asset.team_id == p.subject.team_id, Asset.type_code == AssetType.NOTEBOOK.value
    )
    filed = select(CatalogueEntry.no).where(
        CatalogueEntry.team_id == p.subject.team_id,
        CatalogueEntry.document == ArchivedPaper.WORK_NOTEBOOK.value,
        CatalogueEntry.state == "filed",
    )
    missing = set(p.session.scalars(issued)) - set(p.session.scalars(filed))
    if missing:
        refusal = p.refuse(RefusalCode.ITEMS_OUTSTANDING, clauses=("XC-46.15",))
        refusal.detail_zh = f"尚有{len(missing)}本工作笔记本未归档"
        refusal.detail_en = f"{len(missing)} notebooks that were issued are not filed"
        raise refusal


def what_is_lacking(p: AnyFile) -> list[str]:
    """Numbers of the empty categories; of the others, papers that are neither filed nor explained."""
    empty = empty_categories(_catalogue(p))
    papers = [f"{number}/{paper}" for number, paper in unexplained(_catalogue(p)) if number not in empty]
    return [*map(str, empty), *papers]


def note_what_is_complete(p: AnyFile) -> None:
    p.subject.complete_nos = listed_ids(map(str, complete_categories(_catalogue(p))))


CLOSE_CATALOGUE = Act(
    name="close_catalogue",
    zh="封闭归档目录",
    en="Close the catalogue",
    clauses=("XC-46.0a", *CATEGORY_CLAUSES),
    on=ArchiveFile,
    by=FILER,
    paper=CatalogueClosing,
    when=BEING_MADE_UP,
    becomes="closed",
    guards=(every_interview_is_filed, every_notebook_is_filed, every_problem_has_its_working_paper),
    effect=note_what_is_complete,
    warns=(Warns("XC-46.0a", what_is_lacking),),
)
REOPEN_CATALOGUE = Act(
    name="reopen_catalogue",
    zh="重启归档目录",
    en="Open the catalogue again",
    clauses=("XC-46.0a",),
    on=ArchiveFile,
    by=FILER,
    paper=CatalogueReopening,
    when=("closed",),
    becomes="open",
    anytime=True,
)


def team_has_signed(p: Performance[ArchiveFile, ArchiveHandover]) -> None:
    if not p.paper.team_signed:
        raise p.refuse(RefusalCode.MISSING_SIGNATURE, field="team_signed", clauses=(CLOCK,))


def everybody_but_the_filers_holds_nothing(p: AnyFile) -> None:
    """Who files signs last, when the archive is out of their hands (XC-28.3d)."""
    of_team = select(Engagement.filer_id).where(Engagement.team_id == p.subject.team_id)
    filers = {p.subject.handler_id, *p.session.scalars(of_team)}
    team = p.session.get_one(Team, p.subject.team_id)
    if set(ids_in(team.staff_ids)) - set(ids_in(team.zero_ids)) - filers:
        raise p.refuse(RefusalCode.MISSING_SIGNATURE, clauses=("XC-28.3d",))


def no_petition_is_left(p: AnyFile) -> None:
    """What the team only received has gone to its department (XC-13.1e). How many, not which: it is another book."""
    here = (TeamPetition.engagement_id == p.subject.engagement_id, TeamPetition.state == "received_only")
    left = p.session.scalar(select(func.count()).select_from(TeamPetition).where(*here)) or 0
    if left:
        refusal = p.refuse(RefusalCode.ITEMS_OUTSTANDING, clauses=("XC-13.1e",))
        refusal.detail_zh = f"尚有{left}件个人诉求或涉法涉诉信访件未移交"
        refusal.detail_en = f"{left} personal or litigation petitions are not passed on yet"
        raise refusal


def engagement_of_file(p: AnyFile) -> Engagement:
    query = select(Engagement).where(Engagement.id == p.subject.engagement_id)
    return p.session.scalars(query.with_for_update()).one()


def latest_clock(p: AnyFile, of: Engagement) -> Duty | None:
    clocks = [one for one in duties_of(p.session, of) if one.clause == CLOCK]
    return max(clocks, key=lambda one: one.opened_at, default=None)


def note_handover(p: Performance[ArchiveFile, ArchiveHandover]) -> None:
    """What is not complete goes back from the archive: its clock goes on."""
    file, of = p.subject, engagement_of_file(p)
    clock = latest_clock(p, of)
    file.handed_over_on, file.late_days, file.missing_nos = p.today, 0, ""
    if clock is not None:
        value = value_in_force(p.session, CLOCK, clock.value_name, local_date(clock.opened_at))
        file.late_days = days_late(local_date(clock.due_at), p.today, value.unit, published_calendar())
    if len(ids_in(file.complete_nos)) == len(CATEGORY_CLAUSES):
        perform_as_service(p.work, STOP_ARCHIVE_CLOCK, ArchiveClockNote(), of)


STOP_ARCHIVE_CLOCK = Act(
    name="stop_archive_clock",
    zh="档案已移交",
    en="The archive was handed over",
    clauses=(CLOCK,),
    on=Engagement,
    by=(),
    paper=ArchiveClockNote,
    meets=(Meets(CLOCK),),
    keeps_paper=False,
)
START_ARCHIVE_CLOCK = Act(
    name="start_archive_clock",
    zh="档案移交时限起算",
    en="The clock of the archive's handover runs",
    clauses=(CLOCK,),
    on=Engagement,
    by=(),
    paper=ArchiveClockNote,
    opens=(
        Opens(
            CLOCK,
            "hand_over_within",
            "inspection_team",
            lambda p: p.paper.counted_from,
            owed_person=lambda p: p.subject.leader_id,
            only_if=lambda p: not p.standing.clock_is_open(CLOCK),
        ),
    ),
    keeps_paper=False,
)
HAND_OVER_ARCHIVE = Act(
    name="hand_over_archive",
    zh="移交巡察档案",
    en="Hand the archive over",
    clauses=(CLOCK, *CATEGORY_CLAUSES, "XC-28.3d", "XC-13.1e", "XC-39.0b"),
    on=ArchiveFile,
    by=WHO_HANDS_OVER,
    paper=ArchiveHandover,
    when=("closed",),
    becomes="handed_over",
    documents=(Document("archive_handover_receipt", "档案移交签收(扫描)", CLOCK, required=False),),
    guards=(
        team_has_signed,
        every_slip_is_sent,
        no_petition_is_left,
        everybody_but_the_filers_holds_nothing,
    ),
    effect=note_handover,
    hands_on=(
        HandOn(
            ArchiveHandedOver,
            lambda p: ArchiveHandedOver(
                round_id=p.subject.round_id,
                team_id=p.subject.team_id,
                unit_id=p.subject.unit_id,
                office_id=p.subject.office_id,
                catalogue_ref=p.subject.id,
                handed_over_on=p.today,
                late_days=p.subject.late_days,
                complete=tuple(int(one) for one in ids_in(p.subject.complete_nos)),
            ),
        ),
    ),
)


def note_acceptance(p: Performance[ArchiveFile, ArchiveAcceptance]) -> None:
    p.subject.file_no, p.subject.accepted_on = p.paper.file_no, p.paper.accepted_on


NOTE_ACCEPTANCE = Act(
    name="note_acceptance",
    zh="登记验收结果",
    en="The archive was accepted",
    clauses=("XC-47.0b",),
    on=ArchiveFile,
    by=(),
    paper=ArchiveAcceptance,
    when=("handed_over",),
    becomes="accepted",
    effect=note_acceptance,
)


def note_return(p: Performance[ArchiveFile, ArchiveReturn]) -> None:
    """The clock goes on from where it was counted."""
    p.subject.missing_nos, of = listed_ids(map(str, p.paper.missing)), engagement_of_file(p)
    clock = latest_clock(p, of)
    if clock is not None:
        note = ArchiveClockNote(counted_from=clock.counted_from)
        perform_as_service(p.work, START_ARCHIVE_CLOCK, note, of)


NOTE_RETURN = Act(
    name="note_return",
    zh="登记档案退回",
    en="The archive was returned",
    clauses=("XC-47.0b",),
    on=ArchiveFile,
    by=(),
    paper=ArchiveReturn,
    when=("handed_over",),
    becomes="returned",
    effect=note_return,
    tells=(Tells("", "archive_returned", "XC-47.0b", person=lambda p: p.subject.handler_id),),
)
ACTS = (
    CLOSE_CATALOGUE,
    REOPEN_CATALOGUE,
    HAND_OVER_ARCHIVE,
    STOP_ARCHIVE_CLOCK,
    START_ARCHIVE_CLOCK,
    NOTE_ACCEPTANCE,
    NOTE_RETURN,
)
