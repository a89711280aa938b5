"""What docker-compose.yml promises, read from the file itself; test_compose.py brings it up."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from services.chassis.settings import SERVICES

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
CONTAINERS: dict[str, dict[str, Any]] = COMPOSE["services"]


def test_there_is_a_container_per_service_and_per_relay() -> None:
    support = {"gateway", "postgres", "rabbitmq", "init"}
    assert set(CONTAINERS) == support | set(SERVICES) | {f"{service}-relay" for service in SERVICES}


@pytest.mark.parametrize("name", CONTAINERS)
def test_every_container_is_hardened_and_limited(name: str) -> None:
    container = CONTAINERS[name]
    assert container["read_only"] is True
    assert container["cap_drop"] == ["ALL"]
    assert container["security_opt"] == ["no-new-privileges:true"]
    assert container["user"] not in ("root", "0")
    assert {"mem_limit", "pids_limit", "logging"} <= set(container)
    assert not {"privileged", "cap_add", "pull_policy", "network_mode", "pid"} & set(container)


def test_nothing_but_the_gateway_is_published() -> None:
    assert [name for name, container in CONTAINERS.items() if "ports" in container] == ["gateway"]
    internal = {name for name, network in COMPOSE["networks"].items() if network.get("internal")}
    outside = {name for name, one in CONTAINERS.items() if set(one["networks"]) - internal}
    assert outside == {"gateway", "notifications"}, "notifications sends mail"


@pytest.mark.parametrize("name", [n for n in CONTAINERS if n not in ("gateway", "init")])
def test_a_container_mounts_the_secrets_of_its_service_alone(name: str) -> None:
    sources = [v["source"] for v in CONTAINERS[name]["volumes"] if isinstance(v, dict)]
    assert sources == ["${DENGWEN_SECRETS:-./deploy/secrets}/" + name.removesuffix("-relay")]


def test_no_password_and_no_digest_stands_in_the_file() -> None:
    settings = {k: v for one in CONTAINERS.values() for k, v in one.get("environment", {}).items()}
    assert [k for k in settings if "PASSWORD" in k and not k.endswith("_FILE")] == []
    assert not re.search(r"@sha256:|://[^/\s]+:[^/\s]+@", TEXT)


@pytest.mark.parametrize("name", [*SERVICES, *(f"{service}-relay" for service in SERVICES)])
def test_every_service_holds_a_message_to_the_broker_account_it_came_from(name: str) -> None:
    settings = CONTAINERS[name]["environment"]
    assert settings["DENGWEN_SENDER_ACCOUNTS"] == "true"
    assert settings["DENGWEN_SERVICE"] == name.removesuffix("-relay")


def test_the_gateway_waits_for_all_services_and_they_for_their_databases() -> None:
    healthy = {"condition": "service_healthy"}
    assert CONTAINERS["gateway"]["depends_on"] == dict.fromkeys(SERVICES, healthy)
    for name in [*SERVICES, *(f"{service}-relay" for service in SERVICES)]:
        assert CONTAINERS[name]["depends_on"]["init"] == {"condition": "service_completed_successfully"}
        assert CONTAINERS[name]["depends_on"]["rabbitmq"] == healthy


@pytest.mark.parametrize("name", ["plain.conf", "tls.conf"])
def test_the_gateway_logs_no_address_and_nothing_of_the_public_page(name: str) -> None:
    text = (ROOT / "deploy" / "gateway" / name).read_text(encoding="utf-8")
    [fields] = re.findall(r"log_format access escape=json '(.*)';", text)
    assert not {"remote", "forwarded", "uri", 'request"', "agent", "referer", "args"} & set(
        re.findall(r"[a-z]+", fields)
    )
    [unlogged] = re.findall(r"map \$uri \$is_logged \{\s*~(\S+) 0;", text)
    for path in ("/public", "/public/report", "//public/follow"):
        assert re.search(unlogged, path)
    assert not re.search(unlogged, "/publications")
    assert re.findall(r"access_log (\S+)", text.replace("access_log off", ""))
    assert [line for line in re.findall(r"access_log .*;", text) if "off" not in line] == [
        "access_log /dev/stdout access if=$is_logged;"
    ]


def test_both_services_of_the_public_page_know_who_asks_from_the_gateway_and_one_switch_turns_it_off() -> (
    None
):
    for name in ("desk", "intake"):
        assert CONTAINERS[name]["environment"]["DENGWEN_BEHIND_GATEWAY"] == "true"
    switches = {CONTAINERS[name]["environment"]["DENGWEN_PUBLIC_PAGE"] for name in SERVICES}
    assert switches == {"${DENGWEN_PUBLIC_PAGE:-true}"}
