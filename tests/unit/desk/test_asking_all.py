"""Pages made from all services: asked at the same time, and whole without the one that does not answer."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from typing import Any

from services.chassis.peers import PeerAnswer, PeerUnavailable
from tests.clauses.intake_petitions import register
from tests.unit.desk.visitor import Visitor
from tests.world import World

Signed = Callable[[str], Visitor]


class Together:
    """Peers of which each worklist waits until all six are asked; one after the other none would answer."""

    def __init__(self, silent: str = "") -> None:
        self.silent, self.all_here = silent, threading.Barrier(6, timeout=20)

    def call(
        self,
        service: str,
        method: str,
        path: str,
        *,
        token: str,
        body: Any = None,
        raw: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> PeerAnswer:
        del method, token, body, raw, headers
        if path.endswith("/worklist"):
            self.all_here.wait()
            if service == self.silent:
                raise PeerUnavailable(service)
        return PeerAnswer(200, b'{"items": []}', "application/json")


def test_the_six_worklists_are_asked_for_at_the_same_time(world: World, visitor: Signed) -> None:
    clerk = visitor("clerk1")
    world.runtimes["desk"].peers = Together()
    page = clerk.get("/desk/")
    assert page.status == 200
    assert "没有等待您办理的事项" in page.text
    assert "无法连接" not in page.text


def test_a_service_that_does_not_answer_is_named_and_the_rest_is_shown(world: World, visitor: Signed) -> None:
    petition = register(world)
    page = visitor("clerk1").get("/desk/")
    assert page.status == 200
    assert petition["no"] in page.text
    assert "现在无法连接" in page.text
    assert "档案" in page.text, "archive is not part of this world"
    assert "信访受理 intake" not in page.text.partition("等待我办理")[0]


def test_asking_at_the_same_time_works_in_a_process_of_green_threads() -> None:
    """The desk runs under eventlet, with everything patched: six waits take one another's turns."""
    program = (
        "import eventlet; eventlet.monkey_patch()\n"
        "import threading\n"
        "from concurrent.futures import ThreadPoolExecutor, wait\n"
        "met = threading.Semaphore(0)\n"
        "def ask(n):\n"
        "    met.release() if n == 5 else met.acquire() and met.release()\n"
        "    return n\n"
        "pool = ThreadPoolExecutor(6)\n"
        "done, late = wait([pool.submit(ask, n) for n in range(6)], timeout=30)\n"
        "pool.shutdown(wait=False, cancel_futures=True)\n"
        "print(sorted(one.result() for one in done), len(late))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert ran.stdout.split("\n")[0] == "[0, 1, 2, 3, 4, 5] 0"
