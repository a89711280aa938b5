"""`python -m tests.faults.dying POINT NUMBER serve|relay SERVICE`: Dengwen's own command, killed at one exact point.

The process sends itself SIGKILL when it comes to the point for the NUMBER-th time: no handler runs, nothing is flushed.
"""
# ruff: noqa: E402 - what the command patches, it must patch before anything else is imported

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

POINT, NUMBER, *COMMAND = sys.argv[1:]
sys.argv = ["dengwen", *COMMAND]

from sqlalchemy.orm import Session

import dengwen.__main__  # it patches for green threads first, as the command says
from services.chassis import serving
from services.chassis.bus.publisher import ConfirmingPublisher


class Fuse:
    def __init__(self, number: int) -> None:
        self.left = number

    def burn(self) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def before(owner: Any, name: str, fuse: Fuse) -> None:
    original: Callable[..., Any] = getattr(owner, name)

    def wrapped(*given: Any, **named: Any) -> Any:
        fuse.burn()
        return original(*given, **named)

    setattr(owner, name, wrapped)


def after(owner: Any, name: str, fuse: Fuse) -> None:
    original: Callable[..., Any] = getattr(owner, name)

    def wrapped(*given: Any, **named: Any) -> Any:
        answer = original(*given, **named)
        fuse.burn()
        return answer

    setattr(owner, name, wrapped)


POINTS: dict[str, tuple[Callable[[Any, str, Fuse], None], Any, str]] = {
    "before_commit": (before, Session, "commit"),
    "after_commit": (after, Session, "commit"),
    "before_publish": (before, ConfirmingPublisher, "publish"),
    "after_publish": (after, ConfirmingPublisher, "publish"),
    "before_acknowledge": (after, serving, "receive"),
}


def main() -> None:
    arm, owner, name = POINTS[POINT]
    arm(owner, name, Fuse(int(NUMBER)))
    dengwen.__main__.main()  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
