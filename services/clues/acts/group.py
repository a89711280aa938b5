"""Who may be named to a group: staff of the authority who do not stand close to a person reported."""

from __future__ import annotations

from collections.abc import Iterable

from contracts.refusals import RefusalCode
from services.chassis.access import chain_of
from services.chassis.reference import look_up
from services.chassis.tables import DirectoryPerson
from services.clues.acts.reported import AnyItem

Named = Iterable[tuple[str, str]]
"""Field and person of each who is named."""


def are_staff(p: AnyItem, named: Named, clause: str) -> None:
    """Raises Refusal(UNKNOWN_REFERENCE) for a stranger, Refusal(OUT_OF_SCOPE) for staff of a supervised unit (ours)."""
    for field, person_id in named:
        person = look_up(p.session, DirectoryPerson, person_id)
        if person is None:
            raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field=field, clauses=(clause,))
        if not person.office_id:
            raise p.refuse(RefusalCode.OUT_OF_SCOPE, field=field, clauses=(clause,))


def are_unrelated(p: AnyItem, named: Named, clause: str) -> None:
    """Raises Refusal(CONFLICT_OF_INTEREST) for who is reported or stands in the line or family of one who is."""
    for field, person_id in named:
        if is_related(p, person_id):
            raise p.refuse(RefusalCode.CONFLICT_OF_INTEREST, field=field, clauses=(clause,))


def is_related(p: AnyItem, person_id: str) -> bool:
    return bool({person_id, *chain_of(p.session, person_id)} & set(p.standing.reported))


def ids_in(listed: str) -> list[str]:
    """The ids that a `listed` column holds."""
    return [one for one in listed.split(",") if one]
