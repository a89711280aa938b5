"""The secrets of a new installation: generated, kept, and each container given its own alone."""

import base64
import hashlib
import itertools
import json
import re
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from contracts.events import event_classes
from deploy.make_secrets import broker_hash, main
from deploy.rabbitmq import permissions
from services.chassis.keys import load
from services.chassis.settings import SERVICES


@pytest.fixture(scope="module")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("installation") / "secrets"
    assert main(directory) == 0
    return directory


def files(directory: Path) -> dict[str, str]:
    return {str(p.relative_to(directory)): p.read_text() for p in directory.rglob("*") if p.is_file()}


def test_only_the_owner_can_enter_the_directory(secrets: Path) -> None:
    assert secrets.stat().st_mode & 0o777 == 0o700


def test_making_them_again_changes_nothing(secrets: Path) -> None:
    before = files(secrets)
    assert main(secrets) == 0
    assert files(secrets) == before


def test_a_directory_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "diary").write_text("mine")
    assert main(tmp_path) == 1
    assert files(tmp_path) == {"diary": "mine"}


def test_no_password_occurs_twice(secrets: Path) -> None:
    passwords = [path.read_text() for path in (secrets / "postgres").iterdir()]
    passwords += [make_url(path.read_text()).password or "" for path in secrets.glob("*/broker_uri")]
    assert len(set(passwords)) == len(passwords) == 3 + 2 * len(SERVICES)
    assert min(map(len, passwords)) >= 24


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_gets_its_own_secrets_and_nobody_elses(secrets: Path, service: str) -> None:
    own = files(secrets / service)
    private = {f"keys/{service}.{kind}.key" for kind in ("signing", "wrap", "box")}
    assert set(own) == {"database_url", "broker_uri", "keys/trust.json"} | private
    assert make_url(own["database_url"]).username == service
    assert (
        make_url(own["database_url"]).password == (secrets / "postgres" / f"{service}.password").read_text()
    )
    assert load(secrets / service / "keys", service).service == service


@pytest.mark.parametrize("service", SERVICES)
def test_init_comes_as_the_owner_of_each_database_with_all_keys(secrets: Path, service: str) -> None:
    own = files(secrets / "init")
    url = make_url(own["database_url"].format(service=service))
    assert (url.username, url.database) == (f"{service}_owner", service)
    assert url.password == (secrets / "postgres" / "owners.password").read_text()
    assert load(secrets / "init" / "keys", service).service == service


def test_the_broker_knows_each_service_by_its_hash_and_lets_it_touch_its_own_alone(secrets: Path) -> None:
    known = json.loads((secrets / "rabbitmq" / "definitions.json").read_text())
    assert [permission["user"] for permission in known["permissions"]] == [*SERVICES, "init"]
    for user, permission in zip(known["users"], known["permissions"], strict=True):
        password = make_url((secrets / user["name"] / "broker_uri").read_text()).password or ""
        raw = base64.b64decode(user["password_hash"])
        assert hashlib.sha256(raw[:4] + password.encode()).digest() == raw[4:]
        assert permission["user"] == user["name"]
        own = [re.fullmatch(permission["configure"], f"dengwen.{name}") for name in SERVICES]
        assert [bool(match) for match in own] == [user["name"] in ("init", name) for name in SERVICES]


def test_making_them_again_brings_the_brokers_permissions_to_this_release_and_keeps_its_users(
    tmp_path: Path,
) -> None:
    assert main(tmp_path / "secrets") == 0
    before = files(tmp_path / "secrets")
    path = tmp_path / "secrets" / "rabbitmq" / "definitions.json"
    known = json.loads(path.read_text())
    path.write_text(json.dumps(known | {"permissions": [], "topic_permissions": []}))
    assert main(tmp_path / "secrets") == 0
    assert files(tmp_path / "secrets") == before


def test_no_service_may_publish_an_event_of_another_or_read_anothers_queue() -> None:
    for service, other in itertools.permutations(SERVICES, 2):
        keys = permissions.routing_keys(service)
        write, read = keys["dengwen.events"]["write"], keys["dengwen.events"]["read"]
        foreign = [f"{c}.{e.wire_type()}" for e in event_classes() if e.owner() == other for c in e.CONSUMERS]
        assert foreign
        assert [key for key in foreign if re.search(write, key)] == []
        assert not re.search(read, f"{other}.#")
        assert not re.search(read, "#")
        for pattern in permissions.names(service).values():
            assert not any(re.search(pattern, f"dengwen.{other}{end}") for end in ("", ".control", ".dead"))


def test_every_contracted_event_may_be_published_by_its_owner() -> None:
    for event in event_classes():
        write = permissions.routing_keys(event.owner())["dengwen.events"]["write"]
        for consumer in event.CONSUMERS:
            assert re.search(write, f"{consumer}.{event.wire_type()}")


def test_a_salted_hash_is_never_the_same_twice() -> None:
    assert broker_hash("same") != broker_hash("same")
