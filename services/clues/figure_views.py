"""Corrections of published figures; and the one system of clue disposition, looked over (GL-2.10)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, select, true

from contracts.refusals import Refusal, RefusalCode
from services.chassis.access import Actor, visible
from services.chassis.figure_lines import lines
from services.chassis.figure_views import asked_for, figure_routes
from services.chassis.figures import count, entries_of
from services.chassis.http import Context, Route, signed_in
from services.chassis.lines import summary
from services.chassis.rates import Span
from services.chassis.resources import item
from services.chassis.tables import DirectoryOffice
from services.chassis.trend_views import trend_routes
from services.chassis.work import Work
from services.clues.figures import BOOK
from services.clues.storage import Clue
from services.clues.storage_figure import PublishedEntry, PublishedFigure
from services.clues.trends import TRENDS

COUNTED_AGAIN = "published_figure_counted_again"


def correction(context: Context, work: Work) -> Any:
    """The figure as published, and as it counts today: what came to it and what went, of what the reader may know."""
    published: PublishedFigure = item(context, work, work.runtime.kinds[PublishedFigure.KIND])
    figure = BOOK.figures[published.clause]
    offices = tuple(one for one in published.offices.split(",") if one)
    span = Span(published.from_on, published.to_on)
    asked = asked_for(work, figure, span, offices, (None, None), published.reform_on)
    now = count(work, figure, asked)
    value = "" if now.value is None else str(now.value)
    rows = entries_of(work, figure, asked).subquery()
    kept = _kept(work, published)
    added = [
        row for row in work.session.execute(select(rows)) if (row.span, row.source, row.entry) not in kept
    ]
    still = {tuple(row) for row in work.session.execute(select(rows.c.span, rows.c.source, rows.c.entry))}
    work.audit(COUNTED_AGAIN, "read", subject=published, clauses=(figure.clause,))
    return {
        "clause": figure.clause,
        "clauses": [figure.clause],
        "unit": figure.unit.value,
        "published_on": published.opened_on.isoformat(),
        "published_value": published.value,
        "value": value,
        "corrected": value != published.value or bool(added) or bool(kept - still),
        "dropped": [
            {"span": span_name, "source": source, "entry": entry}
            for span_name, source, entry in sorted(kept - still)
        ],
        "added": lines(work, figure.sources, added),
    }


def _kept(work: Work, published: PublishedFigure) -> set[tuple[str, str, str]]:
    query = select(PublishedEntry.span, PublishedEntry.source, PublishedEntry.entry)
    rows = work.session.execute(query.where(PublishedEntry.published_id == published.id))
    return {(row.span, row.source, row.entry) for row in rows}


OF_THE_READER: dict[str, Callable[[Actor], ColumnElement[bool]]] = {
    "case_supervision_office": lambda _: true(),
    "liaison_discipline_office": lambda actor: DirectoryOffice.liaison_office_id == actor.office_id,
    "dispatched_office_head": lambda actor: DirectoryOffice.office_id == actor.office_id,
}
"""Whose ledger a post may look over: only of an office all of whose clues it may know of, a missing entry is a gap."""


def central_entries(_: Context, work: Work) -> Any:
    """The reader's offices that dispose of clues: without an entry in the central ledger it is a gap (GL-2.10)."""
    supervised = _supervising(work)
    known = select(Clue.id).where(
        Clue.office_id == DirectoryOffice.office_id,
        visible(Clue, work.actor, work.runtime.kinds[Clue.KIND].knows),
    )
    rows = work.session.execute(
        select(DirectoryOffice.office_id, known.exists().label("has"))
        .where(DirectoryOffice.kind == "dispatched_office", DirectoryOffice.status == "active", supervised)
        .order_by(DirectoryOffice.office_id)
    ).all()
    return {
        "clauses": ["GL-2.10"],
        "items": [{"office_id": row.office_id, "flag": "" if row.has else "COMPLIANCE_GAP"} for row in rows],
    }


def central_entry(context: Context, work: Work) -> Any:
    """The ledger's entry of this number: a disposition that has none stands outside the system (GL-2.10)."""
    _supervising(work)
    clue = work.session.scalars(
        select(Clue).where(
            Clue.no == context.path["no"],
            visible(Clue, work.actor, work.runtime.kinds[Clue.KIND].knows),
        )
    ).first()
    if clue is None:
        raise Refusal(RefusalCode.UNKNOWN_REFERENCE, clauses=("GL-2.10",))
    return summary(clue) | {"clauses": ["GL-2.10"]}


def _supervising(work: Work) -> ColumnElement[bool]:
    """The offices whose ledger the post looks over; another post is told that it has none, which is audited."""
    offices = OF_THE_READER.get(work.actor.role)
    if offices is None:
        work.audit("read_ledger", "refused", subject_kind="clue", code=RefusalCode.WRONG_ROLE.value)
        work.session.commit()
        raise Refusal(RefusalCode.WRONG_ROLE, clauses=("GL-2.10",))
    return offices(work.actor)


FIGURE_VIEWS = (
    *figure_routes(BOOK),
    *trend_routes(TRENDS),
    Route(
        "GET",
        "/published-figures/<id>/correction",
        signed_in(correction),
        ("更正情况", "correction of a published figure"),
        clauses=tuple(BOOK.figures),
        on_item=lambda _: True,
    ),
    Route(
        "GET",
        "/central-entries",
        signed_in(central_entries),
        ("线索集中管理检查", "offices without entries in the central ledger"),
        clauses=("GL-2.10",),
    ),
    Route(
        "GET",
        "/central-entries/<no>",
        signed_in(central_entry),
        ("按编号核对线索台账", "the central ledger's entry of a number"),
        clauses=("GL-2.10",),
    ),
)
