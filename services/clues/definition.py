"""What clues is: its kinds, acts, reactions and views in one place."""

from __future__ import annotations

from services.chassis.access import HANDLER, LIAISON_OFFICE, Knows, anyone, post
from services.chassis.runtime import Kind, ServiceDefinition
from services.clues.acts import (
    accountabilities,
    closing,
    disposition,
    entrusted_talk,
    explanation,
    explanation_check,
    found_by_screening,
    handed_over,
    inquiry,
    measure_request,
    opinion_search,
    precheck,
    register,
    shared_entry,
    spot_check,
    submission,
    talk,
    transfers,
    unit_head,
    unit_orgs,
    verification,
    verification_report,
)
from services.clues.acts.cases import CASE_ACTS
from services.clues.acts.figure_acts import FIGURE_ACTS, FIGURE_KINDS
from services.clues.acts.filing import IN_INVESTIGATION
from services.clues.acts.ledger_check import LEDGER_CHECK_ACTS
from services.clues.acts.measures import MEASURE_ACTS
from services.clues.acts.review import IN_REVIEW, LAID_BEFORE
from services.clues.checkpoints import on_tick
from services.clues.reactions import REACTIONS
from services.clues.storage import Clue, CluesBase, ExplanationCheck, SpotCheck, Verification
from services.clues.storage_case import Case, VenueRequest
from services.clues.storage_ledger_check import ClueInspection, LedgerReconciliation
from services.clues.storage_measure import Measure, MeasuresLedger, MeasuresRule
from services.clues.storage_sanction import Precheck
from services.clues.views import VIEWS

KNOWS_CLUE = Knows(
    ordinary=(
        post("dispatched_office_leader"),
        anyone(HANDLER),
        post("liaison_discipline_office", at=LIAISON_OFFICE),
        post("case_supervision_office", at=None),
    )
)
"""Need to know of a clue, as LZ-12.17 to LZ-12.27 list it."""

KNOWS_VERIFICATION = Knows(
    ordinary=(
        *KNOWS_CLUE.ordinary,
        anyone(verification.IN_GROUP),
        post("commission_leader", at=None),
    )
)
"""Need to know of a verification (LZ-14.1 to LZ-14.10): who knows of its clue, its group, the commission's leader."""

KNOWS_CASE = Knows(
    ordinary=(
        *KNOWS_CLUE.ordinary,
        anyone(IN_INVESTIGATION),
        anyone(IN_REVIEW),
        anyone(LAID_BEFORE),
        post("commission_leader", at=None),
    )
)
"""Need to know of a case (LZ-15.1 to LZ-15.10, LZ-17): who knows of its clue, its groups, the commission's leader.

The case review office knows of a case from when it is laid before it.
"""

KNOWS_VENUE_REQUEST = Knows(ordinary=(*KNOWS_CLUE.ordinary, post("commission_leader", at=None)))
"""Need to know of a request for a venue (LZ-15.9): who knows of its clue, and who approves it."""

KNOWS_SPOT_CHECK = Knows(ordinary=(post("dispatched_office_head"),))
"""The head's alone: its figures count clues that others of the office may not know of."""

KNOWS_MEASURE = Knows(
    ordinary=(
        *KNOWS_CLUE.ordinary,
        anyone(measure_request.IN_GROUP),
        post("commission_leader", at=None),
    )
)
"""Need to know of a measure (LZ-16.1 to LZ-16.13): who knows of its clue, the group, the commission's leader."""

KNOWS_PRECHECK = Knows(
    ordinary=(
        *KNOWS_CLUE.ordinary,
        anyone(precheck.IN_GROUP),
        post("party_conduct_office", "case_review_office", at=precheck.ASKED),
    )
)
"""Need to know of a pre-check (LZ-19.5, LZ-19.6): who knows of its clue, the group, the office that was asked."""

KNOWS_LEDGER_CHECK = Knows(
    ordinary=(
        post("dispatched_office_head"),
        post("liaison_discipline_office", at=LIAISON_OFFICE),
        post("case_supervision_office", at=None),
    )
)
"""Of what is told of the whole ledger, of clues and of measures (LZ-12.26, LZ-12.28, LZ-16.14 to LZ-16.16)."""

KNOWS_MEASURES_RULE = Knows(
    ordinary=(post("dispatched_office"), post("liaison_discipline_office", at=LIAISON_OFFICE))
)

CLUES = ServiceDefinition(
    name="clues",
    zh="线索处置",
    en="Clues",
    base=CluesBase,
    kinds=(
        Kind(Clue, KNOWS_CLUE, "clues"),
        Kind(Verification, KNOWS_VERIFICATION, "verifications"),
        Kind(Case, KNOWS_CASE, "cases"),
        Kind(VenueRequest, KNOWS_VENUE_REQUEST, "venue-requests"),
        Kind(Precheck, KNOWS_PRECHECK, "prechecks"),
        Kind(Measure, KNOWS_MEASURE, "measures"),
        Kind(MeasuresLedger, KNOWS_LEDGER_CHECK, "measures-ledgers"),
        Kind(LedgerReconciliation, KNOWS_LEDGER_CHECK, "ledger-reconciliations"),
        Kind(ClueInspection, KNOWS_LEDGER_CHECK, "clue-inspections"),
        Kind(MeasuresRule, KNOWS_MEASURES_RULE, "measures-rules"),
        Kind(SpotCheck, KNOWS_SPOT_CHECK, "spot-checks"),
        Kind(ExplanationCheck, KNOWS_CLUE, "explanation-checks"),
        *accountabilities.KINDS,
        *FIGURE_KINDS,
        *unit_orgs.KINDS,
        *transfers.KINDS,
        *opinion_search.KINDS,
        *shared_entry.KINDS,
    ),
    acts=(
        register.OPEN_REFERRED_CLUE,
        handed_over.OPEN_HANDED_OVER_CLUE,
        found_by_screening.OPEN_FOUND_CLUE,
        register.REGISTER_CLUE,
        register.HAND_OVER_CLUE,
        disposition.PROPOSE_DISPOSITION,
        disposition.FILE_FOR_RECORD,
        submission.PROPOSE_SUBMISSION,
        submission.SUBMIT_CLUE,
        submission.SUBMIT_UNIT_CLUE,
        inquiry.ISSUE_INQUIRY_LETTER,
        entrusted_talk.ENTRUST_TALK,
        talk.RECORD_TALK,
        explanation.RECORD_EXPLANATION,
        closing.PROPOSE_CLOSING,
        closing.REPORT_DISPOSITION,
        closing.CLOSE_CLUE,
        closing.HANDLE_CLUE,
        unit_head.REPORT_TO_UNIT_HEAD,
        verification.BEGIN_VERIFICATION,
        verification_report.GO_ON_AS_VERIFIED,
        verification.OPEN_VERIFICATION,
        verification.SAVE_PLAN,
        verification.REQUEST_HEADS_APPROVAL,
        verification.REQUEST_LEADERS_APPROVAL,
        verification.START_VERIFICATION,
        unit_head.REPORT_VERIFICATION_TO_UNIT_HEAD,
        verification_report.RECORD_STUDY,
        verification_report.SUBMIT_REPORT,
        verification_report.SUBMIT_TO_COMMISSION,
        verification_report.RECEIVE_REPORT,
        verification_report.PASS_REPORT_ON,
        verification_report.PASS_ANSWER_BACK,
        verification_report.CONCLUDE_VERIFICATION,
        *CASE_ACTS,
        *MEASURE_ACTS,
        *LEDGER_CHECK_ACTS,
        spot_check.OPEN_SPOT_CHECK,
        spot_check.CONTINUE_SPOT_CHECK,
        spot_check.DRAW_SAMPLE,
        spot_check.JUDGE_CHECKPOINT,
        spot_check.CLOSE_YEAR,
        explanation_check.OPEN_EXPLANATION_CHECK,
        explanation_check.ASSIGN_CHECKER,
        explanation_check.RECORD_CHECK,
        explanation_check.TAKE_UP_AGAIN,
        *accountabilities.ACTS,
        *FIGURE_ACTS,
        *unit_orgs.ACTS,
        *transfers.ACTS,
        *opinion_search.ACTS,
        *shared_entry.ACTS,
    ),
    reactions=REACTIONS,
    views=VIEWS,
    on_tick=on_tick,
)
