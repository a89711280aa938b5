"""The kinds and acts of what leaves a round (steps 37 to 39), for the service's definition."""

from __future__ import annotations

from typing import Any

from services.chassis.access import HANDLER, Knows, anyone, post
from services.chassis.act import Act
from services.chassis.runtime import Kind
from services.inspection.acts import (
    clue_files,
    clue_ledger,
    handing_over,
    issue_transfers,
    referral_slips,
    transfer_forms,
)
from services.inspection.acts.posts import HEAD_OR_STANDING_DEPUTY, LAID_BEFORE, LEADER, LIAISON, OFFICE
from services.inspection.reading import pledged
from services.inspection.storage_handing import IssueTransfer, TransferForm
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

KNOWS_FORM = Knows(
    ordinary=(anyone(LEADER), anyone(LIAISON), *OFFICE, HEAD_OR_STANDING_DEPUTY, anyone(LAID_BEFORE)),
    sealed=(),
    unclassed=(),
)
"""Leader, designee, who signs; the two receiving sections once it is approved. What is in it: `for_signers`."""
KNOWS_ISSUE_TRANSFER = Knows(ordinary=OFFICE, sealed=(), unclassed=())

KINDS = (
    Kind(TransferForm, KNOWS_FORM, "transfer-forms", before_reading=handing_over.for_signers),
    Kind(IssueTransfer, KNOWS_ISSUE_TRANSFER, "issue-transfers"),
    Kind(LedgerEntry, KNOWS_LEDGER, "clue-ledger"),
    Kind(ReferralSlip, KNOWS_SLIP, "referral-slips", before_reading=pledged),
)
ACTS: tuple[Act[Any, Any], ...] = (
    *clue_files.ACTS,
    *clue_ledger.ACTS,
    *transfer_forms.ACTS,
    *handing_over.ACTS,
    *issue_transfers.ACTS,
    *referral_slips.ACTS,
)
