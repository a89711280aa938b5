"""The class of a petition, by the person it reports on (LZ-12.2). Strictest class wins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class PetitionClass(StrEnum):
    """In order of strictness, strictest first. The first three are the restricted class of LZ-12.3: sealed."""

    UNIT_TEAM = "unit_team"
    DISTRICT_MANAGED = "district_managed"
    OFFICE_HEAD = "office_head"
    SUPERVISION_OBJECT = "supervision_object"
    OUT_OF_SCOPE = "out_of_scope"


ZH = {
    PetitionClass.UNIT_TEAM: "综合监督单位领导班子及其成员",
    PetitionClass.DISTRICT_MANAGED: "其他区管干部",
    PetitionClass.OFFICE_HEAD: "派驻机构主要负责人",
    PetitionClass.SUPERVISION_OBJECT: "其他监督对象",
    PetitionClass.OUT_OF_SCOPE: "业务范围外",
}

SEALED_CLASSES = frozenset(
    {PetitionClass.UNIT_TEAM, PetitionClass.DISTRICT_MANAGED, PetitionClass.OFFICE_HEAD}
)


@dataclass(frozen=True)
class ReportedPerson:
    """What the roster says of a person who is reported: codes only."""

    managing_authority: str
    leadership_member: bool
    heads_dispatched_office: bool


def class_of(person: ReportedPerson) -> PetitionClass:
    """The class that one person calls for."""
    if person.heads_dispatched_office:
        return PetitionClass.OFFICE_HEAD
    if person.leadership_member:
        return PetitionClass.UNIT_TEAM
    if person.managing_authority == "district":
        return PetitionClass.DISTRICT_MANAGED
    return PetitionClass.SUPERVISION_OBJECT


def strictest(classes: Iterable[PetitionClass]) -> PetitionClass:
    """The class that governs the whole petition (LZ-12.2, our reading); raises ValueError for none."""
    order = list(PetitionClass)
    return min(classes, key=order.index)
