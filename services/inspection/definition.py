"""What inspection is: its kinds, acts and reactions in one place."""

from __future__ import annotations

from services.chassis.access import Knows, post
from services.chassis.runtime import Kind, ServiceDefinition
from services.inspection.acts.hand_over import HAND_OVER_CLUE
from services.inspection.reactions import REACTIONS
from services.inspection.storage import ClueHandover, InspectionBase

KNOWS_HANDOVER = Knows(ordinary=(post("inspection_office"),), sealed=(), unclassed=())
"""The inspection office's own book (ruling 6); the receiver keeps its own in `clues`."""

INSPECTION = ServiceDefinition(
    name="inspection", zh="巡察监督", en="Inspection", base=InspectionBase,
    kinds=(Kind(ClueHandover, KNOWS_HANDOVER, "handovers"),), acts=(HAND_OVER_CLUE,), reactions=REACTIONS,
)  # fmt: skip
