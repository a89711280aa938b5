"""The entrypoints that every service has; each parses nothing, calls one thing, answers."""

from __future__ import annotations

from werkzeug.wrappers import Request, Response

from services.chassis import serving
from services.chassis.bus.message import Delivery
from services.chassis.entrypoints.hosting import RuntimeProvider
from services.chassis.entrypoints.loop import background
from services.chassis.entrypoints.queue import control_queue, event_queue
from services.chassis.entrypoints.web import http_api
from services.chassis.runtime import Runtime


class ServiceEntrypoints:
    """HTTP, events, control messages, and what is done in the background; a service adds its name."""

    name: str
    runtime: Runtime = RuntimeProvider()

    @http_api
    def api(self, request: Request) -> Response:
        answer: Response = self.runtime.api.answer(request)
        return answer

    @event_queue
    def on_events(self, deliveries: list[Delivery]) -> None:
        serving.receive(self.runtime, deliveries)

    @control_queue
    def on_control(self, deliveries: list[Delivery]) -> None:
        serving.on_control(self.runtime, self.runtime.control, deliveries)

    @background(seconds=1.0)
    def apply_inbox(self) -> None:
        serving.apply_inbox(self.runtime, self.runtime.control)

    @background(seconds=1.0)
    def tick(self) -> None:
        serving.tick(self.runtime)
