"""An office checks a sample of the filings of each quarter, drawn once by a seed that is kept (LZ-6.10)."""

from __future__ import annotations

from secrets import token_hex
from typing import Any

from sqlalchemy import select

from contracts.refusals import RefusalCode
from services.chassis.access import listed_ids
from services.chassis.act import Act, Document, Fills, Tells, Warns
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.chassis.reference import look_up
from services.chassis.subject import NORMAL
from services.chassis.tables import DirectoryOffice
from services.inspection.acts.posts import ids_in, not_in_the_future
from services.inspection.acts.problems import find_problem
from services.inspection.acts.supervision_posts import HEAD, IN_OFFICE
from services.inspection.domain.quarters import first_day_of, last_day_of
from services.inspection.domain.sampling import drawn
from services.inspection.papers.filings import FilingCheckRecord, FilingDraw, QuarterOfOffice
from services.inspection.papers.meetings import Reminder
from services.inspection.storage_meeting import FilingCheck, SubunitFiling

Drawing = Performance[FilingCheck, FilingDraw]
Recording = Performance[FilingCheck, FilingCheckRecord]
KEPT = dict.fromkeys(("drawn", "checked"), RefusalCode.IMMUTABLE)


def of_quarter(p: Performance[FilingCheck, QuarterOfOffice]) -> FilingCheck:
    office = look_up(p.session, DirectoryOffice, p.paper.office_id)
    return FilingCheck(
        id=p.work.new_id(), no=f"CC-{p.paper.office_id}-{p.paper.quarter}", state="open", version=0, secrecy=NORMAL,
        office_id=p.paper.office_id, liaison_office_id=office.liaison_office_id if office else "", unit_id="",
        registrar_id="", handler_id="", addressee_id="", opened_on=p.today, changed_at=p.work.now,
        quarter=p.paper.quarter,
    )  # fmt: skip


OPEN_FILING_CHECK = Act(
    name="open_filing_check",
    zh="报备抽查(开启)",
    en="A quarter has filings to be checked",
    clauses=("LZ-6.10",),
    on=FilingCheck,
    by=(),
    paper=QuarterOfOffice,
    new=of_quarter,
    becomes="open",
)


def check_of_quarter(p: Performance[Any, Any], office_id: str, quarter: str) -> None:
    """The first filing of a quarter opens the office's check of it."""
    same = select(FilingCheck.id).where(FilingCheck.office_id == office_id, FilingCheck.quarter == quarter)
    if p.session.scalars(same).first() is None:
        perform_as_service(p.work, OPEN_FILING_CHECK, QuarterOfOffice(office_id=office_id, quarter=quarter))


def population(p: Drawing) -> list[str]:
    """The filings whose period ends in the quarter."""
    first, last = first_day_of(p.subject.quarter), last_day_of(p.subject.quarter)
    query = select(SubunitFiling.id).where(
        SubunitFiling.office_id == p.subject.office_id, SubunitFiling.period_to.between(first, last)
    )
    return list(p.session.scalars(query.order_by(SubunitFiling.id)))


def size_is_there(p: Drawing) -> None:
    if p.paper.size > len(population(p)):
        raise p.refuse(RefusalCode.OUT_OF_RANGE, field="size")


def draw(p: Drawing) -> None:
    """Nobody chooses: the seed is made here, and whoever knows it can draw the same again."""
    item, everything = p.subject, population(p)
    item.seed = token_hex(16)
    item.population_ids = listed_ids(everything)
    item.sample_ids = listed_ids(drawn(item.seed, everything, p.paper.size))
    item.drawn_by, item.drawn_on = p.work.actor.person_id, p.today
    p.facts |= {"seed": item.seed, "population": len(everything), "size": p.paper.size}


DRAW_FILINGS = Act(
    name="draw_filings",
    zh="抽取报备",
    en="Draw the filings to be checked",
    clauses=("LZ-6.10",),
    on=FilingCheck,
    by=IN_OFFICE,
    paper=FilingDraw,
    when=("open",),
    otherwise=KEPT,
    becomes="drawn",
    guards=(size_is_there,),
    effect=draw,
)


def lines_are_of_the_sample(p: Recording) -> None:
    named = [line.filing_id for line in p.paper.lines]
    if len(set(named)) < len(named):
        raise p.refuse(RefusalCode.DUPLICATE, field="lines.filing_id")
    if set(named) != set(ids_in(p.subject.sample_ids)):
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="lines.filing_id")


def keep_results(p: Recording) -> None:
    p.subject.checked_on = p.paper.checked_on
    graded = [(line.filing_id, line.grade) for line in p.paper.lines if line.grade is not None]
    p.subject.problem_count = len(graded)
    for filing_id, grade in graded:
        unit_id = p.session.get_one(SubunitFiling, filing_id).unit_id
        find_problem(p, "LZ-6.10", grade, unit_id=unit_id)


RECORD_FILING_CHECK = Act(
    name="record_filing_check",
    zh="登记报备抽查结果",
    en="Record the spot check",
    clauses=("LZ-6.10",),
    on=FilingCheck,
    by=IN_OFFICE,
    paper=FilingCheckRecord,
    when=("drawn",),
    otherwise={"checked": RefusalCode.IMMUTABLE},
    becomes="checked",
    documents=(Document("filing_spot_check", "报备抽查记录(扫描)", "LZ-6.10", required=False),),
    guards=(not_in_the_future("checked_on"), lines_are_of_the_sample),
    effect=keep_results,
    fills=(Fills("LZ-6.10"),),
)


def _note_warned(p: Performance[FilingCheck, Any]) -> None:
    p.subject.warned_on = p.today


NOTE_UNCHECKED = Act(
    name="note_filings_unchecked",
    zh="本期报备未抽查",
    en="The quarter ended and nothing was checked",
    clauses=("LZ-6.10",),
    on=FilingCheck,
    by=(),
    paper=Reminder,
    when=("open", "drawn"),
    effect=_note_warned,
    keeps_paper=False,
    warns=(Warns("LZ-6.10", lambda _: ("",)),),
    tells=(Tells(HEAD, "filings_unchecked", "LZ-6.10", office=lambda p: p.subject.office_id),),
)
ACTS: tuple[Act[Any, Any], ...] = (OPEN_FILING_CHECK, DRAW_FILINGS, RECORD_FILING_CHECK, NOTE_UNCHECKED)
