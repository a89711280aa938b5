"""The public page tells nobody of other reports, of staff, or of a class; and no stranger uses it as a way in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from services.desk.passwords import WORKER
from tests.attacks.twins import drawing, everything, load_names, twins
from tests.clauses.intake_petitions import give_key, letter, register
from tests.online_reports import as_another, ask, filed, follow, report
from tests.unit.desk.visitor import Page, Visitor
from tests.world import World

TYPED = {"unit_id": "edu", "summary": "反映某科违规收费", "naming": "anonymous"}
GETS = ("/public", "/public/privacy", "/public/report", "/public/follow")
STAFF = ("周丙一", "陈甲一", "褚丁一", "孔癸三", "p-clerk1", "p-xfhead", "clerk1", "pz1", "纪检监察组")


@pytest.fixture(scope="module", autouse=True)
def worker_ends() -> Iterator[None]:
    yield
    WORKER.close()


def files_and_follows(world: World, position: str, name: str) -> list[Page]:
    """What a citizen sees: the pages, the code, the report as it stands, a code that is none, an addition."""
    with drawing(name):
        citizen = Visitor(world)
        seen = [citizen.get(path) for path in GETS]
        received = citizen.send(seen[2], "/public/report?lang=zh", position=position, **TYPED)
        assert received.status == 200, received.text
        code = received.html.partition("<strong>")[2].partition("</strong>")[0]
        asked = citizen.get("/public/follow")
        stands = citizen.send(asked, "/public/follow?lang=zh", code=code)
        wrong = citizen.send(asked, "/public/follow?lang=zh", code="AAAA-AAAA-AAAA-AAAA")
        added = citizen.send(stands, "/public/add?lang=zh", text="还有一笔")
    return [*seen, received, asked, stands, wrong, added]


def told(pages: list[Page]) -> list[tuple[int, bytes, dict[str, str]]]:
    return [(page.status, page.answer.data, dict(page.answer.headers)) for page in pages]


def reports_of_others(world: World) -> list[Any]:
    """Filed online and by letter, classed, sealed, delivered."""
    for position in ("other", "unit_leader", "unknown"):
        filed(world, position=position, summary=f"另一件举报：{position}")
    register(world, letter(summary="一封来信"))
    register(world, letter(subject_ids=["p-edu-vice"], summary="一封密件"))
    world.pump()
    return []


def test_what_others_filed_changes_no_byte_of_what_a_citizen_sees(tmp_path: Path) -> None:
    both = twins(tmp_path, everything, reports_of_others, lambda _: [])
    seen = [told(files_and_follows(world, "other", "citizen")) for world in both]
    assert seen[0] == seen[1]
    assert len({len(world.as_("clerk1").get("/intake/petitions").body["items"]) for world in both}) == 2
    for world in both:
        world.close()


def test_no_page_names_staff_and_a_leader_s_report_reads_like_any_other(tmp_path: Path) -> None:
    world = World(tmp_path)
    load_names(world)
    pages = [*files_and_follows(world, "unit_leader", "one"), *files_and_follows(world, "other", "two")]
    assert {page.status for page in pages} == {200, 404}
    assert [(word, page.answer.request.path) for page in pages for word in STAFF if word in page.html] == []
    sealed, plain = (files_and_follows(world, position, position) for position in ("unit_leader", "other"))
    assert [page.status for page in sealed] == [page.status for page in plain]
    assert [page.tags for page in sealed] == [page.tags for page in plain]
    world.close()


def test_once_classed_a_sealed_report_stands_for_its_reporter_as_an_ordinary_one(tmp_path: Path) -> None:
    """Whoever reports somebody that the roster knows as a leader, and did not say so, does not learn it here."""
    world = World(tmp_path, services=("intake",))
    give_key(world)
    clerk, codes = world.as_("clerk1"), {}
    for subject in ("p-edu-vice", "p-edu-sec"):
        codes[subject] = filed(world, summary=f"关于{subject}")
        items = clerk.get("/intake/petitions").body["items"]
        waiting = next(one for one in items if not one["class_code"])
        paper = {"class_code": "supervision_object", "subject_ids": [subject]}
        assert clerk.act(f"/intake/petitions/{waiting['id']}/classify_petition", paper).status == 200
    assert follow(world, codes["p-edu-vice"]).body == follow(world, codes["p-edu-sec"]).body
    for item in clerk.get("/intake/petitions").body["items"]:
        path = f"/intake/petitions/{item['id']}"
        if item["secrecy"] == "sealed":
            scan = [{"kind": "petition_cover_letter", "id": clerk.upload("intake")}]
            assert clerk.act(f"{path}/escalate_petition", {}, attachments=scan).status == 200
        else:
            assert clerk.act(f"{path}/forward_petition").status == 200
    assert follow(world, codes["p-edu-vice"]).body == follow(world, codes["p-edu-sec"]).body
    world.close()


def test_a_citizen_s_token_is_nobody_s_and_opens_nothing_else(tmp_path: Path) -> None:
    world = World(tmp_path, services=("intake", "notifications", "archive"))
    for path in ("/intake/petitions", "/notifications/offices", "/notifications/inbox", "/archive/roster",
                 "/intake/worklist", "/archive/persons"):  # fmt: skip
        assert ask(world, path, None, method="GET").code == "UNAUTHENTICATED"
    for path in ("/intake/petitions/search", "/archive/persons/search"):
        assert ask(world, path, {"q": "某甲"}).code == "UNAUTHENTICATED"
    assert ask(world, "/intake/petitions/register_petition", {"paper": {}}).code == "UNAUTHENTICATED"
    for service in ("intake", "archive", "notifications"):
        answer = world.as_("sys").send(
            "GET", "/notifications/public_units", headers=as_another(world, service)
        )
        assert answer.code == "UNAUTHENTICATED"
    world.close()


def test_a_code_that_is_none_asks_the_same_statements_as_one_of_a_report_without_answers(
    tmp_path: Path,
) -> None:
    world = World(tmp_path, services=("intake",))
    code = filed(world)
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    event.listen(world.runtimes["intake"].db.engine, "before_cursor_execute", note)
    seen = []
    for one in (code, "AAAA-BBBB-CCCC-DDDD", "x", "中文"):
        statements.clear()
        follow(world, one)
        seen.append(list(statements))
    assert seen[0] == seen[1] == seen[2] == seen[3]
    assert len(seen[0]) >= 2
    world.close()


def test_the_report_that_names_its_class_or_office_or_petition_is_refused(tmp_path: Path) -> None:
    world = World(tmp_path, services=("intake",))
    for more in (
        {"class_code": "out_of_scope"},
        {"office_id": "pz2"},
        {"channel": "letter"},
        {"handler_id": "p-x"},
    ):
        body = {"report": report(**more), "files": []}
        assert ask(world, "/intake/online/reports", body).code == "UNKNOWN_FIELD"
    body = {"report": report(), "files": [], "petition": "x"}
    assert ask(world, "/intake/online/reports", body).code == "UNKNOWN_FIELD"
    world.close()
