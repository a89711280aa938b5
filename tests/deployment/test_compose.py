"""The real compose file: brought up, the journey through its gateway, its trails verified, taken down."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from dengwen.client import Installation, Refused
from dengwen.journey import Journey, Line
from tests.browser.by_hand import ByHand
from tests.browser.conftest import installed, launched
from tests.journeys.running import ROOT, free_port
from tests.servers import Run

SERVICES_AND_RELAYS = 12


def docker_works() -> bool:
    try:
        return subprocess.run(
            ["docker", "compose", "version"], capture_output=True, check=False
        ).returncode == 0 and (
            subprocess.run(["docker", "info"], capture_output=True, check=False).returncode == 0
        )
    except FileNotFoundError:
        return False


@pytest.fixture(scope="module")
def secrets_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stack") / "secrets"
    subprocess.run([sys.executable, "-m", "deploy.make_secrets", str(folder)], cwd=ROOT, check=True)
    for above in (folder.parent, *folder.parent.parents[:2]):
        above.chmod(above.stat().st_mode | 0o055)  # the containers' own users must reach the files
    folder.chmod(0o755)
    return folder


@pytest.fixture(scope="module")
def docker_compose_file() -> str:
    return str(ROOT / "docker-compose.yml")


@pytest.fixture(scope="module")
def docker_compose_project_name(secrets_folder: Path) -> Iterator[str]:
    """The project's name; the file's settings stand in the environment while it is up."""
    if not docker_works():
        pytest.skip("no container engine with Compose v2 answers")
    subprocess.run(["sh", "deploy/fetch-wheels"], cwd=ROOT, check=True, capture_output=True)
    settings = {
        "DENGWEN_SECRETS": str(secrets_folder), "DENGWEN_PORT": str(free_port()),
        "DENGWEN_TLS_PORT": str(free_port()), "DENGWEN_INIT_OPTIONS": "--time simulated --example",
        "DENGWEN_VERSION": "test",
    }  # fmt: skip
    before = {name: os.environ.get(name) for name in settings}
    os.environ.update(settings)
    yield f"dengwen-test-{uuid.uuid4().hex[:8]}"
    for name, value in before.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


@pytest.fixture(scope="module")
def stack(docker_services: object, secrets_folder: Path) -> Installation:
    """The running stack, through its gateway."""
    assert docker_services is not None
    accounts = json.loads((secrets_folder / "init" / "sign-in.json").read_text(encoding="utf-8"))
    at = Installation(f"http://127.0.0.1:{os.environ['DENGWEN_PORT']}", accounts, patience=30)
    at.wait_ready(120)
    return at


def compose(project: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["docker", "compose", "-p", project, "-f", str(ROOT / "docker-compose.yml"), *arguments],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip


def test_the_journey_passes_through_the_gateway_and_every_trail_verifies(
    stack: Installation, docker_compose_project_name: str
) -> None:
    lines: list[Line] = []
    journey = Journey(stack, lines.append, wait_seconds=120)
    journey.play()
    assert stack.person("clerk1").get(journey.items["petition"])["state"] == "closed"
    stack.wait_quiet(60)
    verified = compose(docker_compose_project_name, "run", "--rm", "init", "dengwen", "audit", "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    written = compose(docker_compose_project_name, "logs", "--no-color").stdout
    assert "/petitions/<act>" in written, "the services' own log lines are looked through, too"
    secret = ("register_petition", "收受礼金", "邻里纠纷", "孔癸三")
    assert [word for word in secret if word in written] == []


@pytest.mark.slow
def test_the_journey_passes_through_the_gateway_by_clicking(stack: Installation, test_run: Run) -> None:
    lines: list[Line] = []
    with launched(installed(test_run)) as browser:
        at = ByHand(stack.url, stack.accounts, patience=30, browser=browser)
        journey = Journey(at, lines.append, wait_seconds=120)
        journey.play()
    assert [line.refused for line in lines].count("UNKNOWN_REFERENCE") == 5
    assert stack.person("clerk1").get(journey.items["petition"])["state"] == "closed"
    assert set(at.clicked) == {"sys", "clerk1", "clerk2", "xf1", "xf2", "xfhead", "head1", "deputy1", "da1"}


def test_only_the_gateway_is_published_and_containers_are_locked_down(
    stack: Installation, docker_compose_project_name: str
) -> None:
    assert stack.accounts
    shown = compose(docker_compose_project_name, "ps", "--format", "json").stdout
    containers = [json.loads(line) for line in shown.splitlines() if line.startswith("{")]
    published = {c["Service"] for c in containers if any(p["PublishedPort"] for p in c["Publishers"] or [])}
    assert published == {"gateway"}
    hardened = 0
    for container in containers:
        told = subprocess.run(
            ["docker", "inspect", container["ID"]], capture_output=True, text=True, check=True
        )
        host = json.loads(told.stdout)[0]["HostConfig"]
        assert host["ReadonlyRootfs"], container["Service"]
        assert host["CapDrop"] == ["ALL"], container["Service"]
        hardened += 1
    assert hardened == SERVICES_AND_RELAYS + 3


@pytest.mark.slow
def test_the_whole_installation_is_backed_up_and_restored_by_the_lines_of_the_handbook(
    stack: Installation, docker_compose_project_name: str, tmp_path: Path
) -> None:
    backups = tmp_path / "backups"
    backups.mkdir()
    os.chown(backups, 10001, 10001)  # the containers' own user
    for above in (tmp_path, *tmp_path.parents[:3]):
        above.chmod(above.stat().st_mode | 0o055)

    def init(*arguments: str, mode: str = "") -> str:
        volume = f"{backups}:/backups{mode}"
        done = compose(docker_compose_project_name, "run", "--rm", "-T", "-v", volume, "init", *arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    kept = Journey(stack, lambda _: None, wait_seconds=120)
    kept.registered_and_forwarded()
    stack.wait_quiet(60)
    init("dengwen", "backup", "--to", "/backups/monday")
    lost = Journey(stack, lambda _: None, wait_seconds=120)
    lost.registered_and_forwarded()
    stopped = compose(docker_compose_project_name, "stop")
    assert stopped.returncode == 0, stopped.stderr
    init("dengwen", "restore", "--from", "/backups/monday", "--replace", mode=":ro")
    started = compose(docker_compose_project_name, "up", "--wait", "--detach")
    assert started.returncode == 0, started.stdout + started.stderr
    stack.wait_ready(180)
    clerk = stack.person("clerk1")
    assert clerk.get(kept.items["petition"])["no"]
    with pytest.raises(Refused) as gone:
        clerk.get(lost.items["petition"])
    assert gone.value.status == requests.codes.not_found
    init("dengwen", "audit", "verify")
    init("dengwen", "reconcile", "--wait", "60")


def test_metrics_stay_inside(stack: Installation) -> None:
    assert requests.get(f"{stack.url}/intake/metrics", timeout=10).status_code == requests.codes.not_found
