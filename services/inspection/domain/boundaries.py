"""Which items of an agenda are important matters by the boundaries that the unit itself drew (LZ-6.2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from services.inspection.domain.meeting_codes import BY_AMOUNT, ItemKind


@dataclass(frozen=True)
class Boundary:
    """A boundary for one business area: amounts in yuan from which on a matter is important."""

    kind: str
    area_no: int
    amount: int


def in_scope(kind: ItemKind, amount: int | None, area_no: int, boundaries: Iterable[Boundary]) -> bool:
    """Whether an item counts as important; the boundary itself does (reading of LZ-6.2).

    An area without a boundary of its own has the unit's lowest of that kind. In doubt an item is in: without
    a boundary or an amount nobody can say that it is not.
    """
    if kind not in BY_AMOUNT:
        return kind is not ItemKind.ORDINARY
    of_kind = [one for one in boundaries if one.kind == kind.value]
    of_area = [one.amount for one in of_kind if one.area_no == area_no] or [one.amount for one in of_kind]
    return amount is None or not of_area or amount >= min(of_area)


def written(boundaries: Iterable[Boundary]) -> str:
    """As the list's row keeps them: `funds/1/500000 project/0/1000000`."""
    return " ".join(f"{one.kind}/{one.area_no}/{one.amount}" for one in boundaries)


def read(text: str) -> list[Boundary]:
    parts = (one.split("/") for one in text.split())
    return [Boundary(kind, int(area), int(amount)) for kind, area, amount in parts]


def unlisted(
    entries: Mapping[str, tuple[int, int, bool]], kind: ItemKind, boundaries: Iterable[Boundary]
) -> list[str]:
    """Entries of a ledger (number: amount, area, whether a meeting discussed it) that no meeting discussed and should.

    Of a unit without boundaries none: nothing says that they are large.
    """
    drawn = [one for one in boundaries if one.kind == kind.value]
    return [
        number
        for number, (amount, area_no, discussed) in entries.items()
        if drawn and not discussed and in_scope(kind, amount, area_no, drawn)
    ]
