"""What a citizen says of who is reported, in words of their own, and the class that it calls for (LZ-12.2, LZ-12.3).

A citizen's word only ever makes a report stricter: whoever calls somebody a leader has it sealed at once; nobody's word
makes it an ordinary one. That is classed by the registrar and by the roster.
"""

from __future__ import annotations

from enum import StrEnum

from services.intake.domain.petition_class import PetitionClass


class Position(StrEnum):
    """The position of the highest person reported, as far as the reporter knows it."""

    UNIT_LEADER = "unit_leader"
    DISTRICT_MANAGED = "district_managed"
    DISCIPLINE_OFFICE = "discipline_office"
    OTHER = "other"
    UNKNOWN = "unknown"


SEALED_AT_ONCE = {
    Position.UNIT_LEADER: PetitionClass.UNIT_TEAM,
    Position.DISTRICT_MANAGED: PetitionClass.DISTRICT_MANAGED,
    Position.DISCIPLINE_OFFICE: PetitionClass.OFFICE_HEAD,
}
"""`discipline_office`: the office's staff as well, for one of them would open it otherwise (our reading)."""


def class_said(position: Position) -> PetitionClass | None:
    """The class that the reporter's word calls for; None: it is classed after its registration."""
    return SEALED_AT_ONCE.get(position)
