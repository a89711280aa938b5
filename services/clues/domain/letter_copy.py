"""Who gets the copy of an inquiry letter (LZ-13.9)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import chain

PARTY_HEAD = "local_party_head"
LEVEL_ABOVE = "commission_leader"


@dataclass(frozen=True)
class CopyRecipient:
    """The person who gets the copy. `substituted`: the party head is concerned, so it went one level up."""

    person_id: str
    role: str
    substituted: bool


def copy_recipient(
    party_head: str, superiors: Iterable[str], leaders: Iterable[str], concerned: Collection[str]
) -> CopyRecipient | None:
    """The unit's party head; if concerned, the next one up their line, else a leader of the commission.

    `superiors` is the party head's line upward, nearest first. None if everybody is concerned. The text has no rule
    for this case; the substitution is ours.
    """
    if party_head not in concerned:
        return CopyRecipient(party_head, PARTY_HEAD, substituted=False)
    above = chain(((p, PARTY_HEAD) for p in superiors), ((p, LEVEL_ABOVE) for p in leaders))
    for person_id, role in above:
        if person_id not in concerned:
            return CopyRecipient(person_id, role, substituted=True)
    return None
