"""A unit checks its political ecology itself, on the occasion of a meeting (LZ-4.5)."""

from __future__ import annotations

from typing import Any

from contracts.events.inspection_responsibility import SelfCheckSubmitted
from contracts.refusals import RefusalCode
from services.chassis.act import Act, Document, HandOn, Tells
from services.chassis.performance import Performance
from services.inspection.acts.posts import not_in_the_future
from services.inspection.acts.supervision_posts import ANY_UNIT, HEAD, coverage_of, item_of, numbered
from services.inspection.papers.responsibility import SelfCheckReport
from services.inspection.storage_meeting import Meeting
from services.inspection.storage_responsibility import SelfCheck

Submitting = Performance[SelfCheck, SelfCheckReport]


def speaks_for_the_unit(p: Submitting) -> None:
    """Who sits in another unit submits nothing for this one."""
    own = p.work.actor.unit_id
    if p.paper.unit_id not in ("", own):
        raise p.refuse(RefusalCode.WRONG_ROLE, field="unit_id")
    coverage_of(p, own)


def meeting_is_the_units(p: Submitting) -> None:
    found = p.session.get(Meeting, p.paper.meeting_id)
    if found is None or found.unit_id != p.work.actor.unit_id or found.state == "cancelled":
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="meeting_id")


def submitted(p: Submitting) -> SelfCheck:
    coverage = coverage_of(p, p.work.actor.unit_id)
    common = item_of(p, coverage, state="submitted", no=numbered(p, "ZZC", coverage.office_id))
    return SelfCheck(
        **common, meeting_id=p.paper.meeting_id, checked_on=p.paper.checked_on, submitted_on=p.today
    )


SUBMIT_SELF_CHECK = Act(
    name="submit_self_check",
    zh="报送政治生态自查报告",
    en="Submit a self-check of political ecology",
    clauses=("LZ-4.5",),
    on=SelfCheck,
    by=ANY_UNIT,
    paper=SelfCheckReport,
    new=submitted,
    becomes="submitted",
    documents=(Document("self_check_report", "自查报告(盖章扫描)", "LZ-4.5", required=False),),
    guards=(speaks_for_the_unit, meeting_is_the_units, not_in_the_future("checked_on")),
    hands_on=(
        HandOn(
            SelfCheckSubmitted,
            lambda p: SelfCheckSubmitted(
                unit_id=p.subject.unit_id,
                meeting_id=p.subject.meeting_id,
                submitted_on=p.subject.submitted_on,
            ),
        ),
    ),
    tells=(Tells(HEAD, "self_check_submitted", "LZ-4.5", office=lambda p: p.subject.office_id),),
)
ACTS: tuple[Act[Any, Any], ...] = (SUBMIT_SELF_CHECK,)
