"""What every act of clues must declare, whatever it does."""

from __future__ import annotations

import pytest

from contracts.clause import catalogue
from contracts.events.clues import ClueRegistered, ClueStatusChanged
from services.chassis.act import Act
from services.clues.definition import CLUES
from services.clues.domain.case import (
    CASE_PROPOSAL_ZH,
    COURT_DOCUMENT_ZH,
    FILING_OPINION_ZH,
    INCIDENT_KIND_ZH,
    TALK_PLACE_ZH,
    CaseProposal,
    CourtDocument,
    FilingOpinion,
    IncidentKind,
    TalkPlace,
)
from services.clues.domain.disposition import DISPOSITION_ZH, OUTCOME_ZH, Disposition, Outcome
from services.clues.domain.execution import (
    CASE_END_ZH,
    EXECUTION_ITEM_ZH,
    ITEM_RESULT_ZH,
    CaseEnd,
    ExecutionItem,
    ItemResult,
)
from services.clues.domain.figures import (
    FIRST_FORM_METHOD_ZH,
    REVERSED_ZH,
    FigureClause,
    FirstFormMethod,
    Reversed,
)
from services.clues.domain.four_forms import FORM_OF_HANDLING, FOUR_FORMS_ZH, FourForms
from services.clues.domain.measures import (
    APPROVER_ROLE,
    EXECUTOR_ZH,
    ISSUER_ZH,
    MEASURES,
    STAGE_CLAUSE,
    STAGE_ZH,
    Executor,
    Issuer,
    Level,
    MeasureCode,
    Stage,
)
from services.clues.domain.precheck import (
    PRECHECK_KIND_ZH,
    PRECHECK_OFFICE_ZH,
    PRECHECK_RESULT_ZH,
    READ_AS,
    PrecheckKind,
    PrecheckOffice,
    PrecheckResult,
)
from services.clues.domain.review import (
    FINDING_ZH,
    REPORTED_FOR_ZH,
    REVIEW_RECIPIENT_ZH,
    SIGNATURE_ZH,
    Finding,
    ReportedFor,
    ReviewRecipient,
    Signature,
)
from services.clues.domain.sanction import (
    ASSISTED_RESULT_ZH,
    CASE_DOCUMENT_ZH,
    GOVERNMENT_SANCTION_ZH,
    PARTY_SANCTION_ZH,
    AssistedResult,
    CaseDocument,
    GovernmentSanction,
    PartySanction,
)
from services.clues.domain.spot_check import CHECK_RESULT_ZH, CheckResult
from services.clues.domain.verification import (
    CAPACITY_ZH,
    CLUE_GOES_ON_AS,
    HANDLING_ZH,
    PROPOSED_ZH,
    Capacity,
    Handling,
    Proposed,
)
from services.clues.figures import BOOK
from services.clues.storage import Clue, ExplanationCheck, SpotCheck, Verification
from services.clues.storage_accountability import Accountability, HandlingProposal, OfficeAccountability
from services.clues.storage_case import Case, VenueRequest
from services.clues.storage_figure import PublishedFigure
from services.clues.storage_ledger_check import ClueInspection, LedgerReconciliation
from services.clues.storage_measure import Measure, MeasuresLedger, MeasuresRule
from services.clues.storage_opinion_search import OpinionSearch
from services.clues.storage_sanction import Precheck
from services.clues.storage_shared_entry import SharedEntry
from services.clues.storage_suggestion import Suggestion
from services.clues.storage_transfer import TransferredClue
from services.clues.storage_unit_org import EnforcementCase, UnitOrgCheck, UnitOrgOpinion

MOVED_BY_THEIR_EFFECT = (
    "go_on_as_verified",
    "announce_decision",
    "propose_sanction",
    "record_units_decision",
    "decide_sanction",
    "request_commissions_decision",
    "go_on_unfiled",
    "conclude_track",
    "decide_request",
    "enter_citys_answer",
    "record_inspection",
)
"""Acts whose new state follows from what was approved elsewhere."""
AnyAct = Act[Clue, object]  # type: ignore[type-var]


@pytest.mark.parametrize("act", CLUES.acts, ids=lambda act: act.name)
def test_every_change_of_a_clues_state_is_handed_on_and_carries_the_ledgers_clauses(act: AnyAct) -> None:
    handed_on = [hand.event for hand in act.hands_on]
    if act.on is not Clue:
        assert not {ClueRegistered, ClueStatusChanged} & set(handed_on)
    elif act.creates:
        assert ClueRegistered in handed_on
    elif act.becomes or act.name in MOVED_BY_THEIR_EFFECT:
        assert ClueStatusChanged in handed_on
        assert {"LZ-12.25", "LZ-12.27"} <= set(act.clauses)
    else:
        assert ClueStatusChanged not in handed_on


@pytest.mark.parametrize("act", CLUES.acts, ids=lambda act: act.name)
def test_every_act_stands_on_clauses_and_states_that_exist(act: AnyAct) -> None:
    assert all(catalogue().clause(clause) for clause in act.clauses)
    assert {*act.when, *act.otherwise, *filter(None, [act.becomes])} <= set(act.on.STATES)
    assert not set(act.when) & set(act.otherwise)
    for opens in act.opens:
        assert catalogue().values(opens.clause)


def test_every_state_but_the_last_ones_can_be_left() -> None:
    ends = {
        Clue: {"handled", "submitted"},  # closed: found false
        Verification: {"concluded"},
        Case: {"archived", "not_filed"},
        Precheck: {"consented", "returned"},
        VenueRequest: {"withdrawn"},
        Suggestion: {"closed"},
        Accountability: {"closed", "set_aside"},
        OfficeAccountability: {"closed", "set_aside"},
        HandlingProposal: {"sent"},
        SpotCheck: {"closed"},
        ExplanationCheck: {"checked"},
        Measure: {"refused", "ended", "withdrawn"},
        MeasuresLedger: set(),
        MeasuresRule: {"filed"},
        SharedEntry: {"open"},
        LedgerReconciliation: {"reconciled"},
        ClueInspection: {"done"},
        PublishedFigure: {"published"},
        EnforcementCase: {"reported"},
        UnitOrgCheck: {"done"},
        UnitOrgOpinion: {"handled"},
        TransferredClue: {"publicised"},
        OpinionSearch: {"supplied"},  # searched again, it stays
    }
    for kind in CLUES.kinds:
        acts = [act for act in CLUES.acts if act.on is kind.model]
        left = {s for act in acts if act.becomes or act.name in MOVED_BY_THEIR_EFFECT for s in act.when}
        assert set(kind.model.STATES) - left == ends[kind.model]


def test_every_code_has_its_chinese_name() -> None:
    assert set(DISPOSITION_ZH) == set(Disposition)
    assert set(OUTCOME_ZH) == set(Outcome)
    assert set(CAPACITY_ZH) == set(Capacity)
    assert set(PROPOSED_ZH) == set(CLUE_GOES_ON_AS) == set(Proposed)
    assert set(HANDLING_ZH) == set(Handling)
    assert set(CHECK_RESULT_ZH) == set(CheckResult)
    assert set(MEASURES) == set(MeasureCode)
    assert set(STAGE_ZH) == set(STAGE_CLAUSE) == set(Stage)
    assert set(APPROVER_ROLE) == set(Level)
    assert (set(ISSUER_ZH), set(EXECUTOR_ZH)) == (set(Issuer), set(Executor))
    assert set(FILING_OPINION_ZH) == set(FilingOpinion)
    assert set(COURT_DOCUMENT_ZH) == set(CourtDocument)
    assert set(CASE_PROPOSAL_ZH) == set(CaseProposal)
    assert set(TALK_PLACE_ZH) == set(TalkPlace)
    assert (set(FINDING_ZH), set(SIGNATURE_ZH)) == (set(Finding), set(Signature))
    assert (set(PARTY_SANCTION_ZH), set(GOVERNMENT_SANCTION_ZH)) == (
        set(PartySanction),
        set(GovernmentSanction),
    )
    assert (set(CASE_DOCUMENT_ZH), set(ASSISTED_RESULT_ZH)) == (set(CaseDocument), set(AssistedResult))
    assert (set(REVIEW_RECIPIENT_ZH), set(REPORTED_FOR_ZH)) == (set(ReviewRecipient), set(ReportedFor))
    assert set(INCIDENT_KIND_ZH) == set(IncidentKind)
    assert (set(FIRST_FORM_METHOD_ZH), set(REVERSED_ZH)) == (set(FirstFormMethod), set(Reversed))
    assert [one.value for one in FigureClause] == list(BOOK.figures)
    assert (set(FOUR_FORMS_ZH), set(FORM_OF_HANDLING)) == (set(FourForms), set(Handling))
    assert (set(EXECUTION_ITEM_ZH), set(ITEM_RESULT_ZH)) == (set(ExecutionItem), set(ItemResult))
    assert set(CASE_END_ZH) == set(CaseEnd)
    assert set(PRECHECK_KIND_ZH) == set(READ_AS) == set(PrecheckKind)
    assert (set(PRECHECK_OFFICE_ZH), set(PRECHECK_RESULT_ZH)) == (set(PrecheckOffice), set(PrecheckResult))
