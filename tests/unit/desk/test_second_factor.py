"""Signing in with a second factor over the API: asked of whom, enrolled, taken once, counted, reset."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyotp
import pytest
from sqlalchemy import select, text

from dengwen.installation import Folder
from services.chassis.audit.tables import AuditEntry
from services.chassis.settings import SettingsError, from_environment
from services.chassis.tables import DirectoryAssignment, Outbox
from services.desk import second_factor, signing_in
from services.desk.domain.throttle import WITH_ACCOUNT
from services.desk.storage import DeskSession, RecoveryCode, SecondFactor
from tests.unit.desk.phone import Phone
from tests.unit.desk.test_sessions import call, hold_a_second_post, sign_in
from tests.unit.desk.visitor import PASSWORD, open_account
from tests.world import World


def sessions(world: World) -> list[DeskSession]:
    with world.runtimes["desk"].db.read() as session:
        return list(session.scalars(select(DeskSession).order_by(DeskSession.started_at)))


def test_without_the_setting_a_password_is_enough(world: World) -> None:
    open_account(world, "sys")
    assert sign_in(world, "sys")[0] == 201
    assert sessions(world)[0].proven_by == "password"


@pytest.mark.parametrize(
    ("setting", "account", "asked"),
    [
        (("administrators",), "sys", True),
        (("administrators",), "clerk1", False),
        (("dispatched_office_head",), "head1", True),
        (("dispatched_office_head",), "aud", True),
        (("dispatched_office_head",), "deputy1", False),
        (("dispatched_office_leader",), "deputy1", True),
        (("everybody",), "clerk1", True),
    ],
)
def test_it_is_asked_of_those_named_and_always_of_administrators(
    world: World, asked_of: Callable[..., None], setting: tuple[str, ...], account: str, *, asked: bool
) -> None:
    asked_of(*setting)
    open_account(world, account)
    status, told = sign_in(world, account)
    assert (status, told.get("code")) == ((403, "SECOND_FACTOR_NOT_ENROLLED") if asked else (201, None))


def test_who_enrolled_signs_in_with_password_and_code(
    world: World, phone: Phone, asked_of: Callable[..., None]
) -> None:
    asked_of("administrators")
    open_account(world, "sys")
    status, told = phone.enrol("sys")
    assert (status, len(told["recovery_codes"])) == (201, 10)
    phone.later()
    assert sign_in(world, "sys")[1]["code"] == "SECOND_FACTOR_REQUIRED"
    assert sign_in(world, "sys", code=phone.wrong)[1]["code"] == "SECOND_FACTOR_WRONG"
    assert sign_in(world, "sys", "a wrong password", code=phone.code)[1]["code"] == "UNAUTHENTICATED"
    status, told = sign_in(world, "sys", code=phone.code)
    assert status == 201
    assert call(world, "GET", "/intake/worklist", token=told["token"])[0] == 200
    assert sessions(world)[-1].proven_by == "one_time_code"


def test_who_enrolled_by_choice_is_asked_though_the_setting_is_off(world: World, phone: Phone) -> None:
    open_account(world, "clerk1")
    assert phone.enrol("clerk1")[0] == 201
    assert sign_in(world, "clerk1")[1]["code"] == "SECOND_FACTOR_REQUIRED"


def test_a_code_signs_in_once_only(world: World, phone: Phone) -> None:
    open_account(world, "clerk1")
    phone.enrol("clerk1")
    first = phone.code
    assert sign_in(world, "clerk1", code=first)[1]["code"] == "SECOND_FACTOR_WRONG", "it enrolled already"
    phone.later()
    assert sign_in(world, "clerk1", code=phone.code)[0] == 201
    assert sign_in(world, "clerk1", code=phone.code)[1]["code"] == "SECOND_FACTOR_WRONG"
    assert sign_in(world, "clerk1", code=first)[1]["code"] == "SECOND_FACTOR_WRONG", "an older one neither"
    phone.later()
    assert sign_in(world, "clerk1", code=phone.code)[0] == 201


def test_of_several_sign_ins_at_the_same_time_with_one_code_one_succeeds(world: World, phone: Phone) -> None:
    open_account(world, "clerk1")
    phone.enrol("clerk1")
    phone.later()
    with ThreadPoolExecutor(3) as together:
        answers = list(together.map(lambda _: sign_in(world, "clerk1", code=phone.code), range(3)))
    assert [status for status, _ in answers].count(201) == 1
    assert {told["code"] for status, told in answers if status != 201} <= {
        "SECOND_FACTOR_WRONG",
        "RATE_LIMITED",
    }


def test_a_code_that_opened_no_session_is_not_used_up(world: World, phone: Phone) -> None:
    open_account(world, "clerk1")
    phone.enrol("clerk1")
    phone.later()
    assert sign_in(world, "clerk1", code=phone.code, post="of somebody else")[1]["code"] == "WRONG_ROLE"
    assert sign_in(world, "clerk1", code=phone.code)[0] == 201


def test_a_recovery_code_signs_in_once_however_it_is_typed(world: World, phone: Phone) -> None:
    open_account(world, "clerk1")
    phone.enrol("clerk1")
    typed = phone.recovery[3].lower().replace("-", " ")
    assert sign_in(world, "clerk1", code=typed)[0] == 201
    assert sign_in(world, "clerk1", code=phone.recovery[3])[1]["code"] == "SECOND_FACTOR_WRONG"
    assert sessions(world)[-1].proven_by == "recovery_code"
    with world.runtimes["desk"].db.read() as session:
        assert second_factor.recovery_codes_left(session, "clerk1") == 9


def test_a_recovery_code_of_somebody_else_is_wrong(world: World, phone: Phone) -> None:
    for account in ("clerk1", "head1"):
        open_account(world, account)
        phone.enrol(account)
    assert sign_in(world, "clerk1", code=phone.recovery[0])[1]["code"] == "SECOND_FACTOR_WRONG"
    assert sign_in(world, "head1", code=phone.recovery[0])[0] == 201


def test_wrong_codes_count_like_wrong_passwords_though_the_password_is_right_each_time(
    world: World, phone: Phone
) -> None:
    open_account(world, "clerk1")
    phone.enrol("clerk1")
    phone.later()
    for _ in range(WITH_ACCOUNT.lock_at):
        assert sign_in(world, "clerk1", code=phone.wrong)[1]["code"] == "SECOND_FACTOR_WRONG"
        phone.later(5 * 60)
        assert sign_in(world, "clerk1")[1]["code"] in ("SECOND_FACTOR_REQUIRED", "RATE_LIMITED")
    phone.later(60)
    assert sign_in(world, "clerk1", code=phone.code)[1]["code"] == "RATE_LIMITED"
    phone.later(15 * 60)
    assert sign_in(world, "clerk1", code=phone.code)[0] == 201


def test_after_wrong_codes_the_password_alone_neither_starts_anew_nor_prolongs_the_wait(
    world: World, phone: Phone
) -> None:
    open_account(world, "clerk1")
    phone.enrol("clerk1")
    for _ in range(5):
        phone.later(40)
        assert sign_in(world, "clerk1", code=phone.wrong)[1]["code"] == "SECOND_FACTOR_WRONG"
    assert sign_in(world, "clerk1")[1]["code"] == "RATE_LIMITED"
    phone.later(4)
    assert sign_in(world, "clerk1")[1]["code"] == "SECOND_FACTOR_REQUIRED"
    assert sign_in(world, "clerk1", code=phone.code)[0] == 201


def test_asking_for_the_code_costs_no_try(world: World, phone: Phone) -> None:
    open_account(world, "clerk1")
    phone.enrol("clerk1")
    phone.later()
    for _ in range(WITH_ACCOUNT.free + 3):
        assert sign_in(world, "clerk1")[1]["code"] == "SECOND_FACTOR_REQUIRED"
    assert sign_in(world, "clerk1", code=phone.code)[0] == 201


def test_enrolling_anew_takes_a_code_of_the_present_one_and_ends_it(world: World, phone: Phone) -> None:
    open_account(world, "clerk1")
    phone.enrol("clerk1")
    old, codes = phone.secret, phone.recovery
    phone.later()
    assert phone.enrol("clerk1")[1]["code"] == "SECOND_FACTOR_REQUIRED"
    assert phone.enrol("clerk1", code=phone.wrong)[1]["code"] == "SECOND_FACTOR_WRONG"
    assert phone.enrol("clerk1", code=phone.code)[0] == 201
    assert phone.secret != old
    phone.later()
    ended = pyotp.TOTP(old).at(phone.now.timestamp())
    assert sign_in(world, "clerk1", code=ended)[1]["code"] == "SECOND_FACTOR_WRONG"
    assert sign_in(world, "clerk1", code=codes[0])[1]["code"] == "SECOND_FACTOR_WRONG"
    assert sign_in(world, "clerk1", code=phone.code)[0] == 201


def ticket_of(world: World, account: str) -> str:
    asked = {"account": account, "password": PASSWORD}
    return str(call(world, "POST", "/desk/second_factor", asked)[1]["ticket"])


def test_an_offer_from_before_the_account_changed_is_worth_nothing(world: World, phone: Phone) -> None:
    open_account(world, "clerk1")
    earlier = ticket_of(world, "clerk1")
    secret = second_factor.offered_in(world.runtimes["desk"].ring, earlier).secret
    assert phone.enrol("clerk1")[0] == 201
    late = {"ticket": earlier, "code": pyotp.TOTP(secret).at(phone.now.timestamp())}
    assert call(world, "POST", "/desk/second_factor/confirm", late)[1]["code"] == "UNAUTHENTICATED"
    phone.later()
    assert sign_in(world, "clerk1", code=phone.code)[0] == 201


def test_an_offer_lasts_ten_minutes(world: World, phone: Phone) -> None:
    open_account(world, "clerk1")
    ticket = ticket_of(world, "clerk1")
    phone.secret = second_factor.offered_in(world.runtimes["desk"].ring, ticket).secret
    phone.later(10 * 60 + 1)
    late = {"ticket": ticket, "code": phone.code}
    assert call(world, "POST", "/desk/second_factor/confirm", late)[1]["code"] == "TOKEN_EXPIRED"


@pytest.mark.parametrize("ticket", ["x", "AAAA", "密", "=" * 40, "A" * 400])
def test_what_is_no_ticket_is_refused(world: World, ticket: str) -> None:
    status, told = call(world, "POST", "/desk/second_factor/confirm", {"ticket": ticket, "code": "000000"})
    assert (status, told["code"], told["field"]) == (401, "UNAUTHENTICATED", "ticket")


def test_the_ticket_of_a_sign_in_enrols_nobody(world: World, phone: Phone) -> None:
    """It holds no secret, and codes of an empty one would be known to everybody."""
    open_account(world, "clerk1")
    phone.enrol("clerk1")
    with pytest.raises(signing_in.CodeAsked) as asked:
        signing_in.sign_in(world.runtimes["desk"], "clerk1", PASSWORD, "127.0.0.1")
    empty = {"ticket": asked.value.ticket, "code": phone.code}
    assert call(world, "POST", "/desk/second_factor/confirm", empty)[1]["code"] == "UNAUTHENTICATED"


def test_who_still_has_the_initial_password_changes_it_first(world: World) -> None:
    open_account(world, "clerk1", must_change=True)
    asked = {"account": "clerk1", "password": PASSWORD}
    assert call(world, "POST", "/desk/second_factor", asked)[1]["code"] == "PRECONDITION_NOT_MET"


def test_a_password_is_changed_with_a_code_only(world: World, phone: Phone) -> None:
    open_account(world, "clerk1")
    phone.enrol("clerk1")
    phone.later()
    change = {"account": "clerk1", "old_password": PASSWORD, "new_password": "another long one"}
    refused = call(world, "POST", "/desk/password", change)[1]
    assert refused["code"] == "SECOND_FACTOR_REQUIRED"
    assert call(world, "POST", "/desk/password", change | {"code": phone.code})[0] == 204
    phone.later()
    assert sign_in(world, "clerk1", "another long one", code=phone.code)[0] == 201


def test_a_reset_by_the_administrator_lets_the_owner_enrol_anew_and_tells_the_owner(
    world: World, phone: Phone
) -> None:
    open_account(world, "clerk1")
    phone.enrol("clerk1")
    phone.later()
    token = sign_in(world, "clerk1", code=phone.code)[1]["token"]
    done = world.as_("sys").act("/desk/accounts/clerk1/reset_second_factor", {"reason": "手机丢失"})
    assert done.status == 200
    assert phone.secret not in str(done.body)
    world.pump()
    assert call(world, "GET", "/intake/worklist", token=token)[0] == 401
    assert sign_in(world, "clerk1")[0] == 201
    with world.runtimes["desk"].db.read() as session:
        assert session.scalars(select(SecondFactor)).all() == []
        assert session.scalars(select(RecoveryCode)).all() == []
        told = str(session.scalars(select(Outbox.body).where(Outbox.type.contains("notice_due"))).one())
        entry = session.scalars(select(AuditEntry).where(AuditEntry.act == "reset_second_factor")).one()
    assert '"second_factor_reset"' in told
    assert '"p-clerk1"' in told
    assert (entry.outcome, entry.actor_person, entry.subject_id) == ("accepted", "p-sys", "clerk1")


def test_only_the_system_administrator_resets_and_neither_their_own_nor_what_is_not_there(
    world: World, phone: Phone
) -> None:
    for account in ("clerk1", "sys", "head1"):
        open_account(world, account)
    for account in ("clerk1", "sys"):
        phone.enrol(account)
    lost = {"reason": "手机丢失"}
    reset = "/desk/accounts/{}/reset_second_factor"
    assert world.as_("clerk1").act(reset.format("clerk1"), lost).code == "WRONG_ROLE"
    assert world.as_("sys").act(reset.format("sys"), lost).code == "CONFLICT_OF_INTEREST"
    assert world.as_("sys").act(reset.format("head1"), lost).code == "PRECONDITION_NOT_MET"


def test_the_item_says_that_there_is_one_and_nothing_of_it(world: World, phone: Phone) -> None:
    open_account(world, "clerk1")
    assert world.as_("sys").get("/desk/accounts/clerk1").body["second_factor"] is False
    phone.enrol("clerk1")
    shown = world.as_("sys").get("/desk/accounts/clerk1").body
    assert shown["second_factor"] is True
    assert not [word for word in (phone.secret, *phone.recovery) if word in str(shown)]


def test_neither_secret_nor_recovery_codes_are_kept_in_the_clear(world: World, phone: Phone) -> None:
    open_account(world, "clerk1")
    phone.enrol("clerk1")
    words = [phone.secret, *phone.recovery, *(code.replace("-", "") for code in phone.recovery)]
    with world.runtimes["desk"].db.read() as session:
        tables = session.execute(text("select name from sqlite_master where type = 'table'")).scalars().all()
        rows = [str(row) for t in tables for row in session.execute(text(f'select * from "{t}"'))]  # noqa: S608
    assert len(rows) > 20
    assert not [word for word in words if any(word in row for row in rows)]


def test_a_post_that_asks_for_it_is_not_used_in_a_session_without(
    world: World, phone: Phone, asked_of: Callable[..., None]
) -> None:
    open_account(world, "clerk1")
    told = sign_in(world, "clerk1")[1]
    asked_of("petition_office_staff")
    hold_a_second_post(world)
    change = {"refresh": told["refresh"], "post": "second"}
    assert call(world, "POST", "/desk/session/refresh", change)[1]["code"] == "SECOND_FACTOR_REQUIRED"
    with world.runtimes["desk"].db.read() as session:
        assert session.get_one(DirectoryAssignment, "second").role == "petition_office_staff"
    phone.enrol("clerk1")
    phone.later()
    told = sign_in(world, "clerk1", code=phone.code)[1]
    change = {"refresh": told["refresh"], "post": "second"}
    assert call(world, "POST", "/desk/session/refresh", change)[0] == 200


NEEDED = {
    "DENGWEN_SERVICE": "desk",
    "DENGWEN_DATABASE_URL": "sqlite://",
    "DENGWEN_BROKER_URI": "memory://",
    "DENGWEN_KEY_DIR": "keys",
}


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("", ()),
        ("off", ()),
        ("everybody", ("everybody",)),
        ("administrators, dispatched_office_head", ("administrators", "dispatched_office_head")),
    ],
)
def test_the_setting_names_roles(said: str, asked: tuple[str, ...]) -> None:
    assert from_environment(NEEDED | {"DENGWEN_SECOND_FACTOR": said}).second_factor == asked


@pytest.mark.parametrize("said", ["on; yes", "Administrators", "administrators,,1head"])
def test_what_is_no_role_is_refused_at_the_start(said: str) -> None:
    with pytest.raises(SettingsError, match="DENGWEN_SECOND_FACTOR"):
        from_environment(NEEDED | {"DENGWEN_SECOND_FACTOR": said})


@pytest.mark.parametrize(("said", "asked"), [("administrators", ("administrators",)), (None, ())])
def test_the_embedded_installation_is_told_by_the_same_variable(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, said: str | None, asked: tuple[str, ...]
) -> None:
    monkeypatch.delenv("DENGWEN_SECOND_FACTOR", raising=False)
    if said is not None:
        monkeypatch.setenv("DENGWEN_SECOND_FACTOR", said)
    assert Folder(tmp_path).settings("desk", "127.0.0.1", 8710).second_factor == asked
    monkeypatch.setenv("DENGWEN_SECOND_FACTOR", "on; yes")
    with pytest.raises(SettingsError, match="DENGWEN_SECOND_FACTOR"):
        Folder(tmp_path).settings("desk", "127.0.0.1", 8710)
