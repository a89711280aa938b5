"""Keys of persons: made once, wrapped under a passphrase of their own, opened for a session in memory."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from nacl.public import PrivateKey
from sqlalchemy import select

from contracts.refusals import Refusal, RefusalCode
from services.chassis.keys import seal, unseal
from services.chassis.tables import DirectoryPerson
from services.chassis.work import begin
from services.desk import loading, private_keys
from services.desk.private_keys import OpenedKeys
from services.desk.storage import PersonKey
from tests.unit.desk.visitor import Visitor
from tests.world import World

Signed = Callable[[str], Visitor]
PASSPHRASE = "a passphrase of its own"


def test_a_key_opens_with_its_passphrase_only_and_reaches_every_service(world: World) -> None:
    with begin(world.runtimes["desk"]) as work:
        assert loading.load_person_key(work, "p-xfhead", PASSPHRASE)
        assert not loading.load_person_key(work, "p-xfhead", "another passphrase")
    world.pump()
    with world.runtimes["desk"].db.read() as session:
        row = session.scalars(select(PersonKey)).one()
    with world.runtimes["intake"].db.read() as session:
        public = session.get_one(DirectoryPerson, "p-xfhead").box_key
    assert public == row.public_key
    sealed = seal(public, b"secret")
    assert unseal(private_keys.opened(row, PASSPHRASE), sealed) == b"secret"
    with pytest.raises(Refusal) as refused:
        private_keys.opened(row, "another passphrase")
    assert refused.value.code is RefusalCode.INVALID_FIELD


def test_an_opened_key_is_forgotten_when_its_session_ends() -> None:
    keys, now = OpenedKeys(), datetime(2026, 3, 2, 9, tzinfo=UTC)
    key = PrivateKey.generate()
    keys.keep("s", key, now + timedelta(minutes=30))
    assert keys.find("s", now + timedelta(minutes=29)) is key
    assert keys.find("s", now + timedelta(minutes=30)) is None
    assert keys.find("s", now) is None


def test_a_key_is_made_at_first_use_unlocked_locked_and_given_a_new_passphrase(
    world: World, visitor: Signed
) -> None:
    head = visitor("xfhead")
    first = head.get("/desk/unlock")
    assert "您还没有密件密钥" in first.text
    differing = head.send(first, "/unlock", button="register", passphrase=PASSPHRASE, again="else")
    assert "两次输入不一致" in differing.text
    made = head.follow(
        head.send(first, "/unlock", button="register", passphrase=PASSPHRASE, again=PASSPHRASE)
    )
    assert "密钥已解锁" in made.text
    assert "register" not in [value for form in made.forms for _, value in form.buttons]
    locked = head.follow(head.send(made, "/unlock", button="forget"))
    wrong = head.send(locked, "/unlock", button="open", passphrase="wrong wrong wrong")
    assert "密件口令不正确" in wrong.text
    change = {"passphrase": PASSPHRASE, "new_passphrase": "quite another one", "again": "quite another one"}
    head.follow(head.send(locked, "/unlock", button="change", **change))
    world.pump()
    again = Visitor(world)
    again.sign_in("xfhead")
    refused = again.send(again.get("/desk/unlock"), "/unlock", button="open", passphrase=PASSPHRASE)
    assert "密件口令不正确" in refused.text
    opened = again.send(refused, "/unlock", button="open", passphrase="quite another one")
    assert "密钥已解锁" in again.follow(opened).text


def test_a_session_does_not_open_what_another_one_unlocked(visitor: Signed, world: World) -> None:
    head = visitor("xfhead")
    head.send(head.get("/desk/unlock"), "/unlock", button="register", passphrase=PASSPHRASE, again=PASSPHRASE)
    other = Visitor(world)
    other.sign_in("xfhead")
    assert "密钥已解锁" not in other.get("/desk/unlock").text
    assert other.get("/desk/sealed/anything").answer.headers["Location"].startswith("/desk/unlock")
