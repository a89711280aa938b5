"""Debian's Chromium, driven by Playwright, and an installation for it to look at.

The browser comes from the system's packages and is installed when it is missing and can be; else the test is
skipped with the reason, or fails under `CI=true`.
"""

from __future__ import annotations

import fcntl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server
from werkzeug.wrappers import Request

from dengwen.example import example_authority
from services.archive import loading as archive
from services.chassis.work import begin
from services.desk import loading
from services.notifications import loading as notifications
from tests.servers import Run, ServerUnavailable
from tests.servers.provision import install
from tests.world import World

CHROMIUM = Path("/usr/bin/chromium")
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=zh-CN",
]
PASSWORD = "correct horse battery"


@pytest.fixture(scope="session")
def chromium(test_run: Run) -> Path:
    return installed(test_run)


def installed(test_run: Run) -> Path:
    """The browser's program, with a font that has Chinese."""
    with (test_run.directory / "chromium.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not CHROMIUM.exists():
            try:
                install(("chromium", "fonts-noto-cjk"))
            except ServerUnavailable as reason:
                pytest.skip(str(reason))
    return CHROMIUM


@contextmanager
def launched(chromium: Path) -> Iterator[Browser]:
    """A fresh browser with a profile of its own."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(chromium), args=OPTIONS, headless=True)
        yield started
        started.close()


@pytest.fixture
def browser(chromium: Path) -> Iterator[Browser]:
    with launched(chromium) as started:
        yield started


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    load_names(made)
    with begin(made.runtimes["desk"]) as work:
        for account in ("clerk1", "xf1", "xfhead", "head1", "sys"):
            loading.load_account(work, account_id=account, person_id=f"p-{account}", password=PASSWORD)
    made.pump()
    yield made
    made.close()


def load_names(world: World) -> None:
    """Give archive and notifications the names that the pages show."""
    authority = example_authority()
    with begin(world.runtimes["notifications"]) as work:
        for office in authority.offices:
            notifications.load_office(
                work,
                office_id=office.id,
                kind=office.kind,
                name_zh=office.zh,
                name_en=office.en,
                liaison_office_id=office.liaison,
            )
    with begin(world.runtimes["archive"]) as work:
        for p in authority.persons:
            archive.load_person(
                work,
                p.id,
                p.zh,
                level=p.level,
                managing_authority=p.managed_by,
                unit_id=p.unit,
                office_id=p.office,
                superior_id=p.superior,
                leadership_member=p.leader,
                party_head=p.party_head,
            )


@pytest.fixture
def address(world: World) -> Iterator[str]:
    with listening(world) as found:
        yield found


@contextmanager
def listening(world: World) -> Iterator[str]:
    """Where the installation listens: a free port of this machine."""

    def application(environ: dict[str, Any], start_response: Any) -> Any:
        request = Request(environ)
        service = request.path.strip("/").split("/")[0]
        return world.apis.get(service, world.apis["desk"]).answer(request)(environ, start_response)

    server = make_server("127.0.0.1", 0, application, threaded=True)
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    serving.join()
    server.server_close()


@pytest.fixture
def sign_in(browser: Browser, address: str) -> Callable[[str], Page]:
    """`sign_in("clerk1")`: a page in a context of its own, JavaScript switched off, signed in."""

    def signed_in(account: str) -> Page:
        context = browser.new_context(
            java_script_enabled=False, viewport={"width": 1100, "height": 900}, locale="zh-CN"
        )
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.goto(f"{address}/")
        page.get_by_label("账号").fill(account)
        page.get_by_label("口令").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.get_by_role("heading", name="今日").wait_for()
        return page

    return signed_in


@pytest.fixture
def pictures() -> Callable[[Page, str], None]:
    """Keeps a screenshot under `build/screenshots`, for people to look at."""
    folder = Path(__file__).parents[2] / "build" / "screenshots"

    def keep(page: Page, name: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"{name}.png", full_page=True)

    return keep
