"""The unit of work: state, duties, audit entry and outbox rows of one act commit together, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, TypeVar
from uuid import uuid4

from sqlalchemy import Insert, Table, bindparam, insert, update
from sqlalchemy.orm import Session

from contracts.envelope import Envelope
from contracts.events.base import Event, event_class
from services.chassis.access import SYSTEM, Actor
from services.chassis.audit.entry import Actor as AuditActor
from services.chassis.audit.entry import Entry
from services.chassis.audit.trail import record
from services.chassis.clock import Moment, installation_now, local_date, real_now
from services.chassis.db import insert_or_ignore, table_of
from services.chassis.reference import remember_in
from services.chassis.subject import SubjectColumns
from services.chassis.tables import NumberSeries, Outbox

if TYPE_CHECKING:
    from services.chassis.runtime import Runtime

_SERIES = table_of(NumberSeries)
_NEXT = (
    update(_SERIES)
    .where(_SERIES.c.series == bindparam("of_series"))
    .values(last=_SERIES.c.last + 1)
    .returning(_SERIES.c.last)
)
_OUTBOX = table_of(Outbox)
T = TypeVar("T")
TimeMode = Literal["real", "simulated"]
Outcome = Literal["accepted", "refused", "read", "exported", "signed_in", "system"]


@dataclass
class Work:
    """One transaction. `now` is business time, `real` the machine's; `cause` the event that led here, or empty.

    `stored_at_once`: others ask for what it changes without flushing before.
    """

    runtime: Runtime
    session: Session
    now: datetime
    real: datetime
    time_mode: TimeMode
    actor: Actor = SYSTEM
    cause: str = ""
    traceparent: str | None = None
    handed_on: list[str] = field(default_factory=list)
    stored_at_once: bool = False
    _rows: dict[Table, list[dict[str, Any]]] = field(default_factory=dict)
    _ids: int = 0
    _asked: dict[Hashable, Any] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return local_date(self.now)

    def once(self, question: Hashable, look: Callable[[], T]) -> T:
        """What `look` finds, asked once in this unit of work: for what is the same for many items."""
        if question not in self._asked:
            self._asked[question] = look()
        found: T = self._asked[question]
        return found

    def new_id(self) -> str:
        """An id for a new row or event. What follows from an event has ids that follow from that event's.

        A service that was put back to an older state does it again, and everybody knows it as the same. The ids are
        keyed: nobody else can work them out.
        """
        if not self.cause:
            return uuid4().hex
        self._ids += 1
        return self.runtime.ring.mark("new id", f"{self.cause}/{self._ids}".encode()).hex()[:32]

    def emit(
        self,
        event: Event,
        subject: str,
        version: int,
        clauses: tuple[str, ...] = (),
        to: tuple[str, ...] | None = None,
    ) -> str:
        """Add one outbox row per contracted consumer; returns the event's id. Joins this transaction.

        `to` narrows the consumers (None: all that are contracted); without any left nothing is emitted: "".
        """
        consumers = [c for c in event.CONSUMERS if to is None or c in to]
        if not consumers:
            return ""
        event_id = self.new_id()
        envelope = Envelope(
            id=event_id,
            type=event.wire_type(),
            source=f"/{self.runtime.name}",
            time=self.now,
            subject=subject,
            data=event.model_dump(mode="json"),
            traceparent=self.traceparent,
            dwcause=self.cause,
            dwclauses=",".join(dict.fromkeys(clauses or event.CLAUSES)),
            dwversion=version,
            dwhead=self.runtime.audit_head,
            dwtime=self.time_mode,
            dwoffice=self.actor.office_id,
        )
        body = envelope.to_json()
        rows = [
            {
                "event_id": event_id,
                "consumer": consumer,
                "type": event.wire_type(),
                "subject": subject,
                "body": body,
                "status": "new",
                "created_at": self.real,
            }
            for consumer in consumers
        ]
        self.insert(_OUTBOX, rows)
        self.handed_on.append(event_id)
        return event_id

    def insert(self, table: Table, rows: Sequence[dict[str, Any]]) -> None:
        """Add rows that nobody asks for in this unit of work: each table's are written at its end, in one statement."""
        self._rows.setdefault(table, []).extend(rows)

    def finish(self) -> None:
        """Write the added rows; whoever opened the unit of work calls this before it commits."""
        finish_all(self.session, [self])

    def take_rows(self) -> dict[Table, list[dict[str, Any]]]:
        """The added rows by their tables; whoever takes them writes them."""
        taken, self._rows = self._rows, {}
        return taken

    def own_event(self, name: str, **fields: Any) -> Event:
        """An event that every service has (`duty_opened`, `notice_due`, …), of this service."""
        return event_class(f"{self.runtime.name}.{name}", 1)(**fields)

    def next_number(self, series: str) -> int:
        """The next number of a gapless series; holds the series until commit, so take it late."""
        connection, asked = self.session.connection(), {"of_series": series}
        number: int | None = connection.execute(_NEXT, asked).scalar_one_or_none()
        if number is None:
            self._open_series(series)
            number = connection.execute(_NEXT, asked).scalar_one()
        return number

    def _open_series(self, series: str) -> None:
        self.session.execute(insert_or_ignore(self.session, NumberSeries).values(series=series, last=0))

    def audit(
        self,
        act: str,
        outcome: Outcome,
        *,
        subject: SubjectColumns | None = None,
        subject_kind: str = "",
        subject_id: str = "",
        code: str = "",
        clauses: tuple[str, ...] = (),
        digests: Mapping[str, bytes] | None = None,
        facts: Mapping[str, str | int | bool] | None = None,
    ) -> str:
        """Add an audit entry; returns its id."""
        entry = self.entry(
            act,
            outcome,
            subject=subject,
            subject_kind=subject_kind,
            subject_id=subject_id,
            code=code,
            clauses=clauses,
            digests=digests,
            facts=facts,
        )
        return record(self.session, entry)

    def entry(
        self,
        act: str,
        outcome: Outcome,
        *,
        subject: SubjectColumns | None = None,
        subject_kind: str = "",
        subject_id: str = "",
        code: str = "",
        clauses: tuple[str, ...] = (),
        digests: Mapping[str, bytes] | None = None,
        facts: Mapping[str, str | int | bool] | None = None,
    ) -> Entry:
        """An audit entry of this unit of work, not written yet."""
        return Entry(
            act=act,
            outcome=outcome,
            actor=AuditActor(
                account=self.actor.account_id,
                person=self.actor.person_id,
                post=self.actor.assignment_id,
                role=self.actor.role,
                office=self.actor.office_id,
            ),
            subject_kind=subject.KIND if subject else subject_kind,
            subject_id=subject.id if subject else subject_id,
            subject_version=subject.version if subject else 0,
            code=code,
            clauses=clauses,
            cause=self.cause,
            at=self.now,
            recorded_at=real_now(),
            time_mode=self.time_mode,
            digests=digests or {},
            facts=facts or {},
        )


@contextmanager
def look(runtime: Runtime, traceparent: str | None = None) -> Iterator[Work]:
    """A unit of work that only reads: it is rolled back. Raises RuntimeError if something was to be written in it."""
    with runtime.db.read() as session:
        at = _moment(runtime, session)
        work = Work(runtime, session, at.now, real_now(), at.time_mode, traceparent=traceparent)
        yield work
        if session.new or session.dirty or session.deleted or work.handed_on:
            raise RuntimeError("a reading unit of work has something to write: use begin")


@contextmanager
def begin(
    runtime: Runtime, actor: Actor = SYSTEM, cause: str = "", traceparent: str | None = None
) -> Iterator[Work]:
    """A unit of work that commits at the end; an exception rolls everything back."""
    with runtime.db.write() as session:
        at = _moment(runtime, session)
        work = Work(runtime, session, at.now, real_now(), at.time_mode, actor, cause, traceparent)
        yield work
        work.finish()
    runtime.wake_relay()


def _moment(runtime: Runtime, session: Session) -> Moment:
    moment = installation_now(session)
    remember_in(session, runtime.reference.at(moment.installation, moment.reference_edition))
    return moment


def finish_all(session: Session, works: Sequence[Work]) -> None:
    """Write what several pieces of work in one session leave, and the rows they added, in one statement a table."""
    session.flush()
    added: dict[Table, list[dict[str, Any]]] = {}
    for work in works:
        for table, rows in work.take_rows().items():
            added.setdefault(table, []).extend(rows)
    for table, rows in added.items():
        session.connection().execute(_into(table), rows)


@cache
def _into(table: Table) -> Insert:
    """Built once for each table: building costs more than asking for it."""
    return insert(table)
