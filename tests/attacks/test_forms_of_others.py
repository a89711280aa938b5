"""Every page of the desk against other sites: forms that are not this session's, frames, and links that lead away."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from services.chassis.http import Route
from services.desk.pages import PAGES
from services.desk.passwords import WORKER
from tests.attacks.asking import with_places
from tests.unit.desk.visitor import Page, Visitor, open_account
from tests.world import World

FORM = "/desk/new/intake/petitions/register_petition"
NO_PAGE = {"/desk/static/x", "/desk/language/x"}
OUTSIDE = ("/desk/sign-in", "/desk/change-password", "/public")
AWAY = (
    "https://elsewhere.invalid/", "//elsewhere.invalid/desk/", "/\\elsewhere.invalid", "/desk/\\elsewhere.invalid",
    "javascript:alert(1)", "/desk/\r\nLocation: https://elsewhere.invalid", "/desk//elsewhere.invalid/..",
    " https://elsewhere.invalid/", "/public", "/desk/sign-in@elsewhere.invalid",
)  # fmt: skip


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = World(tmp_path_factory.mktemp("others"), services=("intake", "desk"))
    for account in ("clerk1", "clerk2", "sys"):
        open_account(made, account)
    yield made
    made.close()
    WORKER.close()


def signed(world: World, account: str) -> Visitor:
    visitor = Visitor(world)
    assert visitor.sign_in(account).status == 303
    return visitor


def address(route: Route) -> str:
    """The route with a petition's places in it."""
    values = {"service": "intake", "path": "petitions", "act": "register_petition"}
    return ("" if route.absolute else "/desk") + with_places(route.path, values)


def forms() -> list[Route]:
    """Every route to which a form of a signed-in reader is sent."""
    return [r for r in PAGES if r.method == "POST" and not address(r).startswith(OUTSIDE) and r.signed_in]


def test_no_form_is_taken_but_the_sessions_own(world: World) -> None:
    clerk, other = signed(world, "clerk1"), signed(world, "clerk2")
    theirs, own = (one.get(FORM).form("register_petition").values["_form"] for one in (other, clerk))
    assert len(forms()) > 8
    for route in forms():
        for token in ("", own[:-1], own.swapcase(), theirs, "令"):
            assert foreign(clerk.post(address(route), {"_form": token})), (route.path, token)
        across = clerk.post(address(route), {"_form": own}, headers={"Sec-Fetch-Site": "cross-site"})
        sibling = clerk.post(address(route), {"_form": own}, headers={"Sec-Fetch-Site": "same-site"})
        assert foreign(across), route.path
        assert foreign(sibling), route.path
    assert clerk.get("/desk/").status == 200, "the session was not ended by a form of somebody else"
    assert clerk.get("/desk/my-sessions").status == 200


def foreign(page: Page) -> bool:
    return page.status == 403 and "表单已失效" in page.text


def test_a_token_in_the_address_is_none(world: World) -> None:
    clerk = signed(world, "clerk1")
    own = clerk.get(FORM).form("register_petition").values["_form"]
    assert foreign(clerk.post(f"{FORM}?_form={own}", {}))


def test_no_page_can_be_framed_scripted_or_kept_whatever_it_answers(world: World) -> None:
    clerk, administrator = signed(world, "clerk1"), signed(world, "sys")
    seen = set()
    for route in (one for one in PAGES if address(one) not in NO_PAGE):
        for reader in (clerk, administrator):
            get = route.method == "GET"
            page = reader.get(address(route)) if get else reader.post(address(route), {"_form": "x"})
            headers = page.answer.headers
            policy = headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy, route.path
            assert "frame-ancestors 'none'" in policy, route.path
            assert "unsafe" not in policy, route.path
            assert headers["X-Frame-Options"] == "DENY", route.path
            assert headers["X-Content-Type-Options"] == "nosniff", route.path
            assert "no-store" in headers["Cache-Control"], route.path
            seen.add(page.status)
    assert {200, 303, 403, 404} <= seen


@pytest.mark.parametrize("target", AWAY)
def test_nobody_is_led_to_another_site(world: World, target: str) -> None:
    reader = Visitor(world)
    entrance = reader.get("/desk/sign-in", query_string={"next": target})
    pages = [
        reader.send(entrance, "/sign-in", account="clerk1", password="correct horse battery", next=target)
    ]
    pages.append(reader.get("/desk/language/zh", query_string={"next": target}))
    unlock = reader.get("/desk/unlock", query_string={"next": target})
    pages.append(reader.send(unlock, "/unlock", button="forget", next=target))
    for page in pages:
        assert page.status == 303
        led = page.answer.headers["Location"]
        assert urlsplit(led).netloc in ("", "desk.test")
        assert urlsplit(led).path.startswith("/desk/")
        assert "elsewhere" not in urlsplit(led).netloc
        assert "\\" not in led
