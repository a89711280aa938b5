"""All acts on measures, their ledgers and rules, in the order of a measure's life."""

from __future__ import annotations

from typing import Any

from services.chassis.act import Act
from services.clues.acts import (
    measure_approval,
    measure_execution,
    measure_request,
    measures_ledger,
    measures_rule,
    query_assistance,
)

MEASURE_ACTS: tuple[Act[Any, Any], ...] = (
    measure_request.REQUEST_MEASURE,
    measure_request.REQUEST_MEASURE_IN_VERIFICATION,
    measure_request.REQUEST_MEASURE_IN_CASE,
    measure_request.OPEN_MEASURE,
    measure_approval.REQUEST_MEASURE_APPROVAL,
    measure_approval.SUBMIT_REQUEST,
    measure_approval.RECEIVE_REQUEST,
    measure_approval.PASS_REQUEST_UP,
    measure_approval.DECIDE_REQUEST,
    measure_approval.ENTER_CITYS_ANSWER,
    measure_execution.ISSUE_MEASURE_DOCUMENT,
    measure_execution.EXECUTE_MEASURE,
    measure_execution.END_MEASURE,
    measure_execution.ASK_QUERY_HELP,
    measure_execution.SEND_QUERY_HELP,
    query_assistance.REQUEST_QUERY_ASSISTANCE,
    query_assistance.ANSWER_QUERY_ASSISTANCE,
    measure_request.WITHDRAW_MEASURE,
    measures_ledger.OPEN_MEASURES_LEDGER,
    measures_ledger.CONTINUE_MEASURES_LEDGER,
    measures_ledger.FILE_LEDGER,
    measures_ledger.DEMAND_SUPPLEMENT,
    measures_ledger.CHECK_MEASURE_USE,
    measures_ledger.REPORT_MEASURE_USE,
    measures_rule.FILE_MEASURES_RULE,
)
