"""Texts and names planted in every paper of a journey stand in no file, log line, metric, event or notice."""

from __future__ import annotations

import json
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

from structlog.testing import capture_logs

from services.inspection.definition import INSPECTION
from tests.attacks.inspection_rounds import RoundItems
from tests.attacks.verifying import verified
from tests.clauses.clues_steps import CluesWorld
from tests.world import Answer, Client, World

TEXTS = frozenset(
    {"summary", "name", "subject_names", "opinion", "reason", "remark", "basis", "facts", "questions",
     "content", "result", "note"}
)  # fmt: skip
CANARY = "金丝雀"
LONG = 100
"""Characters from which on a field is a text and no code."""


def texts_of(form: Mapping[str, Any]) -> set[str]:
    """Names of the fields of a form, or of a row in it, in which somebody writes what they like."""
    found = set()
    for one in (form, *form.get("$defs", {}).values()):
        for name, entry in one.get("properties", {}).items():
            options = [entry, *entry.get("anyOf", ())]
            found |= {
                name for option in options if option.get("maxLength", 0) >= LONG and "pattern" not in option
            }
    return found


TEXTS_OF_A_ROUND = {
    act.name: {
        name
        for name in texts_of(act.paper.model_json_schema())
        if not name.endswith(("_id", "_ids", "_no", "_code", "_ref"))
    }
    for act in INSPECTION.acts
    if not act.by_system
}
"""By the act that asks for them."""


class Planter(Client):
    """A client whose every text is a canary, its wrong requests included."""

    planted = 0

    def send(
        self, method: str, path: str, *, body: Any = None, raw: bytes | None = None, **more: Any
    ) -> Answer:
        texts = TEXTS | TEXTS_OF_A_ROUND.get(path.rpartition("/")[2], set())
        if isinstance(body, Mapping) and "paper" in body:
            body = {
                **body,
                "paper": {name: planted(name, value, texts) for name, value in body["paper"].items()},
            }
            Planter.planted += json.dumps(body, ensure_ascii=False).count(CANARY)
            super().send(method, path, body={**body, "paper": body["paper"] | {CANARY: CANARY}}, **more)
        if raw is not None:
            raw = raw.replace(b"scan", f"scan {CANARY}".encode())
        return super().send(method, path, body=body, raw=raw, **more)


def planted(name: str, value: Any, texts: AbstractSet[str]) -> Any:
    if isinstance(value, list | tuple) and value and isinstance(value[0], Mapping):
        return [{part: planted(part, inner, texts) for part, inner in row.items()} for row in value]
    if name not in texts:
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


def test_no_text_of_a_rounds_papers_leaves_its_encryption(tmp_path: Path) -> None:
    assert {"clues_raised", "issues_to_watch"} <= TEXTS_OF_A_ROUND["record_key_talk"]
    assert "post_or_work" in TEXTS_OF_A_ROUND["declare_avoidance"]
    world, before = (
        PlantedWorld(tmp_path, services=("inspection", "notifications", "archive")),
        Planter.planted,
    )
    with capture_logs() as logs:
        items = RoundItems(world).fill()
        refused = items.office.act(
            "/inspection/rounds/open_round", {"year": 2026, "ordinal": 1, "basis": CANARY}
        )
        assert refused.code == "DUPLICATE"
        world.pump()
        seen = [world.as_(who).get("/notifications/inbox").body for who in ("zu1", "xc1", "edu-head", "xz1")]
        assert verified(world).ok
    assert Planter.planted > before + 30
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not [path.name for path in files if CANARY.encode() in path.read_bytes()]
    assert not [path.name for path in files if json.dumps(CANARY).strip('"').encode() in path.read_bytes()]
    assert CANARY not in f"{logs} {seen}"
