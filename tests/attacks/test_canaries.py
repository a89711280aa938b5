"""Texts and names planted in every paper of a journey stand in no file, log line, metric, event or notice."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from structlog.testing import capture_logs

from tests.attacks.verifying import verified
from tests.clauses.clues_steps import CluesWorld
from tests.world import Answer, Client, World

TEXTS = frozenset(
    {"summary", "name", "subject_names", "opinion", "reason", "remark", "basis", "facts", "questions",
     "content", "result", "note"}
)  # fmt: skip
CANARY = "金丝雀"


class Planter(Client):
    """A client whose every text is a canary, its wrong requests included."""

    planted = 0

    def send(
        self, method: str, path: str, *, body: Any = None, raw: bytes | None = None, **more: Any
    ) -> Answer:
        if isinstance(body, Mapping) and "paper" in body:
            body = {**body, "paper": {name: planted(name, value) for name, value in body["paper"].items()}}
            Planter.planted += json.dumps(body, ensure_ascii=False).count(CANARY)
            super().send(method, path, body={**body, "paper": body["paper"] | {CANARY: CANARY}}, **more)
        if raw is not None:
            raw = raw.replace(b"scan", f"scan {CANARY}".encode())
        return super().send(method, path, body=body, raw=raw, **more)


def planted(name: str, value: Any) -> Any:
    if isinstance(value, list | tuple) and value and isinstance(value[0], Mapping):
        return [{part: planted(part, inner) for part, inner in row.items()} for row in value]
    if name not in TEXTS:
        return value
    return [CANARY] if isinstance(value, list | tuple) else f"{CANARY}{value}"


class PlantedWorld(World):
    def as_(self, account: str) -> Client:
        return Planter(self, super().as_(account).claims)


def test_no_text_of_any_paper_leaves_its_encryption(tmp_path: Path) -> None:
    steps = object.__new__(CluesWorld)
    world = steps.world = PlantedWorld(tmp_path)
    steps.clerk, steps.head, steps.deputy = (world.as_(name) for name in ("clerk1", "head1", "deputy1"))
    with capture_logs() as logs:
        clue = steps.clue(petitioners=[{"name": "某人"}], subject_names=["某甲"])
        steps.closed(clue)
        talked = steps.clue(summary="另一封反映别的问题的信件")
        steps.disposed(talked, "talk")
        assert steps.talk(talked).status == 200
        assert steps.head.send("GET", f"/clues/clues/{CANARY}").status == 404
        assert steps.head.send("POST", f"/clues/clues/{CANARY}/close_clue", body={"paper": {}}).status == 404
        assert steps.head.send("POST", "/archive/persons/search", body={"q": CANARY}).status == 200
        world.pump()
        notices = steps.head.get("/notifications/inbox").body
        assert verified(world).ok
    assert Planter.planted > 10
    served = [str(world.as_("sys").get(f"/{name}/metrics").body) for name in world.runtimes]
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) > 6
    assert not [path.name for path in files if CANARY.encode() in path.read_bytes()]
    assert not [path.name for path in files if json.dumps(CANARY).strip('"').encode() in path.read_bytes()]
    assert CANARY not in f"{logs} {notices} {served}"
