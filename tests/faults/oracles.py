"""What must hold after every fault, read from the databases: the oracles O1 to O5."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from dengwen.reconciling import reconcile
from services.chassis.tables import Duty, Inbox
from services.clues.storage import Clue
from services.intake.storage import Petition
from services.notifications.storage import Notice, ServiceDuty


class NotAtRest(AssertionError):
    """Some event is on its way, or lost: on a running installation look again before believing the worse."""


def everything_once(
    parts: Mapping[str, Session],
    accepted: Collection[str],
    referred: Collection[str],
    *,
    clock_was_set: bool = False,
) -> None:
    """`accepted`: ids of the petitions that a client was told of; `referred`: of those handed on as clues.

    `clock_was_set`: the machine's times say nothing about what took effect before what.
    Raises NotAtRest where O2 fails, AssertionError where another does.
    """
    broken = [s for s in reconcile(parts) if not s.whole or s.parked]
    if broken:
        raise NotAtRest(f"O2: each event is applied once at each of its consumers, but {broken}")
    petitions = parts["intake"].scalars(select(Petition)).all()
    assert Counter(p.id for p in petitions) == Counter(list(accepted)), (
        "O1: each accepted petition exists once"
    )
    assert len({p.no for p in petitions}) == len(petitions), "O1: each number was given once"
    clues = Counter(parts["clues"].scalars(select(Clue.petition_id)))
    assert clues == Counter(list(referred)), "O3: one clue for each petition that was referred"
    assert {p.id for p in petitions if p.clue_id} == set(referred), "O3: each petition knows its clue"
    clocks = {d.id: (d.clause, d.status) for n in ("intake", "clues") for d in parts[n].scalars(select(Duty))}
    watched = {d.duty_id: (d.clause, d.status) for d in parts["notifications"].scalars(select(ServiceDuty))}
    assert watched == clocks, "O3: every clock is watched once, and stands as its service says"
    notices = Counter(
        (n.producer, n.subject_ref, n.template, n.clause, n.addressee_id, n.channel, n.due_on)
        for n in parts["notifications"].scalars(select(Notice))
    )
    assert [notice for notice, count in notices.items() if count > 1] == [], "O3: nobody is told twice"
    in_order(parts, by_time=not clock_was_set)


def in_order(parts: Mapping[str, Session], *, by_time: bool = True) -> None:
    """O5: in each stream no number is missing, and a subject's events took effect in the order of their numbers."""
    for consumer, session in parts.items():
        streams: dict[tuple[str, int], list[int]] = {}
        last: dict[tuple[str, int, str], Inbox] = {}
        for row in session.scalars(select(Inbox).order_by(Inbox.producer, Inbox.epoch, Inbox.sequence)):
            streams.setdefault((row.producer, row.epoch), []).append(row.sequence)
            before = last.get((row.producer, row.epoch, row.subject))
            assert row.previous == (before.sequence if before else 0), f"O5: a chain is broken at {consumer}"
            if before is not None:
                assert before.applied_at is not None
                assert row.applied_at is not None
                assert not by_time or before.applied_at <= row.applied_at, f"O5: an inversion at {consumer}"
            last[row.producer, row.epoch, row.subject] = row
        for numbers in streams.values():
            assert numbers == list(range(1, len(numbers) + 1)), f"O5: a hole at {consumer}"
