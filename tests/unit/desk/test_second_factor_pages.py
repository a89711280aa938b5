"""The second factor by clicking: enrolment with the QR code, the second step of a sign-in, a new phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest
import segno

from tests.unit.desk.phone import Phone
from tests.unit.desk.visitor import PASSWORD, Page, Visitor, open_account
from tests.world import World

AskedOf = Callable[..., None]


def secret_on(page: Page) -> str:
    """The key as it stands on the page, to be typed into an authenticator."""
    found = re.search(r'<code id="secret">([A-Z2-7 ]+)</code>', page.html)
    assert found, page.text
    return found[1].replace(" ", "")


def recovery_codes_on(page: Page) -> list[str]:
    return re.findall(r"[A-Z2-7]{4}(?:-[A-Z2-7]{4}){3}", page.html)


def enrolled(world: World, phone: Phone, account: str) -> Visitor:
    """Somebody who has a second factor, with a browser that is signed out."""
    open_account(world, account)
    assert phone.enrol(account)[0] == 201
    phone.later()
    return Visitor(world)


def test_an_administrator_enrols_at_the_first_sign_in_and_is_in(
    world: World, phone: Phone, asked_of: AskedOf
) -> None:
    asked_of("administrators")
    open_account(world, "sys")
    browser = Visitor(world)
    shown = browser.sign_in("sys", target="/desk/registers")
    assert shown.status == 200
    assert "启用动态验证码" in shown.text
    phone.secret = secret_on(shown)
    wrong = browser.send(shown, "/enrol", code=phone.wrong)
    assert (wrong.status, secret_on(wrong)) == (401, phone.secret), "a slip of the finger costs no new scan"
    codes = browser.send(wrong, "/enrol", code=phone.code)
    assert len(recovery_codes_on(codes)) == 10
    assert browser.get(codes.link("已抄下，继续")).status == 200
    assert "今日" in browser.get("/desk/").text
    again = browser.send(wrong, "/enrol", code=phone.code)
    assert again.status in (401, 403), "what was shown enrols once"
    assert recovery_codes_on(again) == []


def test_until_then_nobody_is_in(world: World, asked_of: AskedOf) -> None:
    asked_of("administrators")
    open_account(world, "sys")
    browser = Visitor(world)
    browser.sign_in("sys")
    assert browser.get("/desk/").answer.headers["Location"].startswith("/desk/sign-in")


def test_the_picture_is_the_address_and_has_neither_style_nor_script(world: World, asked_of: AskedOf) -> None:
    asked_of("everybody")
    open_account(world, "clerk1")
    shown = Visitor(world).sign_in("clerk1")
    found = re.search(r"<svg.*?</svg>", shown.html, re.DOTALL)
    assert found
    drawn = ET.fromstring(found[0])  # noqa: S314 - our own page
    address = re.search(r"<code>(otpauth:[^<]+)</code>", shown.html)
    assert address
    size = segno.make(address[1].replace("&amp;", "&"), error="m", micro=False).symbol_size(scale=5, border=4)
    assert (drawn.get("width"), drawn.get("height")) == (str(size[0]), str(size[1]))
    assert not re.search(r"style=|<script|javascript:|<image|href", found[0])
    assert "style-src 'self'" in shown.answer.headers["Content-Security-Policy"]


def test_a_sign_in_has_two_steps_and_the_password_stands_on_no_page(world: World, phone: Phone) -> None:
    browser = enrolled(world, phone, "clerk1")
    step = browser.sign_in("clerk1", target="/desk/registers")
    assert "输入验证码" in step.text
    assert PASSWORD not in step.html
    wrong = browser.send(step, "/sign-in/code", code=phone.wrong)
    assert wrong.status == 401
    assert "验证码不正确或已用过" in wrong.text
    done = browser.send(wrong, "/sign-in/code", code=phone.code)
    assert (done.status, done.answer.headers["Location"]) == (303, "/desk/registers")
    assert "今日" in browser.get("/desk/").text


def test_the_second_step_leads_to_no_other_site(world: World, phone: Phone) -> None:
    browser = enrolled(world, phone, "clerk1")
    step = browser.sign_in("clerk1")
    done = browser.send(step, "/sign-in/code", code=phone.code, next="https://evil.example/desk/")
    assert done.answer.headers["Location"] == "/desk/"


def test_the_second_step_waits_ten_minutes_and_then_begins_again(world: World, phone: Phone) -> None:
    browser = enrolled(world, phone, "clerk1")
    step = browser.sign_in("clerk1")
    phone.later(10 * 60 + 1)
    late = browser.send(step, "/sign-in/code", code=phone.code)
    assert late.status == 401
    assert late.form("/sign-in").values["account"] == ""


@pytest.mark.parametrize("act", ["lock_account", "reset_second_factor"])
def test_the_second_step_ends_when_the_account_changes_meanwhile(
    world: World, phone: Phone, act: str
) -> None:
    browser = enrolled(world, phone, "clerk1")
    step = browser.sign_in("clerk1")
    assert world.as_("sys").act(f"/desk/accounts/clerk1/{act}", {"reason": "手机丢失"}).status == 200
    assert browser.send(step, "/sign-in/code", code=phone.code).status == 401
    assert browser.get("/desk/").status == 303


def test_the_step_of_one_account_signs_in_no_other(world: World, phone: Phone) -> None:
    browser = enrolled(world, phone, "clerk1")
    step = browser.sign_in("clerk1")
    enrolled(world, phone, "head1")
    assert browser.send(step, "/sign-in/code", code=phone.code).status == 401, "head1's code, clerk1's step"


def test_a_form_of_another_site_takes_no_step(world: World, phone: Phone) -> None:
    browser = enrolled(world, phone, "clerk1")
    browser.sign_in("clerk1")
    for path in ("/desk/sign-in/code", "/desk/enrol"):
        assert browser.post(path, {"ticket": "x", "code": phone.code, "_form": "guessed"}).status == 403


def test_who_is_signed_in_enrols_with_the_password_again(
    world: World, phone: Phone, visitor: Callable[[str], Visitor]
) -> None:
    clerk = visitor("clerk1")
    own = clerk.get("/desk/second-factor")
    assert "未启用" in own.text
    assert clerk.send(own, "/second-factor", button="offer", password="wrong").status == 401
    offered = clerk.send(own, "/second-factor", button="offer", password=PASSWORD)
    phone.secret = secret_on(offered)
    assert clerk.send(offered, "/second-factor", button="confirm", code=phone.wrong).status == 401
    done = clerk.send(offered, "/second-factor", button="confirm", code=phone.code)
    assert len(recovery_codes_on(done)) == 10
    own = clerk.get("/desk/second-factor")
    assert "已启用" in own.text
    assert "未用的恢复码：10 个" in own.text
    assert recovery_codes_on(own) == []


def test_a_new_phone_takes_a_code_of_the_old_one_or_a_recovery_code(world: World, phone: Phone) -> None:
    clerk = enrolled(world, phone, "clerk1")
    step = clerk.sign_in("clerk1")
    clerk.send(step, "/sign-in/code", code=phone.code)
    own = clerk.get("/desk/second-factor")
    refused = clerk.send(own, "/second-factor", button="offer", password=PASSWORD, code=phone.code)
    assert "验证码不正确或已用过" in refused.text, "it signed in"
    offered = clerk.send(own, "/second-factor", button="offer", password=PASSWORD, code=phone.recovery[0])
    old = phone.secret
    phone.secret = secret_on(offered)
    assert phone.secret != old
    assert recovery_codes_on(clerk.send(offered, "/second-factor", button="confirm", code=phone.code))


def test_an_administrator_resets_it_on_the_accounts_page(
    world: World, phone: Phone, visitor: Callable[[str], Visitor]
) -> None:
    enrolled(world, phone, "clerk1")
    administrator = visitor("sys")
    form = administrator.get("/desk/items/desk/accounts/clerk1/acts/reset_second_factor")
    done = administrator.follow(
        administrator.send(form, "reset_second_factor", reason="手机丢失，本人到场说明")
    )
    assert "已办理：重置动态验证码" in done.text
    assert Visitor(world).sign_in("clerk1").status == 303
