"""Publishing a figure (统计报表): as its publisher computes it, kept with what it counted (GL-1.32 to GL-4.7)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.events.clues_accountability import FiguresComputed
from contracts.refusals import Refusal, RefusalCode
from services.chassis.access import listed_ids, post
from services.chassis.act import Act, HandOn
from services.chassis.figure_views import asked_for
from services.chassis.figures import Asked, Counted, count, entries_of
from services.chassis.performance import Performance
from services.chassis.rates import Span
from services.chassis.subject import RESTRICTED
from services.clues.domain.periods import calendar_period
from services.clues.figures import BOOK, READERS
from services.clues.papers.figures import StatisticsReturn
from services.clues.storage_figure import PublishedEntry, PublishedFigure

Publishing = Performance[PublishedFigure, StatisticsReturn]
FIELDS = {"offices": "office_ids", "from": "from_on", "to": "to_on"}
"""Fields of the paper by what a query calls them."""


def asked_of(p: Publishing) -> Asked:
    """What the paper asks; raises Refusal as a reading of the same figure does."""
    paper = p.paper
    if paper.to_on < paper.from_on:
        raise p.refuse(RefusalCode.DATE_ORDER, field="to_on")
    try:
        return asked_for(
            p.work,
            BOOK.figures[paper.clause],
            Span(paper.from_on, paper.to_on),
            paper.office_ids,
            (None, None),
            paper.reform_on,
        )
    except Refusal as refusal:
        field = FIELDS.get(refusal.field or "", refusal.field)
        raise p.refuse(refusal.code, field=field, clauses=refusal.clauses) from None


def as_counted(p: Publishing) -> PublishedFigure:
    asked = asked_of(p)
    figure = BOOK.figures[p.paper.clause]
    counted = count(p.work, figure, asked)
    p.known |= {"asked": asked, "counted": counted}
    return PublishedFigure(
        id=p.work.new_id(),
        no="",
        state="published",
        version=0,
        secrecy=RESTRICTED,
        office_id=p.work.actor.office_id,
        liaison_office_id="",
        unit_id="",
        registrar_id=p.work.actor.person_id,
        handler_id="",
        addressee_id="",
        opened_on=p.today,
        changed_at=p.work.now,
        clause=figure.clause,
        from_on=asked.period.first,
        to_on=asked.period.last,
        reform_on=asked.since,
        offices=listed_ids(asked.offices),
        unit=figure.unit.value,
        value="" if counted.value is None else str(counted.value),
        counted=counted.now[0],
        counted_before=counted.before[0] if counted.before else None,
    )


def keep_entries(p: Publishing) -> None:
    """What was counted is kept row by row, so that a correction can say what came and what went. The number last."""
    item, asked = p.subject, p.known["asked"]
    rows = entries_of(p.work, BOOK.figures[item.clause], asked).subquery()
    kept = p.session.execute(select(rows.c.span, rows.c.source, rows.c.entry).order_by(*rows.c))
    p.session.add_all(
        PublishedEntry(published_id=item.id, span=row.span, source=row.source, entry=row.entry)
        for row in kept
    )
    number = p.work.next_number(f"published_figure/{item.registrar_id}/{item.opened_on.year}")
    item.no = f"TJ-{item.clause}-{item.opened_on.year}-{number:05d}"
    p.facts |= {"figure": item.clause, "value": item.value}


def computed_event(p: Publishing) -> FiguresComputed:
    """A rate in tenths of a percent, of a fall the amount; what is not applicable has no value."""
    asked: Asked = p.known["asked"]
    counted: Counted = p.known["counted"]
    tenths = counted.tenths if counted.figure.growth else None
    return FiguresComputed(
        clause=counted.figure.clause,
        period=calendar_period(asked.period.first, asked.period.last),
        office_ids=asked.offices,
        value=abs(tenths or 0) if counted.figure.growth else counted.now[0],
        decimals=1 if counted.figure.growth else 0,
        unit=counted.figure.unit.value,
        from_on=asked.period.first,
        to_on=asked.period.last,
        falling=(tenths or 0) < 0,
        applicable=counted.value is not None,
    )


PUBLISH_FIGURE: Act[Any, Any] = Act(
    name="publish_figure",
    zh="报出统计报表",
    en="Publish a figure",
    clauses=tuple(BOOK.figures),
    on=PublishedFigure,
    by=(post(*sorted(READERS), at=None),),
    paper=StatisticsReturn,
    new=as_counted,
    becomes="published",
    effect=keep_entries,
    hands_on=(HandOn(FiguresComputed, computed_event),),
)
