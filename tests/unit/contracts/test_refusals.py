"""Refusal codes: every one has its status, its texts in two languages, and one form of answer."""

import re

import pytest

from contracts.refusals import Flag, Refusal, RefusalCode, concealed, problem

OF_THE_TEXTS = {
    "APPROVAL_REQUIRED",
    "WRONG_APPROVER",
    "SELF_APPROVAL",
    "WRONG_ROUTE",
    "MISSING_DOCUMENT",
    "MISSING_FIELD",
    "MISSING_REASON",
    "WRONG_STATE",
    "WRONG_ROLE",
    "ACCESS_DENIED",
    "CONFLICT_OF_INTEREST",
    "OPINION_OUTSTANDING",
    "NOT_AGREED",
    "OUT_OF_SCOPE",
    "DUPLICATE",
    "COVERAGE_SHORT",
    "PERIOD_OPEN",
    "LEDGER_UNPAIRED",
    "NOT_MEASURABLE",
    "NOT_VERIFIED",
    "IMMUTABLE",
    "UNKNOWN_REFERENCE",
    "OUT_OF_RANGE",
    "DATE_ORDER",
    "APPROVAL_ORDER",
    "PRECONDITION_NOT_MET",
    "MISSING_SIGNATURE",
    "COPY_COUNT",
    "ATTENDANCE_INCOMPLETE",
    "SEALED_ITEM",
    "WRONG_ADDRESSEE",
    "TWO_PERSON_RULE",
    "THREE_NOT_FIXED",
    "CONTENT_RULE",
    "ITEMS_OUTSTANDING",
}
UNAVOIDABLE = {RefusalCode.DIRECTORY_STALE, RefusalCode.UNAVAILABLE}


def test_every_code_of_the_texts_is_a_refusal() -> None:
    assert set(RefusalCode) >= OF_THE_TEXTS


def test_late_and_compliance_gap_are_flags_and_can_not_refuse() -> None:
    assert set(Flag) == {"LATE", "COMPLIANCE_GAP"}
    assert not set(Flag) & set(RefusalCode)


@pytest.mark.parametrize("code", list(RefusalCode))
def test_a_code_has_a_status_and_says_what_to_do_in_both_languages(code: RefusalCode) -> None:
    assert re.search(r"[\u4e00-\u9fff]{2}.*。$", code.zh)
    assert code.en.isascii()
    assert code.en.endswith(".")
    assert (code.status < 500) is (code not in UNAVOIDABLE)


@pytest.mark.parametrize("code", list(RefusalCode))
def test_every_problem_has_the_same_members(code: RefusalCode) -> None:
    answer = problem(Refusal(code, field="received_on", clauses=("LZ-12.1",)))
    assert answer == {
        "type": f"urn:dengwen:refusal:{code}",
        "title": code.zh,
        "title_en": code.en,
        "status": code.status,
        "code": str(code),
        "field": "received_on",
        "clauses": ["LZ-12.1"],
        "detail": code.zh,
        "detail_en": code.en,
    }


def test_a_detail_of_its_own_takes_the_place_of_the_general_text() -> None:
    answer = problem(Refusal(RefusalCode.WRONG_STATE, detail_zh="请先研判。", detail_en="Judge it first."))
    assert (answer["detail"], answer["detail_en"]) == ("请先研判。", "Judge it first.")
    assert answer["title"] == RefusalCode.WRONG_STATE.zh


def test_a_concealed_item_and_an_unknown_one_get_the_very_same_answer() -> None:
    assert problem(concealed()) == problem(Refusal(RefusalCode.UNKNOWN_REFERENCE))
    assert problem(concealed())["clauses"] == []


def test_a_refusal_is_raised_and_prints_its_code_alone() -> None:
    with pytest.raises(Refusal) as caught:
        raise Refusal(RefusalCode.ACCESS_DENIED, detail_zh="秘密", field="petition_id")
    assert str(caught.value) == "ACCESS_DENIED"
