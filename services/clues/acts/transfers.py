"""Clues that an inspection transferred: the kind, who may know of it, and all acts on it (XC-26, XC-37)."""

from __future__ import annotations

from typing import Any

from services.chassis.access import Knows
from services.chassis.act import Act
from services.chassis.runtime import Kind
from services.clues.acts import transfer_progress, transfer_register
from services.clues.storage_transfer import TransferredClue

KNOWS_TRANSFERRED_CLUE = Knows(ordinary=transfer_progress.AT_THE_RECEIVER)
"""The receiver's own, and of the two receivers the one that it went to (XC-37.3d)."""

KINDS = (Kind(TransferredClue, KNOWS_TRANSFERRED_CLUE, "transferred-clues"),)

ACTS: tuple[Act[Any, Any], ...] = (
    transfer_register.OPEN_TRANSFERRED_CLUE,
    transfer_register.ASSIGN_TRANSFERRED_CLUE,
    transfer_progress.REPORT_TRANSFER_PROGRESS,
    transfer_progress.CONCLUDE_TRANSFERRED_CLUE,
    transfer_progress.NOTE_CLUE_MOVED,
    transfer_progress.PUBLICISE_CASE,
)
