"""The kinds and acts of questioning and of help from others, for the service's definition (steps 15 and 21)."""

from __future__ import annotations

from typing import Any

from services.chassis.access import Knows, anyone
from services.chassis.act import Act
from services.chassis.runtime import Kind
from services.inspection.acts import assistance, questioning
from services.inspection.acts.assistance import HELPER
from services.inspection.acts.posts import HANDLER, LAID_BEFORE, LEADER, STAFF
from services.inspection.acts.questioning import KNOWING
from services.inspection.reading import pledged
from services.inspection.storage_questioning import Assistance, HelpTask, Questioning

KNOWS_QUESTIONING = Knows(ordinary=(anyone(KNOWING), anyone(LAID_BEFORE)), sealed=(), unclassed=())
"""Its own list, the leader on it; of a detained person who consents and who arranges (XC-15.1b, XC-15.2)."""
KNOWS_ASSISTANCE = Knows(ordinary=(anyone(STAFF),), sealed=(anyone(LEADER), anyone(HANDLER)), unclassed=())
"""The team; where it touches a clue the leader and who drew it up (XC-21.0d)."""
KNOWS_TASK = Knows(ordinary=(anyone(STAFF), anyone(HELPER)), sealed=(), unclassed=())
"""The helper knows of the task, and of nothing else (XC-21.0b)."""

KINDS = (
    Kind(Questioning, KNOWS_QUESTIONING, "questionings", before_reading=pledged),
    Kind(Assistance, KNOWS_ASSISTANCE, "assistance-requests", before_reading=pledged),
    Kind(HelpTask, KNOWS_TASK, "help-tasks", before_reading=pledged),
)
ACTS: tuple[Act[Any, Any], ...] = (*questioning.ACTS, *assistance.ACTS)
