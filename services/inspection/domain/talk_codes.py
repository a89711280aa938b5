"""Closed lists of integrity talks and interviews, and who may hold which talk with whom (lifecycles.md, 1.12)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

HEAD = "dispatched_office_head"
DEPUTY = "dispatched_office_deputy"
STAFF = "dispatched_office_staff"


class TalkType(StrEnum):
    DISTRICT = "district_managed"
    MEMBER = "leadership_member"
    KEY_POST = "key_post"
    PRE_POST = "pre_post"
    STAFF = "staff_talk"
    COLLECTIVE = "collective"


TALK_ZH = {
    TalkType.DISTRICT: "与区管领导干部谈话",
    TalkType.MEMBER: "与班子成员廉政谈话",
    TalkType.KEY_POST: "与重点岗位人员廉政谈话",
    TalkType.PRE_POST: "任前廉政谈话",
    TalkType.STAFF: "与中层及以下人员谈话",
    TalkType.COLLECTIVE: "集体廉政谈话",
}
CLAUSE_OF = {
    TalkType.DISTRICT: "LZ-8.1",
    TalkType.MEMBER: "LL-3.10",
    TalkType.KEY_POST: "LZ-8.3",
    TalkType.PRE_POST: "LZ-8.5",
    TalkType.STAFF: "LL-3.12",
    TalkType.COLLECTIVE: "LL-3.13",
}
SPEAKERS = {
    TalkType.DISTRICT: (HEAD,),
    TalkType.MEMBER: (HEAD, DEPUTY),
    TalkType.KEY_POST: (HEAD, DEPUTY),
    TalkType.PRE_POST: (HEAD, DEPUTY),
    TalkType.STAFF: (HEAD, DEPUTY, STAFF),
    TalkType.COLLECTIVE: (HEAD, DEPUTY, STAFF),
}
"""A deputy's talk with a member of the leadership is on record, and does not count as the head's (LL-3.10)."""

MIDLEVEL = frozenset({"section_chief", "deputy_section", "section_staff"})
"""Levels of those who lead a department or an affiliated unit, when the unit itself manages them."""


@dataclass(frozen=True)
class Official:
    """Somebody of a unit, by the directory and by the posts that are named as key posts."""

    level: str
    managing_authority: str
    leadership_member: bool
    key_post: bool

    @property
    def district_managed(self) -> bool:
        """Managed by the district or above: not by the unit."""
        return self.managing_authority not in ("unit", "")

    @property
    def above_midlevel(self) -> bool:
        return self.leadership_member or self.district_managed

    @property
    def of_the_roster(self) -> bool:
        """Heads of departments and affiliated units, and key posts (LZ-8.3)."""
        return not self.above_midlevel and (self.level in MIDLEVEL or self.key_post)

    def fits(self, talk: TalkType) -> bool:
        """Whether a talk of this type is held with such a person."""
        return {
            TalkType.DISTRICT: self.district_managed,
            TalkType.MEMBER: self.leadership_member,
            TalkType.KEY_POST: self.of_the_roster,
            TalkType.PRE_POST: not self.above_midlevel,
            TalkType.STAFF: not self.above_midlevel,
            TalkType.COLLECTIVE: True,
        }[talk]


class InterviewGround(StrEnum):
    """Why somebody is interviewed (约谈)."""

    SUPERVISION = "supervision"
    COMMISSION = "commission_decision"
    JUDICIAL = "judicial_conduct"


GROUND_ZH = {
    InterviewGround.SUPERVISION: "监督工作需要",
    InterviewGround.COMMISSION: "区纪委监委决定约谈党委(党组)书记",
    InterviewGround.JUDICIAL: "司法行为不规范",
}
GROUND_CLAUSE = {
    InterviewGround.SUPERVISION: "LZ-8.2",
    InterviewGround.COMMISSION: "GL-1.17",
    InterviewGround.JUDICIAL: "GL-1.26",
}
