"""Setting a value of a clause for this installation: with its citation, by two persons (rulings 4 and 14, LZ-24.1)."""

from __future__ import annotations

from hashlib import sha256
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from contracts.clause import DatedValue, UnknownClause, catalogue
from contracts.events.archive import InterpretationPublished
from contracts.refusals import RefusalCode
from contracts.working_days import LONGEST, UNITS
from services.archive.papers.values import InterpretationNote
from services.archive.storage import Interpretation
from services.chassis.access import post
from services.chassis.act import Act, HandOn, approved_by
from services.chassis.performance import Performance
from services.chassis.subject import NORMAL

Publishing = Performance[Interpretation, InterpretationNote]

_WHOLE_PERIODS = frozenset({"half_month", "calendar_month", "quarter", "half_year", "year"})


def shipped_values(p: Publishing) -> list[DatedValue]:
    """The catalogue's values under this name; raises Refusal(UNKNOWN_REFERENCE) where it has none."""
    try:
        values = [v for v in catalogue().values(p.paper.clause) if v.name == p.paper.name]
    except UnknownClause:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="clause") from None
    if not values:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="name")
    return values


def fits_the_clause(p: Publishing) -> None:
    """A limit stays a limit, a share a share, a number a number; and each stays within its bounds."""
    paper, shipped = p.paper, shipped_values(p)[-1]
    is_limit = shipped.unit in UNITS
    if is_limit != (paper.unit in UNITS) or (not is_limit and paper.unit != shipped.unit):
        raise p.refuse(RefusalCode.OUT_OF_RANGE, field="unit")
    most = {"percent": 100, "immediate": 0}.get(paper.unit, LONGEST if is_limit else 100_000)
    least = 1 if paper.unit in _WHOLE_PERIODS else 0
    if not least <= paper.amount <= most:
        raise p.refuse(RefusalCode.OUT_OF_RANGE, field="amount")


def not_a_tie(p: Publishing) -> None:
    """Two values of the same installation from the same day would leave open which one is in force (LZ-25.2)."""
    if p.session.scalars(
        select(Interpretation.id).where(Interpretation.published_key == key_of(p.paper))
    ).first():
        raise p.refuse(RefusalCode.DUPLICATE, field="effective_from", clauses=("LZ-25.2",))


def key_of(paper: InterpretationNote) -> str:
    return f"{paper.clause}/{paper.name}/{paper.effective_from.isoformat()}"


def text_version(clause_id: str) -> str:
    """Names the clause's text as it stands: a digest of its row in the catalogue."""
    return sha256(catalogue().clause(clause_id).model_dump_json().encode()).hexdigest()[:16]


def open_interpretation(p: Publishing) -> Interpretation:
    paper, actor = p.paper, p.work.actor
    return Interpretation(
        id=uuid4().hex, no="", state="proposed", version=0, secrecy=NORMAL, office_id=actor.office_id,
        liaison_office_id="", unit_id="", registrar_id=actor.person_id, handler_id="", addressee_id="",
        opened_on=p.today, changed_at=p.work.now, clause=paper.clause, name=paper.name, amount=paper.amount,
        unit=paper.unit, bound=shipped_values(p)[-1].bound, effective_from=paper.effective_from,
        citation=paper.citation, number=0, text_version=text_version(paper.clause), published_on=None,
        published_key=None,
    )  # fmt: skip


def put_in_force(p: Publishing) -> None:
    """`text_version` is of the text that the approver saw in force today."""
    row = p.subject
    row.number = p.work.next_number(f"interpretation/{row.clause}/{row.name}")
    row.published_on, row.published_key = p.today, key_of(p.paper)
    row.text_version = text_version(row.clause)


def published_event(p: Performance[Interpretation, Any]) -> InterpretationPublished:
    row = p.subject
    return InterpretationPublished(
        interpretation_id=row.id, clause=row.clause, name=row.name, amount=row.amount, unit=row.unit,
        bound=row.bound, effective_from=row.effective_from, version=row.number,
    )  # fmt: skip


PUBLISH_VALUE = Act(
    name="publish_value", zh="公布条款参数", en="Publish a value of a clause",
    clauses=("LZ-24.1", "LZ-25.1", "LZ-25.2"),
    on=Interpretation, by=(post("archivist", "district_commission", at=None),), paper=InterpretationNote,
    new=open_interpretation, becomes="published", guards=(fits_the_clause, not_a_tie),
    approvals=(approved_by("commission_leader", "纪委监委领导审批", "LZ-24.1", at=None),), effect=put_in_force,
    hands_on=(HandOn(InterpretationPublished, published_event),),
)  # fmt: skip
