"""Closed lists of the clues of a round: how far a file is compiled, how the books compare (step 37)."""

from __future__ import annotations

from enum import StrEnum


class FileState(StrEnum):
    """How far the file of a clue is compiled (XC-37.1a)."""

    WITHOUT_SOURCE = "without_source"
    COMPLETE = "complete"


class RegisterState(StrEnum):
    """How the receiver's register stands on a clue when the books are compared (XC-37.4b)."""

    REGISTERED = "registered"
    HANDLING = "handling"
    CONCLUDED = "concluded"
    ABSENT = "absent"


REGISTER_STATE_ZH = {
    RegisterState.REGISTERED: "已登记",
    RegisterState.HANDLING: "办理中",
    RegisterState.CONCLUDED: "已办结",
    RegisterState.ABSENT: "无此线索",
}
AS_REGISTERED = {
    "found": RegisterState.ABSENT,
    "transferred": RegisterState.REGISTERED,
    "handling": RegisterState.HANDLING,
    "concluded": RegisterState.CONCLUDED,
}
"""What the receiver's register says where it agrees with the office's ledger."""
