"""A verification's code lists: in whose name it is done, and what its report may propose (LZ-14.3 to LZ-14.9)."""

from __future__ import annotations

from enum import StrEnum


class Capacity(StrEnum):
    """In whose name the office acts (roles.yaml): it decides who approves, the plan and the report."""

    DISCIPLINE = "discipline"
    SUPERVISION = "supervision"


CAPACITY_ZH = {Capacity.DISCIPLINE: "纪检组名义", Capacity.SUPERVISION: "监察机构名义"}


class Proposed(StrEnum):
    """What the report proposes (LZ-14.7)."""

    FILE_CASE = "file_case"
    CLOSE = "close"
    HANDLE = "handle"
    REFER = "refer"


PROPOSED_ZH = {
    Proposed.FILE_CASE: "予以立案审查调查",
    Proposed.CLOSE: "予以了结",
    Proposed.HANDLE: "予以处理(谈话提醒、组织处理等)",
    Proposed.REFER: "移送有关机关处理",
}

CLUE_GOES_ON_AS = {
    Proposed.FILE_CASE: "filing_proposed",
    Proposed.CLOSE: "close_proposed",
    Proposed.HANDLE: "handling_proposed",
    Proposed.REFER: "referral_proposed",
}
"""The clue's state once the verification is concluded."""


class Handling(StrEnum):
    """How a person is dealt with where no case is filed."""

    REMINDER = "reminder"
    CRITICISM = "criticism"
    SELF_EXAMINATION = "self_examination"
    ADMONITION = "admonition"
    ORGANISATIONAL = "organisational"


HANDLING_ZH = {
    Handling.REMINDER: "谈话提醒",
    Handling.CRITICISM: "批评教育",
    Handling.SELF_EXAMINATION: "责令检查",
    Handling.ADMONITION: "予以诫勉",
    Handling.ORGANISATIONAL: "组织处理",
}
