"""Pages: who sees them, the cookies and headers that come with them, and forms of other sites."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

import pytest
from werkzeug.datastructures import MultiDict

from services.chassis.http import Api
from services.desk.definition import DESK
from services.desk.pages.browser import safe
from services.desk.pages.render import HERE
from tests.unit.desk.test_sessions import hold_a_second_post
from tests.unit.desk.visitor import PASSWORD, Visitor, open_account
from tests.world import World

Signed = Callable[[str], Visitor]


def test_whoever_is_not_signed_in_is_led_to_the_sign_in_and_back(world: World) -> None:
    open_account(world, "clerk1")
    stranger = Visitor(world)
    assert stranger.get("/").answer.headers["Location"] == "/desk/"
    entrance = stranger.follow(stranger.get("/desk/registers?x=1"))
    assert "登录" in entrance.text
    signed_in = stranger.send(entrance, "/sign-in", account="clerk1", password=PASSWORD)
    assert signed_in.answer.headers["Location"] == "/desk/registers?x=1"


def test_every_page_of_a_reader_asks_for_a_session(world: World) -> None:
    """Only what signs people in, the style sheet and the public page are open."""
    opened = {"/", "/sign-in", "/change-password", "/language/<code>", "/static/<file>"}
    opened |= {"/single-sign-on", "/single-sign-on/return"}
    opened |= {f"/public{page}" for page in ("", "/privacy", "/report", "/follow", "/add")}
    api: Api = world.apis["desk"]
    pages = [
        r
        for r in api.routes
        if r in DESK.views and r.page and r.path not in opened and "session" not in r.path
    ]
    stranger = Visitor(world)
    for route in (r for r in pages if r.method == "GET"):
        path = route.path.replace("<", "").replace(">", "").replace("service", "intake")
        answer = stranger.get(f"/desk{path}").answer
        assert answer.status_code == 303, path
        assert answer.headers["Location"].startswith("/desk/sign-in"), path
    assert len(pages) > 15


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(world: World) -> None:
    open_account(world, "clerk1")
    signed_in = Visitor(world).sign_in("clerk1")
    cookie = next(
        c for c in signed_in.answer.headers.getlist("Set-Cookie") if c.startswith("dengwen_session=")
    )
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Path=/desk" in cookie
    assert "Secure" not in cookie
    secure = Visitor(world, https=True).sign_in("clerk1")
    cookies = secure.answer.headers.getlist("Set-Cookie")
    assert all("Secure" in c for c in cookies if "=;" not in c)


def test_a_cookie_does_not_hold_what_the_database_keeps(world: World) -> None:
    open_account(world, "clerk1")
    person = Visitor(world)
    person.sign_in("clerk1")
    cookie = person.client.get_cookie("dengwen_session", "desk.test", "/desk")
    assert cookie is not None
    with world.runtimes["desk"].db.engine.connect() as connection:
        rows = connection.exec_driver_sql("select * from desk_session").all()
    assert len(rows) == 1
    assert cookie.value not in str(rows)


def test_each_page_forbids_foreign_scripts_frames_and_keeping(visitor: Signed) -> None:
    clerk = visitor("clerk1")
    for path in ("/desk/", "/desk/no-such-page/x", "/desk/items/intake/petitions/nothing", "/desk/sign-in"):
        headers = clerk.get(path).answer.headers
        if path.startswith("/desk/no-such"):
            continue  # no page of ours: the API's answer
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        outside = path == "/desk/sign-in"
        assert ("script-src 'self'" in policy) is not outside, "our own files, for signed-in readers"
        assert "unsafe" not in policy
        assert "<script>" not in clerk.get(path).html
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "same-origin"


def test_scripts_are_the_files_that_were_vendored_and_nothing_else_of_the_folder_is_given_out(
    world: World,
) -> None:
    stranger = Visitor(world)
    htmx = stranger.get("/desk/static/htmx.min.js").answer
    assert htmx.mimetype == "text/javascript"
    assert sha256(htmx.data).hexdigest() in (HERE / "static" / "htmx.LICENSE").read_text("utf-8")
    for name in ("htmx.LICENSE", "..%2fstorage.py", "%2e%2e", "desk.css%00"):
        assert stranger.get(f"/desk/static/{name}").status == 404, name


def test_a_form_without_this_sessions_token_does_nothing(world: World, visitor: Signed) -> None:
    clerk, other = visitor("clerk1"), visitor("clerk2")
    form = clerk.get("/desk/new/intake/petitions/register_petition").form("register_petition")
    foreign = other.get("/desk/new/intake/petitions/register_petition").form("register_petition")
    for token in ("", "x", foreign.values["_form"]):
        values = MultiDict(form.values) | {
            "received_on": "2026-03-02",
            "channel": "letter",
            "summary": "问题",
        }
        values["_form"] = token
        answer = clerk.post(form.action, values)
        assert answer.status == 403
        assert "表单已失效" in answer.text
    values["_form"] = form.values["_form"]
    assert clerk.post(form.action, values, headers={"Sec-Fetch-Site": "cross-site"}).status == 403
    assert world.as_("clerk1").get("/intake/petitions").body["items"] == []
    assert clerk.post(form.action, values).status == 303


def test_nobody_is_signed_in_by_a_form_of_another_site(world: World) -> None:
    open_account(world, "clerk1")
    values = {"account": "clerk1", "password": PASSWORD, "_form": ""}
    assert Visitor(world).post("/desk/sign-in", values).status == 403
    other_site = Visitor(world)
    other_site.get("/desk/sign-in")
    assert other_site.post("/desk/sign-in", values | {"_form": "guess"}).status == 403


@pytest.mark.parametrize(
    ("target", "where"),
    [
        ("/desk/registers", "/desk/registers"),
        ("https://elsewhere.invalid/", "/desk/"),
        ("//elsewhere.invalid/desk/", "/desk/"),
        ("/desk/\\elsewhere.invalid", "/desk/"),
        ("/desk/\r\nSet-Cookie: x=y", "/desk/"),
        ("/intake/petitions", "/desk/"),
        ("javascript:alert(1)", "/desk/"),
    ],
)
def test_a_link_to_us_leads_nowhere_else(target: str, where: str) -> None:
    assert safe(target) == where


def test_signing_out_ends_the_session(world: World, visitor: Signed) -> None:
    clerk = visitor("clerk1")
    left = clerk.send(clerk.get("/desk/"), "/sign-out")
    assert left.answer.headers["Location"] == "/desk/sign-in"
    assert clerk.get("/desk/").status == 303


def test_a_wrong_password_is_said_without_saying_which(world: World) -> None:
    open_account(world, "clerk1")
    stranger = Visitor(world)
    refused = stranger.sign_in("clerk1", "wrong")
    assert refused.status == 401
    assert "账号或口令不正确" in refused.text
    assert stranger.sign_in("nobody", "wrong").text == refused.text.replace("clerk1", "nobody")


def test_the_initial_password_is_changed_on_the_page(world: World) -> None:
    open_account(world, "clerk1", must_change=True)
    person = Visitor(world)
    asked = person.sign_in("clerk1")
    assert "这是初始口令" in asked.text
    change = {"account": "clerk1", "old_password": PASSWORD, "new_password": "another long one"}
    differing = person.send(asked, "/change-password", **change, again="another one")
    assert "不一致" in differing.text
    short = person.send(differing, "/change-password", **change | {"new_password": "short"}, again="short")
    assert short.status in {400, 422}
    changed = person.send(short, "/change-password", **change, again="another long one")
    assert "口令已更改" in changed.text
    assert person.sign_in("clerk1", "another long one").status == 303


def test_whoever_holds_two_posts_chooses_and_sees_the_one_in_use(world: World) -> None:
    hold_a_second_post(world)
    open_account(world, "clerk1")
    clerk = Visitor(world)
    choice = clerk.follow(clerk.sign_in("clerk1"))
    assert "以哪个岗位办理" in choice.text
    chosen = clerk.follow(clerk.send(choice, "/post", post="second"))
    assert "信访室工作人员" in chosen.text
    refused = clerk.send(clerk.get("/desk/post"), "/post", post="p-head1.dispatched_office_head")
    assert refused.status == 403


def test_time_mode_and_language_stand_on_every_page(world: World, visitor: Signed) -> None:
    clerk = visitor("clerk1")
    for path in ("/desk/", "/desk/new", "/desk/registers", "/desk/operations", "/desk/unlock"):
        page = clerk.get(path)
        assert page.status == 200
        assert "模拟时间 simulated time 2026年3月2日 09:00" in page.text
        assert "派驻机构工作人员" in page.text
    english = clerk.follow(clerk.get("/desk/language/en?next=/desk/new"))
    assert 'lang="en"' in english.html.split("<title>")[0]
    assert "New 新办" in english.text


def test_a_service_that_is_away_gives_a_kind_page(visitor: Signed) -> None:
    clerk = visitor("clerk1")
    inbox = clerk.get("/desk/inbox")
    assert inbox.status == 503
    assert "暂时无法连接" in inbox.text
    today = clerk.get("/desk/")
    assert today.status == 200
    assert "现在无法连接" in today.text


def test_what_does_not_exist_is_a_page_as_well(visitor: Signed) -> None:
    clerk = visitor("clerk1")
    for path in ("/desk/items/nowhere/x/y", "/desk/clauses/XX-1.1", "/desk/registers/intake/nothing",
                 "/desk/new/intake/petitions/nothing",
                 "/desk/items/intake/petitions/x/acts/register_petition"):  # fmt: skip
        assert clerk.get(path).status == 404, path
    gone = clerk.get("/desk/items/intake/petitions/nothing")
    assert gone.status == 404
    assert "UNKNOWN_REFERENCE" in gone.text


def test_a_clause_is_shown_with_its_text_and_number(visitor: Signed) -> None:
    page = visitor("clerk1").get("/desk/clauses/LZ-12.1")
    assert "LZ-12.1" in page.text
    assert "3 个工作日" in page.text
