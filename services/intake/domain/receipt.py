"""The code with which an online petitioner follows a petition without an account, and what it shows."""

from __future__ import annotations

import base64

CHARACTERS = 16
"""80 bits: nobody guesses one, whatever the rate."""

STAGES = {
    "received": ("已收到", "received"),
    "in_process": ("办理中", "in process"),
    "transferred": ("已转有关部门办理", "transferred to the competent department"),
    "answered": ("已答复", "answered"),
    "closed": ("已办结", "closed"),
}
RESULT = ("result_recorded", "closure_submitted", "returned")


def code_of(secret: bytes) -> str:
    """`XXXX-XXXX-XXXX-XXXX` from keyed bytes of a petition's id."""
    letters = base64.b32encode(secret).decode()[:CHARACTERS]
    return "-".join(letters[at : at + 4] for at in range(0, CHARACTERS, 4))


def as_typed(code: str) -> str:
    """What was typed, without blanks and dashes and in capitals; digits that look like letters are read as those."""
    kept = "".join(sign for sign in code.upper() if sign.isascii() and sign.isalnum())
    return kept.translate(str.maketrans("018", "OIB"))[: 2 * CHARACTERS]


def stage(state: str, *, told: bool = False) -> str:
    """What a petitioner is told of a state: nothing of who has it, nor whether it was sealed (LZ-12.3).

    `told`: the outcome was told them. That it went to another department may be known (LZ-12.13).
    """
    if state == "transferred_out":
        return "transferred"
    if told and state in RESULT:
        return "answered"
    if state in ("held_by_unit", "transferred", "registered"):
        return "received"
    return "closed" if state == "closed" else "in_process"
