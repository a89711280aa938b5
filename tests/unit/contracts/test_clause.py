"""The catalogue: what is asked of it, and what its loader refuses."""

import copy
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from contracts.clause import DatedValue, UnknownClause, UnknownValue, catalogue
from contracts.clause_sources import CLAUSES, VOCABULARY, CatalogueError, read_sources

DAY = date(2026, 3, 2)
KEPT = {"LZ-12.1", "LZ-12.2", "XC-1.1a", "LL-1.2", "HS-0.1", "HS-2.1", "GL-0.1"}
FASTEST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def test_the_whole_catalogue_is_there() -> None:
    clauses = catalogue().clauses
    assert len(clauses) == 750
    assert sum(len(clause.checks) for clause in clauses.values()) == 1563
    by_text = [
        sum(clause.instrument == prefix for clause in clauses.values())
        for prefix in ("LZ", "XC", "LL", "HS", "GL")
    ]
    assert by_text == [229, 287, 67, 61, 106]
    assert len(catalogue().contents.roles) == 119
    assert len(catalogue().contents.papers) == 312
    assert len(catalogue().contents.statistics) == 33


def test_a_clause_has_its_citation_owner_terms_and_checks() -> None:
    clause = catalogue().clause("LZ-12.1")
    assert clause.citation == "派驻(出)机构履职细则(试行) 第12条第1款"
    assert (clause.service, clause.modality, clause.enforcement) == ("intake", "must", "clock")
    assert clause.zh == "3个工作日 归口管理"
    assert clause.deadline is not None
    assert clause.deadline.value == "forward_within"
    assert "Sat 2026-10-10" in clause.checks[1]
    assert (
        catalogue().instrument("HS").citation
        == "中共X县委办公室《党风廉政建设会商联督共治机制(试行)》,2021年4月8日"
    )


def test_roles_and_papers_have_their_chinese_names() -> None:
    assert catalogue().role("petition_office").zh == "信访室"
    assert catalogue().paper("petition_cover_letter").zh == "附函"


@pytest.mark.parametrize("unknown", ["LZ-99.1", "", "lz-12.1", "LZ-12.1 "])
def test_an_unknown_clause_is_an_error(unknown: str) -> None:
    with pytest.raises(UnknownClause):
        catalogue().clause(unknown)
    with pytest.raises(UnknownClause):
        catalogue().value(unknown, "forward_within", DAY)


@pytest.mark.parametrize(
    ("clause", "name", "amount", "unit", "effect"),
    [
        ("LZ-12.1", "forward_within", 3, "working_day", "late"),
        ("LZ-12.3", "deliver_within", 0, "immediate", "late"),
        ("LZ-12.5", "transfer_within", 2, "working_day", "late"),
        ("LZ-12.7", "forward_within", 3, "working_day", "late"),
        ("LZ-12.14", "record_within", 3, "working_day", "late"),
        ("LZ-12.15", "submit_within", 3, "working_day", "late"),
        ("LZ-12.18", "submit_within", 3, "working_day", "late"),
        ("LZ-12.20", "file_within", 3, "working_day", "late"),
        ("LZ-12.21", "hand_over_within", 2, "working_day", "warning"),
        ("LZ-12.22", "submit_within", 3, "working_day", "warning"),
        ("LZ-13.10", "reply_within", 15, "working_day", "late"),
        ("LZ-13.11", "verified_share", 5, "percent", "gate"),
        ("LZ-13.11", "verify_within", 1, "year", "late"),
        ("LZ-14.8", "report_within", 3, "working_day", "warning"),
        ("LZ-17.11", "complete_within", 30, "day", "late"),
        ("LZ-19.1", "submit_within", 1, "half_month", "late"),
        ("XC-7.2b", "analysis_share", 60, "percent", "gate"),
        ("XC-31.1a", "hear_within", 10, "working_day", "late"),
    ],
)
def test_a_number_of_the_texts_is_a_dated_value(
    clause: str, name: str, amount: int, unit: str, effect: str
) -> None:
    value = catalogue().value(clause, name, DAY)
    assert (value.amount, value.unit, value.effect) == (amount, unit, effect)
    assert value.citation


def test_a_value_that_is_unknown_or_not_yet_in_force_is_an_error() -> None:
    with pytest.raises(UnknownValue, match=r"LZ-12\.1 reply_within"):
        catalogue().value("LZ-12.1", "reply_within", DAY)
    with pytest.raises(UnknownValue, match="2017-12-31"):
        catalogue().value("LZ-12.1", "forward_within", date(2017, 12, 31))


def test_an_installation_s_own_value_counts_from_its_day_on() -> None:
    own = of_installation(5, date(2026, 6, 1))
    before = catalogue().value("LZ-12.1", "forward_within", date(2026, 5, 31), [own])
    after = catalogue().value("LZ-12.1", "forward_within", date(2026, 6, 1), [own])
    assert (before.amount, after.amount) == (3, 5)
    assert before.version != after.version


def test_an_installation_s_own_value_leaves_other_numbers_alone() -> None:
    own = of_installation(5, date(2026, 1, 1))
    assert catalogue().value("LZ-12.7", "forward_within", DAY, [own]).amount == 3


def of_installation(amount: int, since: date) -> DatedValue:
    return DatedValue.model_validate(
        {
            "clause": "LZ-12.1",
            "name": "forward_within",
            "amount": amount,
            "unit": "working_day",
            "bound": "within",
            "from": since,
            "basis": "parameter",
            "effect": "late",
            "citation": "an invented decision for the tests",
        }
    )


@cache
def small_sources() -> dict[str, Any]:
    """The shipped sources cut down to the rows in KEPT, by file name."""
    documents: dict[str, Any] = {}
    for path in (*CLAUSES.glob("*.yaml"), VOCABULARY / "roles.yaml"):
        document = yaml.load(path.read_text("utf-8"), Loader=FASTEST)  # noqa: S506 - both are safe
        if "clauses" in document:
            document["clauses"] = [row for row in document["clauses"] if row["id"] in KEPT]
        if "values" in document:
            document["values"] = [value for value in document["values"] if value["clause"] in KEPT]
        documents[f"{path.parent.name}/{path.name}"] = document
    paper = {"zh": "文书", "en": "paper", "copies": 1, "clauses": ["HS-2.1"]}
    used = {
        code
        for name in documents
        for row in documents[name].get("clauses", [])
        for code in row.get("papers", [])
    }
    documents["vocabulary/papers.yaml"] = {"papers": dict.fromkeys(sorted(used), paper)}
    documents["vocabulary/statistics.yaml"] = {"statistics": []}
    return documents


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A small copy of the sources that a test may spoil."""
    (tmp_path / "clauses").mkdir()
    (tmp_path / "vocabulary").mkdir()
    for name, document in small_sources().items():
        (tmp_path / name).write_text(yaml.safe_dump(document, allow_unicode=True), "utf-8")
    return tmp_path


def spoil(sources: Path, name: str, change: Callable[[Any], None]) -> None:
    document = copy.deepcopy(small_sources()[name])
    change(document)
    (sources / name).write_text(yaml.safe_dump(document, allow_unicode=True), "utf-8")


def test_the_small_sources_themselves_hold(sources: Path) -> None:
    assert set(read_sources(sources / "clauses", sources / "vocabulary").clauses) == KEPT


def refusal(sources: Path) -> str:
    with pytest.raises(CatalogueError) as caught:
        read_sources(sources / "clauses", sources / "vocabulary")
    return str(caught.value)


def one_value(**members: Any) -> dict[str, Any]:
    values = small_sources()["clauses/values.yaml"]["values"]
    first = next(
        value for value in values if (value["clause"], value["name"]) == ("HS-2.1", "consult_within")
    )
    return {**first, **members}


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"citation": ""}, "no citation"),
        ({"citation": None}, "no citation"),
        ({"unit": "fortnight"}, "unknown unit 'fortnight'"),
        ({"amount": -1}, "amount"),
        ({"amount": 2.5}, "amount"),
        ({"bound": "about"}, "bound"),
        ({"clause": "HS-99.9"}, "HS-99.9 is not in the vocabulary"),
        ({}, "two values are in force"),
        ({"from": date(2026, 1, 1), "until": date(2025, 1, 1)}, "ends before it begins"),
        ({"from": date(2020, 1, 1), "until": date(2021, 4, 8)}, "two values are in force"),
    ],
)
def test_a_value_that_does_not_hold_is_refused_by_name(
    sources: Path, members: dict[str, Any], message: str
) -> None:
    spoil(sources, "clauses/values.yaml", lambda document: document["values"].append(one_value(**members)))
    assert message in refusal(sources)


def test_a_later_value_takes_the_place_of_the_one_before_from_its_day_on(sources: Path) -> None:
    later = one_value(amount=2, **{"from": date(2026, 7, 1)})
    spoil(sources, "clauses/values.yaml", lambda document: document["values"].append(later))
    known = read_sources(sources / "clauses", sources / "vocabulary")
    name = later["name"]
    assert known.value("HS-2.1", name, date(2026, 6, 30)).amount == 1
    assert known.value("HS-2.1", name, date(2026, 7, 1)).amount == 2


def test_a_value_that_has_ended_without_a_successor_is_an_error(sources: Path) -> None:
    def end(document: Any) -> None:
        for value in document["values"]:
            if value["clause"] == "HS-2.1":
                value["until"] = date(2022, 1, 1)

    spoil(sources, "clauses/values.yaml", end)
    known = read_sources(sources / "clauses", sources / "vocabulary")
    with pytest.raises(UnknownValue):
        known.value("HS-2.1", one_value()["name"], date(2022, 1, 2))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda d: d["instrument"].pop("title"), "no citation"),
        (lambda d: d["instrument"].pop("issuer"), "no citation"),
        (lambda d: d["clauses"][0].pop("article"), "HS-0.1: no citation"),
        (lambda d: d["clauses"][0].update(id="LZ-0.1"), "stands in the file of HS"),
        (lambda d: d["clauses"].append(d["clauses"][0]), "stands in the catalogue twice"),
        (lambda d: d["clauses"][0].update(actor=["nobody"]), "nobody is not in the vocabulary"),
        (lambda d: d["clauses"][0].update(papers=["no_paper"]), "no_paper is not in the vocabulary"),
        (lambda d: d["clauses"][0].update(checks=[]), "checks"),
        (lambda d: d["clauses"][0].update(modality="perhaps"), "modality"),
        (lambda d: d["clauses"][0].update(invented="x"), "invented"),
        (
            lambda d: d["clauses"][0].update(deadline={"value": "in_time", "from": "x"}),
            "no value in_time",
        ),
    ],
)
def test_a_row_that_does_not_hold_is_refused_by_name(
    sources: Path, change: Callable[[Any], None], message: str
) -> None:
    spoil(sources, "clauses/consultation.yaml", change)
    assert message in refusal(sources)
