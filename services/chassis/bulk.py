"""Opening items by the hundred: one creating act, many papers, one transaction, one INSERT per table.

Item for item it leaves behind what `perform` does: the item, its paper under its case's key, its clocks and
hand-offs with their events, and one audit entry with the digest of the item's state.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import insert, inspect

from contracts.clause import DatedValue
from services.chassis import keys
from services.chassis.act import Act
from services.chassis.audit.trail import record_all
from services.chassis.duties import new_duty
from services.chassis.papers import new_paper
from services.chassis.perform import checked_paper
from services.chassis.performance import (
    Performance,
    accepted_entry,
    change_state,
    form_of,
    hand_on,
    state_bytes,
)
from services.chassis.tables import CaseKey, Duty
from services.chassis.values import value_in_force
from services.chassis.work import Work

AnyPerformance = Performance[Any, Any]


def checked(work: Work, act: Act[Any, Any], given: Mapping[str, Any]) -> AnyPerformance:
    """A performance of a creating act on this paper, checked by its form and guards; raises Refusal."""
    p: AnyPerformance = Performance(work, act, checked_paper(act, given), {})
    for guard in act.guards:
        guard(p)
    return p


def open_all(work: Work, act: Act[Any, Any], performances: Iterable[AnyPerformance]) -> list[str]:
    """Carry out checked performances, in their order, inside this unit of work; gives their audit entries' ids.

    For acts that open an item from its paper alone: no approvals, attachments, effect, clocks to meet or
    notices. `new` gives the item with every column set, since its state is digested before it is stored.
    """
    if act.new is None or act.approvals or act.documents or act.effect or act.meets or act.tells:
        raise TypeError(f"{act.name} does more than opening items from their papers")
    opened = list(performances)
    clocks = _Clocks(work)
    case_keys = []
    for p in opened:
        p.subject = act.new(p)
        case_keys.append(_file(p))
        change_state(p)
        clocks.open(p)
        hand_on(p)
    work.session.flush()
    if opened:
        work.session.execute(insert(CaseKey), case_keys)
    for rows in ([p.subject for p in opened], [p.filed for p in opened], clocks.opened):
        _insert(work, rows)
    return record_all(work.session, [accepted_entry(p, _state(p)) for p in opened])


def _file(p: AnyPerformance) -> dict[str, Any]:
    """File the paper; gives the row of its case's key."""
    key = keys.new_case_key()
    p.filed = new_paper(
        key, p.subject, p.act.name, p.act.paper.__name__, form_of(p), p.work.actor.person_id, p.work.now
    )
    return {"subject_id": p.subject.id, "wrapped": p.work.runtime.ring.wrap_case_key(key, p.subject.id)}


class _Clocks:
    """Opens the clocks that the act declares; a clause's value in force is looked up once."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.opened: list[Duty] = []
        self._values: dict[tuple[str, str], DatedValue] = {}

    def open(self, p: AnyPerformance) -> None:
        for opens in p.act.opens:
            if not opens.only_if(p):
                continue
            duty = new_duty(
                self.work,
                p.subject,
                self._value(opens.clause, opens.value),
                owed_by=opens.owed_by,
                counted_from=opens.counted_from(p),
                owed_person=opens.owed_person(p),
                recipient=opens.to,
                taken_over=opens.taken_over(p),
            )
            p.opened.append(duty)
            self.opened.append(duty)

    def _value(self, clause: str, name: str) -> DatedValue:
        if (clause, name) not in self._values:
            self._values[clause, name] = value_in_force(self.work.session, clause, name, self.work.today)
        return self._values[clause, name]


def _state(p: AnyPerformance) -> bytes:
    papers = [p.filed] if p.filed is not None else []
    return state_bytes(p.subject, papers, [], [], sorted(p.opened, key=lambda duty: duty.id))


def _insert(work: Work, rows: Iterable[Any]) -> None:
    """INSERT rows that no session knows, with one statement; all are of one class."""
    found = list(rows)
    if found:
        names = [column.key for column in inspect(type(found[0])).mapper.column_attrs]
        values = [vars(row) for row in found]
        work.session.execute(insert(type(found[0])), [{n: row.get(n) for n in names} for row in values])
