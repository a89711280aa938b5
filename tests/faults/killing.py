"""Killing processes while the journey is played: what dies when is drawn from a seed that is printed."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Sequence

from dengwen.journey import Journey, Line
from tests.journeys.running import Running

PATIENCE = 120.0


def play_under_kills(running: Running, victims: Sequence[str], *, seed: int, every: int = 1) -> Journey:
    """Play the journey; after each `every`-th step a victim is killed within 80 ms and started again.

    The client repeats what nobody answered, with the same key. Returns the journey; its story must have ended well.
    """
    draw = random.Random(seed)
    order: list[str] = []
    while len(order) < 200:
        turn = list(victims)
        draw.shuffle(turn)
        order += turn
    killers: list[threading.Thread] = []
    lines: list[Line] = []

    def on_line(line: Line) -> None:
        lines.append(line)
        if len(lines) % every == 0:
            strike = _strike(running, order[len(lines) // every], draw.uniform(0, 0.08))
            killers.append(strike)
            strike.start()

    running.at.patience = PATIENCE
    journey = Journey(running.at, on_line, wait_seconds=180)
    try:
        journey.play()
    finally:
        for killer in killers:
            killer.join()
    return journey


def _strike(running: Running, name: str, delay: float) -> threading.Timer:
    def kill() -> None:
        process = running.processes[name]
        with lock_of(process.name):
            process.kill9()
            process.start()

    return threading.Timer(delay, kill)


_locks: dict[str, threading.Lock] = {}


def lock_of(name: str) -> threading.Lock:
    return _locks.setdefault(name, threading.Lock())


def after_line(number: int, do: Callable[[], None]) -> Callable[[Line], None]:
    """A listener that does something once, after the `number`-th step."""
    seen = 0

    def on_line(_: Line) -> None:
        nonlocal seen
        seen += 1
        if seen == number:
            do()

    return on_line
