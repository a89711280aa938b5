"""A small service in a process of its own, on green threads: `python -m tests.integration.bus.hosted <settings JSON>`.

It prints one JSON line when it is ready, and one with what it saw when it has stopped.
"""

from __future__ import annotations

import warnings

warnings.simplefilter("ignore")
import eventlet  # noqa: E402

eventlet.monkey_patch()

import json  # noqa: E402
import sys  # noqa: E402
import threading  # noqa: E402
import time  # noqa: E402
from types import SimpleNamespace  # noqa: E402
from typing import Any  # noqa: E402

from werkzeug.wrappers import Request, Response  # noqa: E402

from services.chassis import logs  # noqa: E402
from services.chassis.bus import topology  # noqa: E402
from services.chassis.bus.message import Delivery, OutMessage  # noqa: E402
from services.chassis.bus.publisher import ConfirmingPublisher  # noqa: E402
from services.chassis.entrypoints.hosting import RuntimeProvider, host, run_forever  # noqa: E402
from services.chassis.entrypoints.loop import background  # noqa: E402
from services.chassis.entrypoints.queue import control_queue, event_queue  # noqa: E402
from services.chassis.entrypoints.web import FrontDoor, PortTaken, http_api  # noqa: E402

CANARY = "canary-7f3a"


class Hosted:
    """What each test drives through HTTP."""

    runtime: Any = RuntimeProvider()

    @http_api
    def api(self, request: Request) -> Response:
        what = request.path.rsplit("/", 1)[-1]
        if what == "fail":
            raise ValueError(CANARY)
        if what == "slow":
            time.sleep(0.5)
        if what == "publish":
            publish(self.runtime, int(request.args["count"]))
        if what == "wake":
            self.runtime.wakeups["often"].set()
            time.sleep(0.2)
        answer = {
            "service": self.runtime.settings.service, "path": request.path, "method": request.method,
            "length": len(request.get_data()), "handled": self.runtime.handled, "begun": self.runtime.begun,
            "calls": self.runtime.calls,
            "ticks": self.runtime.ticks, "failures": self.runtime.failures, "cpu": time.process_time(),
        }  # fmt: skip
        return Response(json.dumps(answer), mimetype="application/json")

    @event_queue
    def on_events(self, deliveries: list[Delivery]) -> None:
        self.runtime.calls += 1
        if self.runtime.calls <= self.runtime.fails:
            raise ValueError(CANARY)
        self.runtime.begun += [delivery.message_id for delivery in deliveries]
        time.sleep(self.runtime.takes)
        self.runtime.handled += [delivery.message_id for delivery in deliveries]

    @control_queue
    def on_control(self, deliveries: list[Delivery]) -> None:
        self.runtime.handled += [delivery.message_id for delivery in deliveries]

    @background(seconds=60)
    def often(self) -> None:
        self.runtime.ticks += 1

    @background(seconds=0.01)
    def failing(self) -> None:
        self.runtime.failures += 1
        raise ValueError(CANARY)


class Intake(Hosted):
    name = "intake"


class Desk(Hosted):
    name = "desk"


def publish(runtime: Any, count: int) -> None:
    publisher = ConfirmingPublisher(runtime.settings.broker_uri)
    service = runtime.settings.service
    publisher.publish([OutMessage(f"{service}.event", b"{}", str(n)) for n in range(count)])
    publisher.publish_control([OutMessage(topology.control_key(service), b"{}", "control")])
    publisher.close()


def runtime(service: str, given: dict[str, Any], door: FrontDoor | None) -> Any:
    settings = SimpleNamespace(
        service=service, broker_uri=given["broker_uri"], http_host="127.0.0.1", http_port=given.get("port", 0),
        max_body=given.get("max_body", 100_000),
    )  # fmt: skip
    return SimpleNamespace(
        settings=settings, front_door=door, wakeups=dict[str, threading.Event](), handled=list[str](),
        begun=list[str](), calls=0,
        ticks=0, failures=0, fails=given.get("fails", 0), takes=given.get("takes", 0.0),
    )  # fmt: skip


def main() -> None:
    given = json.loads(sys.argv[1])
    logs.configure(sys.stderr)
    topology.declare(given["broker_uri"], ["intake", "desk"])
    door = FrontDoor(
        "127.0.0.1", given.get("port", 0), given.get("max_body", 100_000), idle=given.get("idle", 30.0)
    )
    runtimes = [runtime("intake", given, door), runtime("desk", given, door)]
    containers = [host(Intake, runtimes[0]), host(Desk, runtimes[1])]
    if given.get("alone"):
        runtimes[0].front_door = None
        del containers[1]

    def started() -> None:
        if not given.get("alone"):
            door.open()
        say(port=door.port)

    try:
        run_forever(
            containers,
            started=started,
            stopped=lambda: say(handled=runtimes[0].handled, begun=runtimes[0].begun),
        )
    except PortTaken as taken:
        say(taken=str(taken))
        sys.exit(3)


def say(**what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
