"""Problems, suggestions and accountability: their kinds, who may know of each, and all acts on them."""

from __future__ import annotations

from typing import Any

from services.chassis.access import LIAISON_OFFICE, By, Knows, post
from services.chassis.act import Act
from services.chassis.runtime import Kind
from services.clues.acts import (
    accountability,
    accountability_decision,
    accountability_inquiry,
    accountability_of_office,
    handling_proposal,
    suggestion,
    suggestion_issue,
    suggestion_reply,
)
from services.clues.acts.accountability import HANDLING
from services.clues.storage_accountability import Accountability, HandlingProposal, OfficeAccountability
from services.clues.storage_suggestion import Suggestion

LIAISON = post("liaison_discipline_office", at=LIAISON_OFFICE)
COMMISSION = post("commission_leader", at=None)
CASE_SUPERVISION = post("case_supervision_office", at=None)

KNOWS_SUGGESTION = Knows(ordinary=(post("dispatched_office"), LIAISON, COMMISSION))
"""A problem of a unit, and what goes out on it: the whole office, its liaison office, the commission (LZ-18.10)."""

KNOWS_ACCOUNTABILITY = Knows(ordinary=(*HANDLING, LIAISON, CASE_SUPERVISION, COMMISSION))
"""As LZ-18.1 to LZ-18.5 and HS-3.12 list them; the unit is told in words, and sees nothing."""

KNOWS_OFFICE_ACCOUNTABILITY = Knows(
    ordinary=(COMMISSION, By(("case_supervision_office",), (accountability_of_office.KNOWN_TO,)))
)
"""The commission's own, closed to the office: LZ-22.10, LZ-22.11; on staff the commission's alone (LZ-22.13)."""

KNOWS_HANDLING_PROPOSAL = Knows(
    ordinary=(
        *HANDLING,
        LIAISON,
        CASE_SUPERVISION,
        post("local_party_head", at=handling_proposal.TOLD_UNIT),
    )
)
"""As LL-1.9 lists them; of the unit its party committee alone, in the person of its head, once it was sent."""

KINDS = (
    Kind(Suggestion, KNOWS_SUGGESTION, "suggestions"),
    Kind(Accountability, KNOWS_ACCOUNTABILITY, "accountability"),
    Kind(OfficeAccountability, KNOWS_OFFICE_ACCOUNTABILITY, "office-accountability"),
    Kind(HandlingProposal, KNOWS_HANDLING_PROPOSAL, "handling-proposals"),
)

ACTS: tuple[Act[Any, Any], ...] = (
    suggestion.REGISTER_PROBLEM,
    suggestion.OPEN_WANTED_SUGGESTION,
    suggestion.GRADE_PROBLEM,
    suggestion.NOTIFY_PROBLEM,
    suggestion_issue.DRAFT_SUGGESTION,
    suggestion_issue.PASS_UP,
    suggestion_issue.PASS_UP_DIRECTLY,
    suggestion_issue.PUT_TO_COMMISSION,
    suggestion_issue.PASS_SUGGESTION_BACK,
    suggestion_issue.ISSUE_SUGGESTION,
    suggestion_reply.RECORD_ANSWER,
    suggestion_reply.NOTE_UNANSWERED,
    suggestion_reply.VERIFY_ANSWER,
    suggestion_reply.CLOSE_PROBLEM,
    accountability.REGISTER_ACCOUNTABILITY,
    accountability.GIVE_OPINION,
    accountability.OPEN_AFTER_FAILED_RECTIFICATION,
    accountability.NAME_SUBJECTS,
    accountability.REQUEST_ACCOUNTABILITY,
    accountability.REQUEST_COMMISSION,
    accountability.SET_ASIDE,
    accountability_inquiry.OPEN_INQUIRY,
    accountability_inquiry.PROPOSE_TO_UNIT,
    accountability_inquiry.RECORD_UNIT_ANSWER,
    accountability_inquiry.DECIDE_LENIENCE,
    accountability_decision.DECIDE_ACCOUNTABILITY,
    accountability_decision.DECIDE_DUAL,
    accountability_decision.ANNOUNCE_DECISION,
    accountability_decision.VERIFY_EXECUTION,
    accountability_decision.CLOSE_ACCOUNTABILITY,
    accountability_decision.CLOSE_DUAL,
    accountability_of_office.OPEN_OFFICE_FILE,
    accountability_of_office.MARK_SYSTEMIC,
    accountability_of_office.SIGNAL_OVERDUE,
    accountability_of_office.OPEN_SUPERVISORY_SIDE,
    accountability_of_office.TAKE_UP_REVIEW,
    accountability_of_office.SET_REVIEW_ASIDE,
    accountability_of_office.CONCLUDE_TRACK,
    accountability_of_office.CLOSE_OFFICE_FILE,
    handling_proposal.DRAFT_HANDLING_PROPOSAL,
    handling_proposal.SEND_HANDLING_PROPOSAL,
)
