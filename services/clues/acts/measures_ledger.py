"""The quarter's ledger of an office's measures: filed, checked, passed on (LZ-16.14 to LZ-16.16).

Its rows are the register's entries of that quarter; nobody writes them (LZ-16.13). It is the head's and those offices'
that the text names.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contracts.events.clues_cases import MeasuresLedgerFiled, MeasureUseChecked, MeasureUseReported
from contracts.refusals import RefusalCode
from services.chassis.access import LIAISON_OFFICE, post, visible
from services.chassis.act import Act, Document, HandOn, Meets, Opens, Tells
from services.chassis.duties import open_duty
from services.chassis.papers import canonical
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.chassis.reference import look_up
from services.chassis.subject import RESTRICTED
from services.chassis.tables import DirectoryOffice
from services.chassis.work import Work
from services.clues.domain.measures import first_day_of, last_day_of, quarter_of
from services.clues.papers.clue import Recipient
from services.clues.papers.measure import (
    LateMeasure,
    LedgerFiling,
    LedgerOfQuarter,
    LedgerOpening,
    MeasuresCheck,
    MeasuresReport,
)
from services.clues.storage_measure import Measure, MeasuresLedger

AnyLedger = Performance[MeasuresLedger, Any]
HEADS, LIAISON, CASE_SUPERVISION = (
    "dispatched_office_head",
    "liaison_discipline_office",
    "case_supervision_office",
)
AT_THE_LIAISON_OFFICE = (post(LIAISON, at=LIAISON_OFFICE),)
Row = dict[str, str | None]


def by_the_head(p: Performance[MeasuresLedger, LedgerOpening]) -> MeasuresLedger:
    return _of_quarter(p, p.work.actor.office_id, quarter_of(p.today))


def by_the_clock(p: Performance[MeasuresLedger, LedgerOfQuarter]) -> MeasuresLedger:
    return _of_quarter(p, p.paper.office_id, p.paper.quarter)


def _of_quarter(p: AnyLedger, office_id: str, quarter: str) -> MeasuresLedger:
    office = look_up(p.session, DirectoryOffice, office_id)
    return MeasuresLedger(
        id=p.work.new_id(),
        no=f"CT-{office_id}-{quarter}",
        state="open",
        version=0,
        secrecy=RESTRICTED,
        office_id=office_id,
        liaison_office_id=office.liaison_office_id if office else "",
        unit_id="",
        registrar_id="",
        handler_id="",
        addressee_id="",
        opened_on=p.today,
        changed_at=p.work.now,
        quarter=quarter,
        row_count=0,
        filings=0,
        checks=0,
        finding_count=0,
    )


def not_begun_yet(p: Performance[MeasuresLedger, LedgerOpening]) -> None:
    """The head begins the first one; those of later quarters follow by the clock."""
    if latest_quarter(p.session, p.work.actor.office_id):
        raise p.refuse(RefusalCode.DUPLICATE)


def latest_quarter(session: Session, office_id: str) -> str:
    """The latest quarter of which the office has a ledger; empty for none."""
    query = select(func.max(MeasuresLedger.quarter)).where(MeasuresLedger.office_id == office_id)
    return session.scalar(query) or ""


QUARTERS_CLOCK = Opens(
    "LZ-16.14", "file_within", HEADS, lambda p: first_day_of(p.subject.quarter), warn_before=(10, 3), to=LIAISON
)  # fmt: skip

OPEN_MEASURES_LEDGER = Act(
    name="open_measures_ledger",
    zh="措施使用台账建账",
    en="Begin the measures ledger",
    clauses=("LZ-16.14",),
    on=MeasuresLedger,
    by=(post(HEADS, at=None),),
    paper=LedgerOpening,
    new=by_the_head,
    becomes="open",
    guards=(not_begun_yet,),
    opens=(QUARTERS_CLOCK,),
)
CONTINUE_MEASURES_LEDGER = Act(
    name="continue_measures_ledger",
    zh="措施使用台账续建",
    en="Go on with the measures ledger in the next quarter",
    clauses=("LZ-16.14",),
    on=MeasuresLedger,
    by=(),
    paper=LedgerOfQuarter,
    new=by_the_clock,
    becomes="open",
    opens=(QUARTERS_CLOCK,),
)
"""With the office's first measure or rule, and then at the start of every quarter, whether it uses measures or not."""


def keep_a_ledger(work: Work, office_id: str) -> None:
    """Begin the office's ledger where it has none at all."""
    if not latest_quarter(work.session, office_id):
        continue_ledger(work, office_id, quarter_of(work.today))


def continue_ledger(work: Work, office_id: str, quarter: str) -> None:
    paper = LedgerOfQuarter(office_id=office_id, quarter=quarter)
    perform_as_service(work, CONTINUE_MEASURES_LEDGER, paper)


def rows_of(work: Work, ledger: MeasuresLedger) -> Sequence[Measure]:
    """The register's entries of the quarter that the actor may know of, by date of execution."""
    query = (
        select(Measure)
        .where(
            Measure.office_id == ledger.office_id,
            Measure.executed_on.between(first_day_of(ledger.quarter), last_day_of(ledger.quarter)),
            visible(Measure, work.actor, work.runtime.kinds[Measure.KIND].knows),
        )
        .order_by(Measure.executed_on, Measure.no)
    )
    return work.session.scalars(query).all()


def row_of(measure: Measure) -> Row:
    """A line of the ledger: kind, stage, subject's code, approver, document, start, end (LZ-16.13)."""
    return {
        "measure": measure.id,
        "no": measure.no,
        "measure_code": measure.measure_code,
        "stage_code": measure.stage_code,
        "target_id": measure.target_id,
        "approver_role": measure.approver_role,
        "approved_on": _iso(measure.approved_on),
        "document_no": measure.document_no,
        "start": _iso(measure.executed_on),
        "end": _iso(measure.ended_on),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def note_filing(p: AnyLedger) -> None:
    """The trail has the digest of the rows as filed: whoever compares finds out what changed since."""
    item, rows = p.subject, [row_of(measure) for measure in rows_of(p.work, p.subject)]
    item.row_count, item.filed_on = len(rows), p.today
    item.filings += 1
    p.facts |= {"rows": len(rows), "filing": item.filings, "ledger": sha256(canonical(rows)).hexdigest()}


FILE_LEDGER = Act(
    name="file_ledger",
    zh="措施使用台账季度备案",
    en="File the quarter's ledger with the liaison office",
    clauses=("LZ-16.14", "LZ-16.13"),
    on=MeasuresLedger,
    by=(post(HEADS),),
    paper=LedgerFiling,
    when=("open", "supplement_due"),
    otherwise={"filed": RefusalCode.DUPLICATE},
    becomes="filed",
    documents=(Document("measures_ledger", "措施使用台账(签字扫描)", "LZ-16.14", required=False),),
    effect=note_filing,
    meets=(Meets("LZ-16.14"),),
    hands_on=(
        HandOn(
            MeasuresLedgerFiled,
            lambda p: MeasuresLedgerFiled(
                office_id=p.subject.office_id,
                quarter=p.subject.quarter,
                row_count=p.subject.row_count,
                filed_on=p.today,
                supplementary=p.from_state == "supplement_due",
            ),
        ),
    ),
    tells=(
        Tells(LIAISON, "measures_ledger_filed", "LZ-16.14", office=lambda p: p.subject.liaison_office_id),
    ),
)

DEMAND_SUPPLEMENT = Act(
    name="demand_supplement",
    zh="要求补充备案",
    en="Demand a supplementary filing",
    clauses=("LZ-16.14",),
    on=MeasuresLedger,
    by=(),
    paper=LateMeasure,
    when=("filed",),
    becomes="supplement_due",
    tells=(Tells(HEADS, "measures_supplement_due", "LZ-16.14", office=lambda p: p.subject.office_id),),
)


def supplement_if_filed(work: Work, measure: Measure, executed_on: date) -> None:
    """What lies in a quarter that is filed already is filed in addition."""
    ledger = work.session.scalars(
        select(MeasuresLedger)
        .where(
            MeasuresLedger.office_id == measure.office_id,
            MeasuresLedger.quarter == quarter_of(executed_on),
        )
        .with_for_update()
    ).first()
    if ledger is not None and ledger.state == "filed":
        paper = LateMeasure(measure_id=measure.id, executed_on=executed_on)
        perform_as_service(work, DEMAND_SUPPLEMENT, paper, ledger)


def note_check(p: Performance[MeasuresLedger, MeasuresCheck]) -> None:
    item = p.subject
    item.checks += 1
    item.checked_on, item.finding_count, item.reported_on = p.today, p.paper.finding_count, None
    p.opened.append(
        open_duty(
            p.work,
            item,
            clause="LZ-16.16",
            value="act_within",
            owed_by=LIAISON,
            counted_from=p.today,
            recipient=CASE_SUPERVISION,
            owed_office=item.liaison_office_id,
        )
    )


CHECK_MEASURE_USE = Act(
    name="check_measure_use",
    zh="检查措施使用情况",
    en="Check the use of measures",
    clauses=("LZ-16.15",),
    on=MeasuresLedger,
    by=AT_THE_LIAISON_OFFICE,
    paper=MeasuresCheck,
    when=("open", "filed", "supplement_due"),
    documents=(Document("measures_check_report", "检查记录(扫描)", "LZ-16.15", required=False),),
    effect=note_check,
    hands_on=(
        HandOn(
            MeasureUseChecked,
            lambda p: MeasureUseChecked(
                office_id=p.subject.office_id,
                quarter=p.subject.quarter,
                finding_count=p.subject.finding_count,
            ),
        ),
    ),
    tells=(Tells(HEADS, "measure_use_checked", "LZ-16.15", office=lambda p: p.subject.office_id),),
    anytime=True,
)
"""After a filing or by the liaison office's own plan, as often as it sees fit."""


def to_case_supervision(p: Performance[MeasuresLedger, MeasuresReport]) -> None:
    if p.paper.recipient_role is not Recipient.CASE_SUPERVISION:
        raise p.refuse(RefusalCode.WRONG_ROUTE, field="recipient_role")


def note_report(p: AnyLedger) -> None:
    p.subject.reported_on = p.today


REPORT_MEASURE_USE = Act(
    name="report_measure_use",
    zh="向案管室通报措施使用情况",
    en="Inform the case supervision office of the use of measures",
    clauses=("LZ-16.16",),
    on=MeasuresLedger,
    by=AT_THE_LIAISON_OFFICE,
    paper=MeasuresReport,
    when=("open", "filed", "supplement_due"),
    while_open="LZ-16.16",
    guards=(to_case_supervision,),
    effect=note_report,
    meets=(Meets("LZ-16.16"),),
    hands_on=(
        HandOn(
            MeasureUseReported,
            lambda p: MeasureUseReported(
                office_id=p.subject.office_id, quarter=p.subject.quarter, reported_on=p.today
            ),
        ),
    ),
    tells=(Tells(CASE_SUPERVISION, "measure_use_reported", "LZ-16.16"),),
)
