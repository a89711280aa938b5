"""All acts of a case, from its opening to the proposed sanction, and of its requests for a talk venue."""

from __future__ import annotations

from typing import Any

from services.chassis.act import Act
from services.clues.acts import (
    filing,
    filing_approval,
    filing_on_judgement,
    investigation,
    review,
    review_conclusion,
    review_examination,
    safety,
    safety_venue,
    sanction,
    sanction_assisted_review,
)

CASE_ACTS: tuple[Act[Any, Any], ...] = (
    filing.BEGIN_FILING,
    filing.BEGIN_ON_JUDGEMENT,
    filing.OPEN_CASE,
    filing.SEEK_UNIT_OPINION,
    filing.RECORD_UNIT_OPINION,
    filing.SEEK_LIAISON_OPINION,
    filing.GIVE_LIAISON_OPINION,
    filing_approval.REQUEST_EXEMPTION,
    filing_approval.REQUEST_FILING,
    filing_approval.REQUEST_COMMISSION_FILING,
    filing_approval.INFORM_UNIT_OF_FILING,
    filing_on_judgement.RECORD_JUDGEMENT,
    filing_on_judgement.SEND_ON_JUDGEMENT,
    investigation.SET_UP_GROUP,
    investigation.SAVE_INVESTIGATION_PLAN,
    investigation.REQUEST_PLAN_APPROVAL,
    investigation.SEND_FOR_REVIEW,
    safety.SCHEDULE_TALK,
    safety.RECORD_SAFETY_INCIDENT,
    safety.REPORT_SAFETY_INCIDENT,
    safety_venue.REQUEST_VENUE,
    safety_venue.OPEN_VENUE_REQUEST,
    safety_venue.PASS_VENUE_REQUEST_ON,
    safety_venue.ARRANGE_VENUE,
    safety_venue.WITHDRAW_VENUE_REQUEST,
    review.ASSIGN_REVIEWERS,
    review.ACCEPT_FOR_REVIEW,
    review_examination.RECORD_REVIEW_TALK,
    review_examination.PUT_FACTS_TO_SUBJECT,
    review_examination.EXAMINE_CASE,
    review_examination.RETURN_TO_INVESTIGATION,
    review_conclusion.RECORD_DELIBERATION,
    review_conclusion.SIGN_REVIEW_REPORT,
    review_conclusion.COMPLETE_REVIEW,
    review_conclusion.REPORT_REVIEW,
    sanction.PROPOSE_SANCTION,
    sanction.RECORD_COMMUNICATION,
    sanction.REQUEST_OVERRIDE,
    sanction_assisted_review.SEND_TO_ASSISTED_REVIEW,
    sanction_assisted_review.GIVE_ASSISTED_OPINION,
    sanction_assisted_review.NOTIFY_UNIT_OF_SANCTION,
)
