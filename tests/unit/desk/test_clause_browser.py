"""The clause browser: texts by chapter, search in Chinese, each clause with its values, acts and tests."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from contracts.clause import catalogue
from services.desk import proofs
from services.desk.domain.clause_index import beside, chapters, search, texts
from services.desk.pages import clauses as browser
from tests.clauses.intake_petitions import letter, register
from tests.unit.desk.visitor import Page, Visitor, open_account
from tests.world import World

TESTS = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def clerk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    world = World(tmp_path_factory.mktemp("clauses"), services=("intake", "archive", "desk"))
    open_account(world, "clerk1")
    person = Visitor(world)
    assert person.sign_in("clerk1").status == 303
    yield person
    world.close()


def listed(page: Page) -> list[str]:
    return [text for text in page.links if re.fullmatch(r"[A-Z]{2}-[0-9A-Za-z.]+", text)]


def test_every_clause_stands_in_one_chapter_of_its_text() -> None:
    found = [c.id for text in texts() for chapter in chapters(text.prefix) for c in chapter.clauses]
    assert sorted(found) == sorted(catalogue().clauses)
    assert len(set(found)) == len(found) == 750
    headings = {chapter.number: chapter.heading for chapter in chapters("LZ")}
    assert headings["12"] == "第12条"
    assert all(chapter.heading for text in texts() for chapter in chapters(text.prefix))
    assert chapters("XX") == ()


def test_the_clauses_of_a_text_follow_one_another() -> None:
    for text in texts():
        order = [c.id for chapter in chapters(text.prefix) for c in chapter.clauses]
        assert beside(order[0])[0] is None
        assert beside(order[-1])[1] is None
        for one, following in pairwise(order):
            assert beside(one)[1] is catalogue().clauses[following]
            assert beside(following)[0] is catalogue().clauses[one]


@pytest.mark.parametrize(
    ("words", "found"), [("归口管理", "LZ-12.1"), ("lz-12.1", "LZ-12.1"), ("信访登记表", "LZ-12.1")]
)
def test_words_are_found_in_chinese_wherever_they_stand(words: str, found: str) -> None:
    assert found in [clause.id for clause in search(words)]


def test_all_words_have_to_be_found_and_none_finds_nothing() -> None:
    both = {c.id for c in search("归口管理 第12条")}
    assert both <= {c.id for c in search("归口管理")}
    assert "LZ-12.1" in both
    assert search("归口管理 这个词哪里都没有") == search("   ") == []


def test_the_texts_are_listed_with_how_far_they_are_carried_out(clerk: Visitor) -> None:
    page = clerk.get("/desk/clauses")
    assert page.status == 200
    assert all(text.title in page.text for text in texts())
    chapter = clerk.get("/desk/clauses?text=LZ")
    assert len(listed(chapter)) == sum(len(c.clauses) for c in chapters("LZ"))
    assert "第12条" in chapter.text
    assert clerk.get("/desk/clauses?text=XX").status == 404


def test_a_search_is_narrowed_by_text_and_state(clerk: Visitor) -> None:
    whole = listed(clerk.get("/desk/clauses?q=信访"))
    of_one = listed(clerk.get("/desk/clauses?q=信访&text=LZ"))
    assert of_one == [clause for clause in whole if clause.startswith("LZ-")] != whole
    states = {
        state: set(listed(clerk.get(f"/desk/clauses?text=HS&state={state}"))) for state in browser.STATES
    }
    assert not states["open"] & states["declared"]
    assert set().union(*states.values()) == {c.id for chapter in chapters("HS") for c in chapter.clauses}
    assert "没有找到" in clerk.get("/desk/clauses?q=这个词哪里都没有").text


def test_a_clause_shows_its_values_acts_events_papers_and_tests(clerk: Visitor) -> None:
    page = clerk.get("/desk/clauses/LZ-12.1")
    for words in ("3 个工作日", "forward_within", "信访登记表", "intake.petition_forwarded", "已执行",
                  "tests/clauses/test_intake_", "LZ-12.2"):  # fmt: skip
        assert words in page.text, words
    declared = clerk.get(page.links["intake.register_petition"])
    assert declared.status == 200
    for words in ("登记信访件", "派驻机构", "收件日期", "信访登记表"):
        assert words in declared.text
    assert "LZ-12.1" in declared.links


@pytest.mark.parametrize("clause", ["LZ-12.1", "XC-1.1a", "LL-1.1", "HS-1.1", "GL-1.12"])
def test_a_clause_of_every_text_has_a_page(clerk: Visitor, clause: str) -> None:
    assert clerk.get(f"/desk/clauses/{clause}").status == 200


def test_every_act_of_a_clause_is_led_to_its_declaration_or_is_the_service_s_own(clerk: Visitor) -> None:
    page = clerk.get("/desk/clauses/LZ-12.3")
    acts = {text: target for text, target in page.links.items() if target.startswith("/desk/declarations/")}
    assert {"intake.escalate_petition", "intake.deliver_online"} <= set(acts)
    assert clerk.get(acts["intake.escalate_petition"]).status == 200
    own = clerk.get(acts["intake.deliver_online"])
    assert own.status == 200
    assert "由系统办理" in own.text
    assert clerk.get("/desk/declarations/intake/nothing").status == 404
    assert clerk.get("/desk/declarations/nowhere/nothing").status == 404


def test_without_the_archive_the_texts_are_shown_without_their_state(tmp_path: Path) -> None:
    world = World(tmp_path, services=("intake", "desk"))
    open_account(world, "clerk1")
    person = Visitor(world)
    person.sign_in("clerk1")
    assert "执行情况未显示" in person.get("/desk/clauses").text
    assert "3 个工作日" in person.get("/desk/clauses/LZ-12.1").text
    world.close()


def test_the_list_of_proofs_has_every_mark_of_the_tests() -> None:
    """Counted by the lines that begin with one; the tests of the marks themselves have some in texts."""
    read = proofs.read_marks(TESTS)
    skipped = ("test_clause_proof.py", Path(__file__).name)
    tests = [test for checks in read.values() for found in checks.values() for test in found]
    told = len([test for test in tests if not any(name in test for name in skipped)])
    lines = [
        line
        for file in TESTS.rglob("test_*.py")
        if file.name not in skipped
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.startswith("@proves(")
    ]
    assert told == len(lines) > 300
    assert set(read) <= set(catalogue().clauses)
    assert all(1 <= int(n) <= len(catalogue().clause(c).checks) for c, checks in read.items() for n in checks)


def test_the_list_is_made_without_any_library_and_is_used_where_there_are_no_tests(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = subprocess.run(
        [sys.executable, "-I", "-S", str(proofs.__file__), str(TESTS)], capture_output=True, check=True
    )
    assert json.loads(made.stdout) == proofs.read_marks(TESTS)
    listed_here = tmp_path / "proofs.json"
    monkeypatch.setattr(proofs, "LISTED", listed_here)
    monkeypatch.setattr(proofs, "ROOT", tmp_path)
    proofs.proofs.cache_clear()
    assert proofs.proofs() is None
    listed_here.write_text('{"LZ-12.1": {"1": ["tests/x.py::test_x"]}}', encoding="utf-8")
    proofs.proofs.cache_clear()
    assert proofs.proofs() == {"LZ-12.1": {"1": ["tests/x.py::test_x"]}}
    monkeypatch.undo()
    proofs.proofs.cache_clear()


def test_another_value_is_tried_over_what_the_reader_may_know_of(tmp_path: Path) -> None:
    world = World(tmp_path, services=("intake", "archive", "desk"))
    for account in ("clerk1", "sys"):
        open_account(world, account)
    register(world, letter())
    tried = "/desk/clauses/LZ-12.1/what-if?name=forward_within&amount=5&unit=working_day&from=2026-03-01"
    person = Visitor(world)
    person.sign_in("clerk1")
    asked = person.get(person.get("/desk/clauses/LZ-12.1").link("换一个数值会怎样"))
    assert (asked.status, "结果" in asked.text) == (200, False)
    found = person.get(tried)
    for words in ("2026年3月5日（四）", "2026年3月9日（一）", "+4", "XF-pz1-2026-00001"):
        assert words in found.text, words
    refused = person.get(tried.replace("amount=5", "amount=5000"))
    assert (refused.status, "OUT_OF_RANGE" in refused.text) == (422, True)
    assert person.get("/desk/clauses/LZ-12.2/what-if").status == 404
    stranger = Visitor(world)
    stranger.sign_in("sys")
    assert "XF-pz1" not in stranger.get(tried).text
    world.close()


def test_more_clocks_than_one_page_holds_are_tried_page_by_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser, "CLOCKS_AT_ONCE", 2)
    world = World(tmp_path, services=("intake", "archive", "desk"))
    open_account(world, "clerk1")
    numbers = {str(register(world, letter(summary=f"第{n}封信"))["no"]) for n in range(3)}
    person = Visitor(world)
    person.sign_in("clerk1")
    tried = "/desk/clauses/LZ-12.1/what-if?name=forward_within&amount=5&unit=working_day&from=2026-03-01"
    first = person.get(tried)
    seen = {number for number in numbers if number in first.text}
    second = person.get(first.link("下一页"))
    assert len(seen) == 2
    assert {number for number in numbers if number in second.text} == numbers - seen
    assert "下一页" not in second.links
    world.close()
