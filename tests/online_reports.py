"""Reports from the public page, as the desk hands them to intake with its own token."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

from services.chassis.auth import service_token
from services.chassis.clock import real_now
from tests.clauses.intake_petitions import BASE
from tests.world import Answer, World

SCAN = b"%PDF-1.4 scan %%EOF"


def report(**changes: object) -> dict[str, Any]:
    """Anonymous, on the staff of a unit, by somebody who says that it is no leader."""
    return {
        "unit_id": "edu", "position": "other", "summary": "反映某科工作人员违规收费",
        "reported": [{"name": "某甲", "post": "某科科长"}, {"name": "", "post": "某科出纳"}],
        "naming": "anonymous", "petitioners": [],
    } | changes  # fmt: skip


def ask(world: World, path: str, body: object, *, key: str | None = None, method: str = "POST") -> Answer:
    """A request of the desk itself."""
    desk = world.desk_keys
    token = service_token(desk.signing, desk.key_id, "desk", real_now())
    headers = {"Authorization": f"Bearer {token}"}
    return world.as_("clerk1").send(method, path, body=body, key=key, headers=headers)


def as_another(world: World, service: str) -> dict[str, str]:
    """The header of a request by another service, or by who took the desk's key for one."""
    desk = world.desk_keys
    token = service_token(desk.signing, desk.key_id, service, real_now())
    return {"Authorization": f"Bearer {token}"}


def send_report(
    world: World, *, files: Sequence[bytes] = (), key: str | None = None, **changes: object
) -> Answer:
    body = {"report": report(**changes), "files": [base64.b64encode(one).decode() for one in files]}
    return ask(world, "/intake/online/reports", body, key=key)


def filed(world: World, **more: Any) -> str:
    """File a report; gives its code."""
    answer = send_report(world, **more)
    assert answer.status == 200, answer.body
    return str(answer.body["code"])


def follow(world: World, code: object) -> Answer:
    return ask(world, "/intake/online/followed", {"code": code})


def add(
    world: World, code: str, text: str = "补充一点", *, files: Sequence[bytes] = (), key: str | None = None
) -> Answer:
    sent = [base64.b64encode(one).decode() for one in files]
    body = {"code": code, "addition": {"text": text}, "files": sent}
    return ask(world, "/intake/online/additions", body, key=key)


def newest(world: World, account: str = "clerk1") -> dict[str, Any]:
    """The newest petition that this one may know of."""
    items = world.as_(account).get(BASE).body["items"]
    return dict(world.as_(account).get(f"{BASE}/{items[0]['id']}").body)
