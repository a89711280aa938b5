"""How an item stands, as far as checks ask about it: whom it is about, its open clocks, what was decided on it.

Of one item each answer is looked up when it is first asked for; of a page of items all are looked up at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, cached_property
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from services.chassis.access import parties_of
from services.chassis.subject import SubjectColumns
from services.chassis.tables import Approval, DirectoryPerson, Duty, Paper, Party, Proposal

Decided = tuple[Proposal, tuple[Approval, ...]]
Ref = tuple[str, str]
"""Kind and id of an item."""


class Standing:
    """Of one item, before an act takes effect on it."""

    def __init__(self, session: Session, subject: SubjectColumns) -> None:
        self._session, self._subject = session, subject
        self._papers: Callable[[], dict[Ref, frozenset[str]]] = lambda: _done(session, [subject])
        self.persons: Sequence[DirectoryPerson] = ()
        """Held so that the session goes on knowing them: who gets one by its id asks no database."""

    @cached_property
    def reported(self) -> tuple[str, ...]:
        """Ids of the persons whom the item is about, in order."""
        return tuple(parties_of(self._session, self._subject))

    @cached_property
    def open_clocks(self) -> tuple[Duty, ...]:
        """Its open duties, the earliest due first."""
        return tuple(_open_clocks(self._session, [self._subject]))

    @cached_property
    def proposals(self) -> tuple[Decided, ...]:
        """What was proposed on it, the earliest first, each with its decisions."""
        return tuple(_proposals(self._session, [self._subject]))

    @cached_property
    def done(self) -> frozenset[str]:
        """Names of the acts that took effect on it and filed a paper."""
        return self._papers().get((self._subject.KIND, self._subject.id), frozenset())

    @property
    def pending(self) -> frozenset[str]:
        """Names of the acts that wait for a decision."""
        return frozenset(proposal.act for proposal, _ in self.proposals if proposal.status == "pending")

    def clock_is_open(self, clause: str, recipient: str | None = None) -> bool:
        return any(duty.clause == clause and recipient in (None, duty.recipient) for duty in self.open_clocks)


def standings(session: Session, rows: Sequence[Any]) -> dict[Ref, Standing]:
    """The standings of items, of one kind or several, by kind and id; so many statements, whatever their number."""
    found = {(row.KIND, row.id): Standing(session, row) for row in rows}
    if not rows:
        return found
    reported: dict[Ref, list[str]] = {}
    clocks: dict[Ref, list[Duty]] = {}
    proposals: dict[Ref, list[Decided]] = {}
    for party in session.scalars(select(Party).where(_of(Party, rows)).order_by(Party.person_id)):
        reported.setdefault((party.subject_kind, party.subject_id), []).append(party.person_id)
    for duty in _open_clocks(session, rows):
        clocks.setdefault((duty.subject_kind, duty.subject_id), []).append(duty)
    for decided in _proposals(session, rows):
        proposals.setdefault((decided[0].subject_kind, decided[0].subject_id), []).append(decided)
    persons = _persons(session, reported)
    papers = cache(lambda: _done(session, rows))  # asked for by those kinds alone whose acts have an order
    for item, standing in found.items():
        standing.persons = persons
        standing._papers = papers  # noqa: SLF001  of its own class
        standing.reported = tuple(reported.get(item, ()))
        standing.open_clocks = tuple(clocks.get(item, ()))
        standing.proposals = tuple(proposals.get(item, ()))
    return found


def _of(table: Any, rows: Sequence[Any]) -> ColumnElement[bool]:
    """What belongs to these items, along the table's index on kind and id."""
    ids: dict[str, list[str]] = {}
    for row in rows:
        ids.setdefault(row.KIND, []).append(row.id)
    return or_(*(and_(table.subject_kind == kind, table.subject_id.in_(of)) for kind, of in ids.items()))


def _done(session: Session, rows: Sequence[Any]) -> dict[Ref, frozenset[str]]:
    """The acts of the papers on file, but for what waits for its approval or did not get it."""
    undecided = select(Proposal.paper_id).where(
        Proposal.subject_kind == Paper.subject_kind,
        Proposal.subject_id == Paper.subject_id,
        Proposal.status != "approved",
    )
    found: dict[Ref, set[str]] = {}
    asked = select(Paper.subject_kind, Paper.subject_id, Paper.act).where(_of(Paper, rows))
    for kind, item, act in session.execute(asked.where(Paper.id.not_in(undecided)).distinct()):
        found.setdefault((kind, item), set()).add(act)
    return {item: frozenset(acts) for item, acts in found.items()}


def _persons(session: Session, reported: dict[Ref, list[str]]) -> Sequence[DirectoryPerson]:
    wanted = {person for several in reported.values() for person in several}
    if not wanted:
        return []
    return session.scalars(select(DirectoryPerson).where(DirectoryPerson.person_id.in_(wanted))).all()


def _open_clocks(session: Session, rows: Sequence[Any]) -> Sequence[Duty]:
    asked = select(Duty).where(_of(Duty, rows), Duty.status == "open").order_by(Duty.due_at)
    return session.scalars(asked).all()


def _proposals(session: Session, rows: Sequence[Any]) -> list[Decided]:
    found = session.scalars(select(Proposal).where(_of(Proposal, rows)).order_by(Proposal.proposed_at)).all()
    decisions: dict[str, list[Approval]] = {}
    if found:
        ids = [proposal.id for proposal in found]
        for approval in session.scalars(select(Approval).where(Approval.proposal_id.in_(ids))):
            decisions.setdefault(approval.proposal_id, []).append(approval)
    return [(proposal, tuple(decisions.get(proposal.id, ()))) for proposal in found]
