"""Which posts can be held, and which by nobody together."""

from __future__ import annotations

from collections.abc import Iterable

ADMINISTRATORS = frozenset({"system_administrator", "security_administrator", "audit_administrator"})
"""The three administrators (三员). None of them sees business data, and nobody is two of them."""


def can_be_held_together(role: str, others: Iterable[str]) -> bool:
    """An administrator holds no other post (三员分立); other posts go together."""
    held = set(others) - {role}
    return not held or not (ADMINISTRATORS & {role, *held})


def looks_like_citizen_number(text: str) -> bool:
    """Eighteen characters, seventeen of them digits: no id of the roster may be one, because ids travel."""
    return len(text) == 18 and text[:17].isdigit()
