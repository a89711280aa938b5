"""Single sign-on against a real small provider: who gets in, and what is refused on the way."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from services.chassis.audit.tables import AuditEntry
from services.chassis.settings import RETURN, SettingsError, SingleSignOn, single_sign_on
from services.desk.storage import Account, DeskSession
from tests.unit.desk.identity_provider import CLIENT, SECRET, Asked, IdentityProvider, key_pair
from tests.unit.desk.phone import Phone
from tests.unit.desk.visitor import Page, Visitor, open_account
from tests.world import World

START = "/desk/single-sign-on"
SUBJECT = "staff-0001"
NOT_DONE = "单点登录未完成"


@pytest.fixture
def provider() -> Iterator[IdentityProvider]:
    made = IdentityProvider()
    yield made
    made.close()


@pytest.fixture
def world(world: World, provider: IdentityProvider) -> World:
    """The desk knows the provider, and the clerk's account is bound to a subject there."""
    configure(world, provider)
    open_account(world, "clerk1")
    assert bind(world, "clerk1", SUBJECT).status == 200
    return world


def configure(world: World, provider: IdentityProvider) -> None:
    desk = world.runtimes["desk"]
    configured = SingleSignOn(provider.issuer, CLIENT, f"http://localhost{RETURN}", SECRET)
    desk.settings = replace(desk.settings, single_sign_on=configured)


def bind(world: World, account: str, subject: str, by: str = "sys") -> Any:
    return world.as_(by).act(f"/desk/accounts/{account}/bind_identity", {"subject": subject})


def leave(visitor: Visitor, provider: IdentityProvider, target: str = "") -> Asked:
    page = visitor.get(f"{START}?{urlencode({'next': target})}" if target else START)
    assert page.status == 303, page.text
    return provider.asked(page.answer.headers["Location"])


def come_back(visitor: Visitor, **answer: str) -> Page:
    return visitor.get(f"{START}/return?{urlencode(answer)}")


def sign_on(visitor: Visitor, provider: IdentityProvider, subject: str = SUBJECT, target: str = "") -> Page:
    asked = leave(visitor, provider, target)
    return come_back(visitor, code=provider.grant(asked, subject), state=asked.state)


def sessions(world: World) -> list[tuple[str, str]]:
    with world.runtimes["desk"].db.read() as session:
        return [(row.account_id, row.proven_by) for row in session.scalars(select(DeskSession))]


def sign_ins(world: World) -> list[tuple[str, str, str]]:
    with world.runtimes["desk"].db.read() as session:
        query = select(AuditEntry).where(AuditEntry.act == "sign_in").order_by(AuditEntry.recorded_at)
        return [(row.subject_id, row.outcome, row.code) for row in session.scalars(query)]


def refused(page: Page, world: World) -> None:
    """Nobody is in, the page says no more than that, and the trail has it."""
    assert (page.status, NOT_DONE in page.text) == (401, True)
    assert sessions(world) == []
    assert sign_ins(world)[-1] == ("", "refused", "UNAUTHENTICATED")
    assert not page.answer.headers.get_all("Set-Cookie") or "dengwen_session" not in str(page.answer.headers)


def test_who_is_bound_gets_a_session_of_ours_and_goes_where_they_wanted(
    world: World, provider: IdentityProvider
) -> None:
    visitor = Visitor(world)
    page = sign_on(visitor, provider, target="/desk/registers")
    assert (page.status, page.links["继续"]) == (200, "/desk/registers")
    assert 'content="0; url=/desk/registers"' in page.html
    assert visitor.get("/desk/registers").status == 200
    assert sessions(world) == [("clerk1", "single_sign_on")]
    assert sign_ins(world) == [("clerk1", "signed_in", "")]
    assert "统一身份" in visitor.get("/desk/my-sessions").text


def test_the_link_stands_on_the_sign_in_page_where_it_is_configured_alone(world: World) -> None:
    assert START in str(Visitor(world).get("/desk/sign-in").links)
    desk = world.runtimes["desk"]
    desk.settings = replace(desk.settings, single_sign_on=None)
    assert START not in str(Visitor(world).get("/desk/sign-in").links)
    assert NOT_DONE in Visitor(world).get(START).text


def test_nobody_is_made_an_account_for_and_a_locked_one_stays_closed(
    world: World, provider: IdentityProvider
) -> None:
    page = sign_on(Visitor(world), provider, "somebody-else")
    assert (page.status, "没有绑定账号" in page.text) == (401, True)
    world.as_("sys").act("/desk/accounts/clerk1/lock_account", {"reason": "离岗"})
    assert sign_on(Visitor(world), provider).text == page.text
    assert sessions(world) == []
    with world.runtimes["desk"].db.read() as session:
        assert session.scalars(select(Account.id)).all() == ["clerk1"]


def test_the_second_factor_stays_ours(
    world: World, provider: IdentityProvider, phone: Phone, asked_of: Callable[..., None]
) -> None:
    asked_of("everybody")
    page = sign_on(Visitor(world), provider)
    assert "/desk/enrol" in [form.action for form in page.forms]
    phone.enrol("clerk1")
    phone.later()
    visitor = Visitor(world)
    page = sign_on(visitor, provider, target="/desk/new")
    assert sessions(world) == []
    done = visitor.send(page, "/sign-in/code", code=phone.code)
    assert done.answer.headers["Location"] == "/desk/new"
    assert sessions(world) == [("clerk1", "single_sign_on_one_time_code")]


def test_an_initial_password_that_is_not_used_need_not_be_changed(
    world: World, provider: IdentityProvider
) -> None:
    open_account(world, "head1", must_change=True)
    bind(world, "head1", "staff-0002")
    assert sign_on(Visitor(world), provider, "staff-0002").status == 200
    assert sessions(world) == [("head1", "single_sign_on")]


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "of another attempt"},
        {"nonce": None},
        {"aud": "another-client"},
        {"aud": [CLIENT, "another-client"]},
        {"aud": [CLIENT, "another-client"], "azp": "another-client"},
        {"iss": "https://another.invalid"},
        {"exp": int(time.time()) - 3600},
        {"exp": None},
        {"iat": int(time.time()) + 3600},
        {"sub": ""},
        {"sub": "x" * 256},
        {"sub": None},
    ],
)
def test_a_token_that_says_something_else_opens_nothing(
    world: World, provider: IdentityProvider, claims: dict[str, Any]
) -> None:
    provider.claims = claims
    refused(sign_on(Visitor(world), provider), world)


def test_a_token_without_a_signature_opens_nothing(world: World, provider: IdentityProvider) -> None:
    provider.algorithm, provider.sign_with = "none", ""
    refused(sign_on(Visitor(world), provider), world)


def test_a_token_signed_with_a_secret_opens_nothing(world: World, provider: IdentityProvider) -> None:
    provider.algorithm, provider.sign_with = "HS256", SECRET * 3
    refused(sign_on(Visitor(world), provider), world)


def test_a_token_signed_by_another_key_opens_nothing(world: World, provider: IdentityProvider) -> None:
    provider.sign_with = key_pair("an attacker's")
    refused(sign_on(Visitor(world), provider), world)


def test_a_key_of_which_the_issuer_says_nothing_opens_nothing_and_a_new_one_of_its_own_does(
    world: World, provider: IdentityProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider.header = {"kid": "nowhere"}
    refused(sign_on(Visitor(world), provider), world)
    monkeypatch.setattr("services.desk.single_sign_on.KEYS_AGAIN", 0.0)
    provider.header, provider.kid = {}, "key-2"
    assert sign_on(Visitor(world), provider).status == 200


def test_an_unknown_key_does_not_make_the_desk_ask_again_and_again(
    world: World, provider: IdentityProvider
) -> None:
    provider.header = {"kid": "nowhere"}
    for _ in range(3):
        refused(sign_on(Visitor(world), provider), world)
    assert provider.asked_for.count("/keys") == 1


def test_an_answer_counts_once(world: World, provider: IdentityProvider) -> None:
    visitor = Visitor(world)
    asked = leave(visitor, provider)
    kept = visitor.client.get_cookie("dengwen_sign_on", domain="desk.test", path=START)
    assert kept is not None
    code = provider.grant(asked, SUBJECT)
    assert come_back(visitor, code=code, state=asked.state).status == 200
    assert visitor.client.get_cookie("dengwen_sign_on", domain="desk.test", path=START) is None
    provider.codes[code] = asked, SUBJECT  # an issuer that forgets which codes were used
    thief = Visitor(world)
    thief.client.set_cookie("dengwen_sign_on", kept.value, domain="desk.test", path=START)
    assert NOT_DONE in come_back(thief, code=code, state=asked.state).text
    assert len(sessions(world)) == 1


def test_a_code_that_was_used_is_refused_by_the_issuer(world: World, provider: IdentityProvider) -> None:
    visitor = Visitor(world)
    asked = leave(visitor, provider)
    code = provider.grant(asked, SUBJECT)
    provider.codes.clear()
    refused(come_back(visitor, code=code, state=asked.state), world)


def test_somebody_elses_code_does_not_open_their_account_here(
    world: World, provider: IdentityProvider
) -> None:
    """A stolen code is bound to the verifier of the browser that asked for it (PKCE)."""
    victims = leave(Visitor(world), provider)
    stolen = provider.grant(victims, SUBJECT)
    thief = Visitor(world)
    own = leave(thief, provider)
    refused(come_back(thief, code=stolen, state=own.state), world)


def test_another_browser_cannot_be_signed_in_by_a_link(world: World, provider: IdentityProvider) -> None:
    asked = leave(Visitor(world), provider)
    code = provider.grant(asked, SUBJECT)
    refused(come_back(Visitor(world), code=code, state=asked.state), world)
    other = Visitor(world)
    leave(other, provider)
    refused(come_back(other, code=code, state=asked.state), world)


@pytest.mark.parametrize("changed", ["", "x"])
def test_a_state_that_is_missing_or_changed_is_refused(
    world: World, provider: IdentityProvider, changed: str
) -> None:
    visitor = Visitor(world)
    asked = leave(visitor, provider)
    code = provider.grant(asked, SUBJECT)
    refused(come_back(visitor, code=code, state=asked.state + changed if changed else ""), world)


def test_an_answer_in_the_name_of_another_issuer_was_mixed_up(
    world: World, provider: IdentityProvider
) -> None:
    visitor = Visitor(world)
    asked = leave(visitor, provider)
    code = provider.grant(asked, SUBJECT)
    page = come_back(visitor, code=code, state=asked.state, iss="https://another.invalid")
    refused(page, world)
    assert "/token" not in provider.asked_for, "no code goes anywhere"


def test_an_issuer_that_says_it_names_itself_has_to(world: World, provider: IdentityProvider) -> None:
    provider.described = {"authorization_response_iss_parameter_supported": True}
    refused(sign_on(Visitor(world), provider), world)
    visitor = Visitor(world)
    asked = leave(visitor, provider)
    page = come_back(visitor, code=provider.grant(asked, SUBJECT), state=asked.state, iss=provider.issuer)
    assert page.status == 200


@pytest.mark.parametrize(
    "described",
    [
        {"issuer": "https://another.invalid"},
        {"authorization_endpoint": "http://another.invalid/authorize"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": None},
    ],
)
def test_a_description_that_leads_elsewhere_is_not_followed(
    world: World, provider: IdentityProvider, described: dict[str, Any]
) -> None:
    provider.described = described
    page = Visitor(world).get(START)
    assert (page.status, NOT_DONE in page.text) == (401, True)


@pytest.mark.parametrize(
    "target",
    ["https://evil.invalid/", "//evil.invalid/desk/", "/desk/\\evil", "/other", "javascript:alert(1)"],
)
def test_nobody_is_sent_elsewhere_afterwards(world: World, provider: IdentityProvider, target: str) -> None:
    page = sign_on(Visitor(world), provider, target=target)
    assert page.links["继续"] == "/desk/"


def test_an_issuer_that_is_away_or_says_no_gives_a_kind_page(
    world: World, provider: IdentityProvider
) -> None:
    visitor = Visitor(world)
    asked = leave(visitor, provider)
    refused(come_back(visitor, error="access_denied", state=asked.state), world)
    asked = leave(visitor, provider)
    provider.away = True
    refused(come_back(visitor, code="x", state=asked.state), world)


def test_the_cookie_is_for_this_way_alone_and_says_nothing(world: World, provider: IdentityProvider) -> None:
    visitor = Visitor(world, https=True)
    page = visitor.get(START)
    [cookie] = [one for one in page.answer.headers.get_all("Set-Cookie") if "dengwen_sign_on" in one]
    assert {"HttpOnly", "Secure", "SameSite=Lax", f"Path={START}"} <= set(cookie.split("; "))
    assert provider.asked(page.answer.headers["Location"]).nonce not in cookie


def test_signing_out_ends_our_session_alone(world: World, provider: IdentityProvider) -> None:
    visitor = Visitor(world)
    sign_on(visitor, provider)
    before = len(provider.asked_for)
    visitor.send(visitor.get("/desk/new"), "/sign-out")
    assert visitor.get("/desk/new").status == 303
    assert len(provider.asked_for) == before


def test_one_identity_is_one_account_and_the_owner_is_told(world: World) -> None:
    open_account(world, "head1")
    assert bind(world, "head1", SUBJECT).code == "DUPLICATE"
    assert bind(world, "head1", "staff-0002", by="clerk1").code in ("WRONG_ROLE", "UNKNOWN_REFERENCE")
    assert bind(world, "head1", "a subject").code == "INVALID_FIELD"
    told = str(world.as_("sys").get("/desk/accounts/clerk1").body)
    assert "'single_sign_on': True" in told
    assert SUBJECT not in told


def test_an_account_that_is_unbound_is_closed_to_the_identity(
    world: World, provider: IdentityProvider
) -> None:
    visitor = Visitor(world)
    sign_on(visitor, provider)
    sys = world.as_("sys")
    assert sys.act("/desk/accounts/clerk1/unbind_identity", {"reason": "离岗"}).status == 200
    assert visitor.get("/desk/new").status == 303, "sessions end with it"
    assert "没有绑定账号" in sign_on(Visitor(world), provider).text
    assert sys.act("/desk/accounts/clerk1/unbind_identity", {"reason": "离岗"}).code == "PRECONDITION_NOT_MET"


def test_another_issuer_inherits_no_binding(world: World) -> None:
    other = IdentityProvider()
    configure(world, other)
    assert "没有绑定账号" in sign_on(Visitor(world), other).text
    other.close()


def test_the_page_of_accounts_leads_to_binding_and_unbinding(world: World) -> None:
    open_account(world, "sys")
    administrator = Visitor(world)
    administrator.sign_in("sys")
    page = administrator.get("/desk/administration/accounts?q=clerk1")
    target = "/desk/items/desk/accounts/clerk1/acts/bind_identity"
    assert {target, target.replace("/bind", "/unbind")} <= set(page.links.values())
    assert administrator.send(administrator.get(target), "bind_identity", subject="staff-0009").status == 303


def test_without_an_issuer_there_is_nothing_to_bind(world: World) -> None:
    desk = world.runtimes["desk"]
    desk.settings = replace(desk.settings, single_sign_on=None)
    assert bind(world, "clerk1", "staff-0003").code == "PRECONDITION_NOT_MET"


GIVEN = {
    "DENGWEN_OIDC_ISSUER": "https://id.example.invalid",
    "DENGWEN_OIDC_CLIENT_ID": CLIENT,
    "DENGWEN_OIDC_REDIRECT_URI": f"https://desk.example.invalid{RETURN}",
}


def test_it_is_off_unless_an_issuer_is_named() -> None:
    assert single_sign_on({}) is None
    found = single_sign_on(GIVEN)
    assert found is not None
    assert (found.issuer, found.client_secret) == ("https://id.example.invalid", "")


@pytest.mark.parametrize(
    "changed",
    [
        {"DENGWEN_OIDC_ISSUER": "http://id.example.invalid"},
        {"DENGWEN_OIDC_CLIENT_ID": ""},
        {"DENGWEN_OIDC_REDIRECT_URI": "https://desk.example.invalid/elsewhere"},
        {"DENGWEN_OIDC_REDIRECT_URI": f"http://desk.example.invalid{RETURN}"},
        {"DENGWEN_OIDC_CLIENT_SECRET_FILE": "/nowhere"},
    ],
)
def test_a_setting_that_is_wrong_is_named_at_the_start(changed: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match=next(iter(changed))):
        single_sign_on(GIVEN | changed)
