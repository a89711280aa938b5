"""An authenticator in a test's hand, and the clock that the desk reads beside it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pyotp
import pytest

from services.chassis.clock import real_now
from services.desk import guessing, second_factor
from tests.unit.desk.test_sessions import call
from tests.unit.desk.visitor import PASSWORD
from tests.world import World


class Phone:
    """Time passes when it is told to: `later()`."""

    def __init__(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        self.world, self.secret, self.recovery = world, "", list[str]()
        self.now: datetime = real_now()
        for module in (second_factor, guessing):
            monkeypatch.setattr(module, "real_now", lambda: self.now)

    def later(self, seconds: float = 30) -> None:
        self.now += timedelta(seconds=seconds)

    @property
    def code(self) -> str:
        return pyotp.TOTP(self.secret).at(self.now.timestamp())

    @property
    def wrong(self) -> str:
        near = {pyotp.TOTP(self.secret).at(self.now.timestamp() + 30 * off) for off in (-1, 0, 1)}
        return next(code for code in ("000000", "111111", "222222", "333333") if code not in near)

    def enrol(self, account: str, **more: str) -> tuple[int, Any]:
        status, offered = call(
            self.world, "POST", "/desk/second_factor", {"account": account, "password": PASSWORD} | more
        )
        if status != 200:
            return status, offered
        self.secret = offered["secret"]
        confirm = {"ticket": offered["ticket"], "code": self.code}
        status, told = call(self.world, "POST", "/desk/second_factor/confirm", confirm)
        self.recovery = told.get("recovery_codes", [])
        return status, told
