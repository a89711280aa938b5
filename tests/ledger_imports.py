"""Imports of ledgers in tests: rows as they are sent, and a way into a world that needs no socket."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console

from dengwen.commands.import_ledger import Asked, run
from dengwen.importing.transport import PATH, Facts, NotReached, Refused
from tests.world import Answer, Client, World


@dataclass
class WorldTransport:
    """As `HttpTransport`, to a world's HTTP edge.

    `dies_at`: from that post on (the first is 1) no answer arrives; that post itself is taken all the same unless
    it died `before_taken`.
    """

    client: Client
    dies_at: int | None = None
    before_taken: bool = False
    posts: list[str] = field(default_factory=list)

    def facts(self) -> Facts:
        return Facts.of(_checked(self.client.send("GET", PATH)))

    def post(self, body: bytes, key: str) -> Mapping[str, Any]:
        self.posts.append(key)
        number, last = len(self.posts), self.dies_at or 10**9
        if number > last or (number == last and self.before_taken):
            raise NotReached
        answer = _checked(self.client.send("POST", PATH, body=json.loads(body), key=key))
        if number == last:
            raise NotReached
        told: Mapping[str, Any] = answer
        return told


def _checked(answer: Answer) -> Any:
    if answer.status >= 400:
        raise Refused(answer.code, answer.body["detail"], answer.body["detail_en"])
    return answer.body


@dataclass
class Importing:
    """Runs the command's core and keeps what it showed."""

    world: World
    shown: str = ""

    def __call__(self, file: Path, transport: WorldTransport | None = None, **asked: Any) -> int:
        with Path("/dev/null").open("w") as nowhere:
            console = Console(record=True, width=200, file=nowhere)
            way = transport or self.transport()
            code = run(Asked(file=file, **{"yes": True, "year": 2026, **asked}), way, console)
            self.shown = console.export_text()
        return code

    def transport(self, account: str = "clerk1", **faults: Any) -> WorldTransport:
        return WorldTransport(self.world.as_(account), **faults)

    def count(self, text: str) -> int:
        """The figure that stands behind a text in the table of results."""
        line = next(line for line in self.shown.splitlines() if text in line and "│" in line)
        return int(line.split("│")[2])


def row(number: int, **changes: Any) -> dict[str, Any]:
    """A good open row as the import sends it."""
    plain = {
        "row": number,
        "occurrence": 0,
        "ledger_no": f"测〔2026〕{number}号",
        "year": 2026,
        "received_on": "2026-05-06",
        "channel": "letter",
        "reporters": ["测试人员"],
        "reporters_and_others": False,
        "anonymous": False,
        "subjects": ["张某甲"],
        "subjects_and_others": False,
        "subject_unit": "示例区测试局",
        "subject_post": "科长",
        "summary": f"反映违规发放样本津贴,第{number}件",
        "disposition": None,
        "closed": False,
        "closed_on": None,
        "handler": None,
        "remark": None,
    }
    return plain | changes


def send_rows(
    world: World,
    rows: list[Any],
    account: str = "clerk1",
    *,
    digest: str = "d" * 64,
    year: int | None = 2026,
    key: str | None = None,
) -> Answer:
    """Post a batch as an account."""
    body = {"rows": rows, "ledger": {"digest": digest, "year": year}}
    return world.as_(account).send("POST", PATH, body=body, key=key)
