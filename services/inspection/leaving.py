"""The kinds and acts of what leaves a round (steps 37 and 39), for the service's definition."""

from __future__ import annotations

from typing import Any

from services.chassis.access import HANDLER, Knows, anyone, post
from services.chassis.act import Act
from services.chassis.runtime import Kind
from services.inspection.acts import clue_files, clue_ledger, referral_slips
from services.inspection.acts.posts import LAID_BEFORE, LEADER, LIAISON, OFFICE
from services.inspection.reading import pledged
from services.inspection.storage_leaving import LedgerEntry, ReferralSlip

LEADING_GROUP_LEADER = post("leading_group_head", "standing_deputy_head", "leading_group_deputy", at=None)
KNOWS_LEDGER = Knows(ordinary=(*OFFICE, LEADING_GROUP_LEADER), sealed=(), unclassed=())
"""The office's own book; no team, that of the clue included (XC-37.4a)."""
KNOWS_SLIP = Knows(
    ordinary=(anyone(LEADER), anyone(LIAISON), anyone(HANDLER), anyone(LAID_BEFORE)),
    sealed=(),
    unclassed=(),
)
"""Leader, designee and who filled it in; the office from the day on which it is sent there (XC-39.0b)."""

KINDS = (
    Kind(LedgerEntry, KNOWS_LEDGER, "clue-ledger"),
    Kind(ReferralSlip, KNOWS_SLIP, "referral-slips", before_reading=pledged),
)
ACTS: tuple[Act[Any, Any], ...] = (
    *clue_files.ACTS,
    *clue_ledger.ACTS,
    *referral_slips.ACTS,
)
