"""What the first readers after a start would wait for, made before they come: in the background, a little at a time.

Only what follows from a service's declaration and its files, and is the same for every reader. Nothing is read from a
database, nothing is written, and who comes earlier has it made by the page that asks, as ever.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence

import structlog

from services.chassis.clock import monotonic
from services.chassis.described import describing_acts
from services.chassis.runtime import Runtime

log = structlog.get_logger("dengwen.warming")

AFTER = 5.0
"""Seconds after the start: until then whatever starts beside it has the processors."""


def warm_in_background(runtimes: Sequence[Runtime]) -> None:
    threading.Thread(target=_later, args=(runtimes,), daemon=True).start()


def _later(runtimes: Sequence[Runtime]) -> None:
    time.sleep(AFTER)
    warm(runtimes)


def warm(runtimes: Sequence[Runtime]) -> None:
    """After each step a rest as long as the step was, so that who asks something meanwhile is answered."""
    for runtime in runtimes:
        began = monotonic()
        try:
            for _ in _steps(runtime):
                time.sleep(monotonic() - began)
                began = monotonic()
        except Exception as error:
            log.warning("not_warmed", service=runtime.name, error=type(error).__name__)


def _steps(runtime: Runtime) -> Iterator[None]:
    yield from describing_acts(runtime.definition)
    if runtime.definition.warms is not None:
        yield from runtime.definition.warms(runtime)
