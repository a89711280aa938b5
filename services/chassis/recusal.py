"""Who is recused follows the directory: whoever joins a chain while a clock runs is no longer reminded of it.

Only the service that keeps an item knows whom it reports on. It tells `notifications` who of the holders of posts is
to be left out, when the clock opens and whenever the directory changes that; the persons reported stay with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from sqlalchemy import select

from services.chassis.access import chain_of, recused_from
from services.chassis.subject import SubjectColumns
from services.chassis.tables import Duty, Party
from services.chassis.work import Work


@contextmanager
def recusals_followed(work: Work, person_id: str, others: Iterable[str] = ()) -> Iterator[None]:
    """Around a change of the directory about a person: tells of every running clock whose recusals it changes.

    `others`: persons who come to stand close to this one by the change.
    """
    with work.session.no_autoflush:  # the changed row may be new, and still empty
        concerned = {person_id, *others, *chain_of(work.session, person_id)} - {""}
        running = _running_clocks(work, concerned)
        before = [recused_from(work.session, subject) for _, subject in running]
    yield
    work.session.flush()
    for (duty, subject), recused in zip(running, before, strict=True):
        now = recused_from(work.session, subject)
        if now != recused:
            event = work.own_event("duty_recused", duty_id=duty.id, recused=now)
            work.emit(event, subject.ref, subject.version, (duty.clause,))


def _running_clocks(work: Work, reported: Iterable[str]) -> list[tuple[Duty, SubjectColumns]]:
    """Open clocks of items on one of these persons, with the item; sealed ones go to two named persons anyway."""
    duties = work.session.scalars(
        select(Duty)
        .join(Party, (Party.subject_kind == Duty.subject_kind) & (Party.subject_id == Duty.subject_id))
        .where(Party.person_id.in_(sorted(reported)), Duty.status == "open", ~Duty.sealed)
        .order_by(Duty.id)
        .distinct()
    )
    kinds = work.runtime.kinds
    return [(duty, work.session.get_one(kinds[duty.subject_kind].model, duty.subject_id)) for duty in duties]
