"""The public page: filed and followed without an account, a cookie, a script or a trace of who came."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from contracts.refusals import Refusal
from services.chassis.settings import Settings, SettingsError, from_environment
from services.desk.domain.throttle import Patience
from services.desk.pages.public import tries
from services.desk.pages.public.tries import WITH_CODES, Tries, network_of
from tests.clauses.intake_petitions import BASE
from tests.unit.desk.offices import load_offices
from tests.unit.desk.visitor import Page, Visitor
from tests.world import World

TYPED = {"unit_id": "edu", "position": "other", "summary": "反映某科违规收费", "naming": "anonymous"}
SCAN = b"%PDF-1.4 scan %%EOF"
CODE = re.compile(r"[A-Z2-7]{4}(-[A-Z2-7]{4}){3}")
ADDRESS = "203.0.113.77"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path, services=("intake", "notifications", "desk"))
    load_offices(made)
    yield made
    made.close()


@pytest.fixture
def citizen(world: World) -> Visitor:
    return Visitor(world)


def file(citizen: Visitor, page: Page | None = None, **typed: Any) -> Page:
    form = page or citizen.get("/public/report")
    return citizen.send(form, "/public/report?lang=zh", **(TYPED | typed))


def code_on(page: Page) -> str:
    found = CODE.search(page.text)
    assert found, page.text
    return found[0]


def follow(citizen: Visitor, code: str) -> Page:
    return citizen.send(citizen.get("/public/follow"), "/public/follow?lang=zh", code=code)


def petitions(world: World) -> list[dict[str, Any]]:
    return list(world.as_("clerk1").get(BASE).body["items"])


def test_a_report_is_filed_followed_and_added_to(world: World, citizen: Visitor) -> None:
    received = file(
        citizen,
        reported_name=["某甲", "", "某乙"],
        reported_post=["科长", "", ""],
        files=(io.BytesIO(SCAN), "名字.pdf"),
    )
    assert received.status == 200
    code = code_on(received)
    [item] = petitions(world)
    shown = world.as_("clerk1").get(f"{BASE}/{item['id']}").body
    assert (shown["unit_id"], shown["channel"], len(shown["attachments"])) == ("edu", "online", 1)
    stands = follow(citizen, code)
    assert "已收到" in stands.text
    assert "2026年3月2日" in stands.text
    added = citizen.send(stands, "/public/add?lang=zh", text="还有一笔", files=(io.BytesIO(SCAN), "x.pdf"))
    assert "补充内容已收到" in added.text
    shown = world.as_("clerk1").get(f"{BASE}/{item['id']}").body
    assert len(shown["attachments"]) == 2


def test_a_double_click_files_once_and_shows_the_same_code(world: World, citizen: Visitor) -> None:
    form = citizen.get("/public/report")
    codes = {code_on(file(citizen, form)) for _ in range(2)}
    assert len(codes) == len(petitions(world)) == 1


def test_what_was_typed_stays_when_something_is_refused(citizen: Visitor) -> None:
    refused = file(
        citizen, summary="", naming="named", name="某乙", reported_name=["某甲"], reported_post=["科长"]
    )
    assert refused.status == 422
    again = refused.form("/public/report?lang=zh").values
    assert (again["name"], again["naming"], again.getlist("reported_name")[0]) == ("某乙", "named", "某甲")
    assert "反映的问题" in refused.links
    assert code_on(file(citizen, refused, naming="named", name="某乙"))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"unit_id": ""}, "被反映人所在单位"),
        ({"position": ""}, "职务"),
        ({"naming": "named"}, "姓名或化名"),
        ({"contact": "某处"}, "姓名或化名"),
        ({"files": (io.BytesIO(b"MZ"), "a.pdf")}, "附件"),
    ],
)
def test_a_refusal_leads_to_its_field(
    world: World, citizen: Visitor, changes: dict[str, Any], field: str
) -> None:
    refused = file(citizen, **changes)
    assert refused.status in (415, 422)
    assert field in refused.links
    assert petitions(world) == []


def test_no_cookie_comes_before_there_is_a_form_and_no_page_has_a_script(citizen: Visitor) -> None:
    for path in ("/public", "/public/privacy"):
        assert "Set-Cookie" not in citizen.get(path).answer.headers
    for path in ("/public", "/public/privacy", "/public/report", "/public/follow"):
        page = citizen.get(path)
        assert page.status == 200
        assert "script" not in page.tags
        assert page.answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert page.answer.headers["Referrer-Policy"] == "no-referrer"
        assert not re.findall(r"(?:href|src|action)=\"(?!/public|/desk/static/|#|\?lang=)", page.html)
    cookie = citizen.get("/public/report").answer.headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Strict", "Path=/public"} <= {part.strip() for part in cookie.split(";")}
    assert "expires" not in cookie.lower()


def test_a_form_of_another_site_files_nothing(world: World, citizen: Visitor) -> None:
    form = citizen.get("/public/report").form("/public/report?lang=zh")
    assert Visitor(world).post(form.action, form.values | TYPED).status == 403
    forged = dict(form.values) | TYPED | {"_form": "x"}
    assert citizen.post(form.action, forged).status == 403
    across = citizen.post(form.action, dict(form.values) | TYPED, headers={"Sec-Fetch-Site": "cross-site"})
    assert across.status == 403
    assert "没有提交任何内容" in across.text
    assert petitions(world) == []


def test_a_wrong_and_an_unknown_code_get_the_same_page(citizen: Visitor) -> None:
    code_on(file(citizen))
    pages = [follow(citizen, code) for code in ("AAAA-BBBB-CCCC-DDDD", "没有", "x" * 99)]
    assert {page.status for page in pages} == {404}
    assert len({page.html for page in pages}) == 1


def test_codes_are_guessed_ever_more_slowly_and_a_right_one_costs_nothing(
    citizen: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = [datetime(2026, 3, 2, 9, tzinfo=UTC)]
    monkeypatch.setattr("services.desk.pages.public.visiting.real_now", lambda: moment[0])
    monkeypatch.setattr("services.chassis.http.real_now", lambda: moment[0])
    code = code_on(file(citizen))
    assert {follow(citizen, code).status for _ in range(2 * WITH_CODES.lock_at)} == {200}
    assert [follow(citizen, "wrong").status for _ in range(WITH_CODES.free)] == [404] * WITH_CODES.free
    assert [follow(citizen, one).status for one in ("wrong", code)] == [429, 429]
    moment[0] += timedelta(seconds=1)
    assert follow(citizen, code).status == 200
    moment[0] += WITH_CODES.lock_for
    assert follow(citizen, "wrong").status == 404


def test_tries_wait_twice_as_long_each_time_and_lock_at_last() -> None:
    patience = Patience(free=2, lock_at=4, lock_for=timedelta(minutes=1))
    counted, now = Tries(patience), datetime(2026, 3, 2, 9, tzinfo=UTC)
    for seconds in (0, 0, 1, 2):
        if seconds:
            with pytest.raises(Refusal):
                counted.count("here", ADDRESS, now + timedelta(seconds=seconds - 0.1))
        now += timedelta(seconds=seconds)
        counted.count("here", ADDRESS, now)
    with pytest.raises(Refusal):
        counted.count("here", ADDRESS, now + timedelta(seconds=59))
    counted.count("here", "203.0.113.78", now)
    counted.count("elsewhere", ADDRESS, now)
    counted.count("here", ADDRESS, now + patience.lock_for)


def test_a_household_of_ipv6_counts_as_one_and_the_memory_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    assert network_of("2001:db8:1:2:3::4") == network_of("2001:db8:1:2:ffff::1") == "2001:db8:1:2::/64"
    assert network_of("2001:db8:1:3::1") != network_of("2001:db8:1:2::1")
    assert network_of(ADDRESS) == ADDRESS
    assert network_of("unknown") == "unknown"
    monkeypatch.setattr(tries, "MOST_SOURCES", 10)
    counted, now = Tries(WITH_CODES), datetime(2026, 3, 2, 9, tzinfo=UTC)
    for number in range(50):
        counted.count("here", f"198.51.100.{number}", now)
    assert len(counted._counted) == 10


def test_no_address_no_code_and_no_name_of_a_file_stands_in_any_database_or_log(
    tmp_path: Path, world: World, citizen: Visitor
) -> None:
    desk = world.runtimes["desk"]
    desk.settings = desk.settings.for_service("desk", behind_gateway=True)
    from_there = {"headers": {"X-Forwarded-For": ADDRESS, "User-Agent": "Canary-browser"}}
    with capture_logs() as logs:
        form = citizen.get("/public/report", **from_there).form("/public/report?lang=zh")
        sent = dict(form.values) | TYPED | {"files": (io.BytesIO(SCAN), "canary-file.pdf")}
        code = code_on(citizen.post(form.action, sent, **from_there))
        asked = citizen.get("/public/follow", **from_there).form("/public/follow?lang=zh")
        for typed in (code, "wrong-canary"):
            citizen.post(asked.action, dict(asked.values) | {"code": typed}, **from_there)
    world.pump()
    words = [
        ADDRESS,
        "Canary-browser",
        "canary-file",
        "wrong-canary",
        code,
        code.replace("-", ""),
        "违规收费",
    ]
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) >= 3
    held = b"".join(path.read_bytes() for path in files) + str(logs).encode()
    assert not [word for word in words if word.encode() in held]


def test_switched_off_there_is_no_page(world: World, citizen: Visitor) -> None:
    desk = world.runtimes["desk"]
    desk.settings = desk.settings.for_service("desk", public_page=False)
    for path in ("/public", "/public/report", "/public/follow", "/public/privacy"):
        assert citizen.get(path).status == 404


def test_the_setting_is_yes_or_no() -> None:
    given = {"service": "desk", "database_url": "sqlite://", "broker_uri": "x", "key_dir": Path()}
    assert from_environment({}, **given).public_page
    assert not from_environment({"DENGWEN_PUBLIC_PAGE": "false"}, **given).public_page
    with pytest.raises(SettingsError, match="DENGWEN_PUBLIC_PAGE"):
        from_environment({"DENGWEN_PUBLIC_PAGE": "perhaps"}, **given)
    assert isinstance(from_environment({}, **given), Settings)


def test_while_a_service_is_away_nothing_is_lost_and_the_page_says_so(world: World, citizen: Visitor) -> None:
    form = citizen.get("/public/report")
    intake = world.apis.pop("intake")
    assert file(citizen, form).status == 503
    world.apis["intake"] = intake
    assert code_on(file(citizen, form))
    assert len(petitions(world)) == 1


def test_hostile_words_come_back_as_words(citizen: Visitor) -> None:
    hostile = '"><script>alert(1)</script>'
    refused = file(citizen, summary=hostile, name=hostile, reported_name=[hostile], reported_post=[hostile])
    assert refused.status == 422
    assert "script" not in refused.tags
    assert refused.form("/public/report?lang=zh").values["summary"] == hostile
    assert citizen.get(f"/public?lang={hostile}").tags.count("script") == 0
