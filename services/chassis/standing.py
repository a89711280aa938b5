"""How an item stands, as far as checks ask about it: whom it is about, its open clocks, what was decided on it.

Of one item each answer is looked up when it is first asked for; of a page of items all are looked up at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.access import parties_of
from services.chassis.subject import SubjectColumns
from services.chassis.tables import Approval, DirectoryPerson, Duty, Paper, Party, Proposal

Decided = tuple[Proposal, tuple[Approval, ...]]


class Standing:
    """Of one item, before an act takes effect on it."""

    def __init__(self, session: Session, subject: SubjectColumns) -> None:
        self._session, self._subject = session, subject
        self._papers: Callable[[], dict[str, frozenset[str]]] = lambda: _done(session, [subject])
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
        return self._papers().get(self._subject.id, frozenset())

    @property
    def pending(self) -> frozenset[str]:
        """Names of the acts that wait for a decision."""
        return frozenset(proposal.act for proposal, _ in self.proposals if proposal.status == "pending")

    def clock_is_open(self, clause: str, recipient: str | None = None) -> bool:
        return any(duty.clause == clause and recipient in (None, duty.recipient) for duty in self.open_clocks)


def standings(session: Session, rows: Sequence[Any]) -> dict[str, Standing]:
    """The standings of items of one kind, by their ids; so many statements, whatever their number."""
    found = {row.id: Standing(session, row) for row in rows}
    if not rows:
        return found
    reported: dict[str, list[str]] = {}
    clocks: dict[str, list[Duty]] = {}
    proposals: dict[str, list[Decided]] = {}
    for party in session.scalars(
        select(Party)
        .where(Party.subject_kind == rows[0].KIND, Party.subject_id.in_(list(found)))
        .order_by(Party.person_id)
    ):
        reported.setdefault(party.subject_id, []).append(party.person_id)
    for duty in _open_clocks(session, rows):
        clocks.setdefault(duty.subject_id, []).append(duty)
    for decided in _proposals(session, rows):
        proposals.setdefault(decided[0].subject_id, []).append(decided)
    persons = _persons(session, reported)
    papers = cache(lambda: _done(session, rows))  # asked for by those kinds alone whose acts have an order
    for item, standing in found.items():
        standing.persons = persons
        standing._papers = papers  # noqa: SLF001  of its own class
        standing.reported = tuple(reported.get(item, ()))
        standing.open_clocks = tuple(clocks.get(item, ()))
        standing.proposals = tuple(proposals.get(item, ()))
    return found


def _done(session: Session, rows: Sequence[Any]) -> dict[str, frozenset[str]]:
    """The acts of the papers on file, but for what waits for its approval or did not get it."""
    undecided = select(Proposal.paper_id).where(
        Proposal.subject_kind == Paper.subject_kind,
        Proposal.subject_id == Paper.subject_id,
        Proposal.status != "approved",
    )
    of = (Paper.subject_kind == rows[0].KIND, Paper.subject_id.in_([row.id for row in rows]))
    found: dict[str, set[str]] = {}
    for item, act in session.execute(
        select(Paper.subject_id, Paper.act).where(*of, Paper.id.not_in(undecided)).distinct()
    ):
        found.setdefault(item, set()).add(act)
    return {item: frozenset(acts) for item, acts in found.items()}


def _persons(session: Session, reported: dict[str, list[str]]) -> Sequence[DirectoryPerson]:
    wanted = {person for several in reported.values() for person in several}
    if not wanted:
        return []
    return session.scalars(select(DirectoryPerson).where(DirectoryPerson.person_id.in_(wanted))).all()


def _open_clocks(session: Session, rows: Sequence[Any]) -> Sequence[Duty]:
    of = (Duty.subject_kind == rows[0].KIND, Duty.subject_id.in_([row.id for row in rows]))
    return session.scalars(select(Duty).where(*of, Duty.status == "open").order_by(Duty.due_at)).all()


def _proposals(session: Session, rows: Sequence[Any]) -> list[Decided]:
    of = (Proposal.subject_kind == rows[0].KIND, Proposal.subject_id.in_([row.id for row in rows]))
    found = session.scalars(select(Proposal).where(*of).order_by(Proposal.proposed_at)).all()
    decisions: dict[str, list[Approval]] = {}
    if found:
        ids = [proposal.id for proposal in found]
        for approval in session.scalars(select(Approval).where(Approval.proposal_id.in_(ids))):
            decisions.setdefault(approval.proposal_id, []).append(approval)
    return [(proposal, tuple(decisions.get(proposal.id, ()))) for proposal in found]
