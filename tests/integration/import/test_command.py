"""`dengwen import` as it is typed, over a real socket, signed in at the desk."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

from dengwen.commands.import_ledger import command
from dengwen.importing import transport
from dengwen.importing.transport import HttpTransport, NotReached, Refused
from services.chassis.work import begin
from services.desk.loading import load_account
from services.intake.storage import Petition
from tests.ledgers import write_ledger
from tests.world import World

PASSWORD = "只供测试之用的口令-4711"


@dataclass
class Front:
    """All services of a world behind one address. `away`: how many requests in a row are not answered."""

    world: World
    url: str = ""
    away: int = 0
    seen: list[str] = field(default_factory=list)

    def __call__(self, environ: Any, start_response: Any) -> Any:
        request = Request(environ)
        self.seen.append(f"{request.method} {request.path}")
        if self.away > 0 and request.path.startswith("/intake"):
            self.away -= 1
            return Response(status=503)(environ, start_response)
        service = request.path.strip("/").split("/")[0]
        return self.world.apis[service].answer(request)(environ, start_response)


class Quiet(WSGIRequestHandler):
    def log(self, *_: Any) -> None:
        """Nothing."""


@pytest.fixture
def front(tmp_path: Path) -> Iterator[Front]:
    folder = tmp_path / "installation"
    folder.mkdir()
    world = World(folder, services=("intake", "desk"))
    world.on(2027, 1, 5)
    with begin(world.runtimes["desk"]) as work:
        load_account(work, account_id="clerk1", person_id="p-clerk1", password=PASSWORD)
    made = Front(world)
    server = make_server("127.0.0.1", 0, made, threaded=True, request_handler=Quiet)
    made.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield made
    server.shutdown()
    thread.join()
    server.server_close()
    world.close()


Run = Callable[..., Result]


@pytest.fixture
def dengwen_import(front: Front, tmp_path: Path) -> Run:
    """Runs the command against the installation whose folder has its address and sign-ins."""
    folder = tmp_path / "installation"
    (folder / "running.json").write_text(json.dumps({"url": front.url, "pid": 1}), "utf-8")
    (folder / "sign-in.json").write_text(json.dumps({"clerk1": {"password": PASSWORD}}), "utf-8")

    def run(*arguments: str, said: str = "", **environment: str) -> Result:
        return CliRunner().invoke(
            command,
            ["--folder", str(folder), "--account", "clerk1", *arguments],
            input=said,
            env={"COLUMNS": "160", "DENGWEN_PASSWORD": "", **environment},
        )

    return run


def petitions(front: Front) -> int:
    with front.world.runtimes["intake"].db.read() as session:
        return session.scalar(select(func.count()).select_from(Petition)) or 0


def test_a_ledger_is_shown_agreed_on_and_imported(front: Front, dengwen_import: Run, tmp_path: Path) -> None:
    file = tmp_path / "台账.xlsx"
    expected = write_ledger(file, 300, seed=21)
    done = dengwen_import(str(file), "--year", "2026", said="\ny\n")
    assert done.exit_code == 3, done.output
    assert petitions(front) == expected.good
    for text in (
        "列对应关系",
        "收件日期 received_on *",
        "导入到 pz1?",
        "本次导入 imported now",
        "台账-退回.xlsx",
    ):
        assert text in done.output
    assert front.seen.count("POST /desk/session") == 1
    assert PASSWORD not in done.output


def test_a_clean_ledger_ends_with_zero_and_gives_nothing_back(
    front: Front, dengwen_import: Run, tmp_path: Path
) -> None:
    file = tmp_path / "台账.csv"
    write_ledger(file, 40, seed=22, mess=False, fmt="csv")
    assert dengwen_import(str(file), "--yes").exit_code == 0
    assert petitions(front) == 40
    assert not list(tmp_path.glob("*退回*"))


def test_saying_no_imports_nothing(front: Front, dengwen_import: Run, tmp_path: Path) -> None:
    file = tmp_path / "台账.csv"
    write_ledger(file, 40, seed=22, mess=False, fmt="csv")
    assert dengwen_import(str(file), said="\nn\n").exit_code == 130
    assert petitions(front) == 0


def test_a_column_is_corrected_while_asked(front: Front, dengwen_import: Run, tmp_path: Path) -> None:
    file = tmp_path / "台账.csv"
    file.write_text("编号,登记栏,主要内容,备注\n1,2026-3-2,甲,乙\n", "utf-8")
    done = dengwen_import(str(file), said="收件日期=没有这列\n收件日期=登记栏\n\ny\n")
    assert done.exit_code == 0, done.output
    assert "表头没有这一列" in done.output
    assert petitions(front) == 1


def test_without_a_required_column_it_stops_and_says_which(
    front: Front, dengwen_import: Run, tmp_path: Path
) -> None:
    file = tmp_path / "台账.csv"
    file.write_text("编号,登记栏,主要内容,备注\n1,2026-3-2,甲,乙\n", "utf-8")
    done = dengwen_import(str(file), "--yes")
    assert done.exit_code == 2
    assert "收件日期" in done.output
    assert petitions(front) == 0


def test_a_wrong_password_is_said_and_nothing_read(front: Front, dengwen_import: Run, tmp_path: Path) -> None:
    file = tmp_path / "台账.csv"
    file.write_text("x", "utf-8")
    done = dengwen_import(str(file), DENGWEN_PASSWORD="falsch")
    assert done.exit_code == 1
    assert "UNAUTHENTICATED" in done.output
    assert "falsch" not in done.output


def test_an_installation_that_is_away_for_a_moment_is_waited_for(
    front: Front, dengwen_import: Run, tmp_path: Path
) -> None:
    file = tmp_path / "台账.csv"
    write_ledger(file, 40, seed=23, mess=False, fmt="csv")
    front.away = 2
    assert dengwen_import(str(file), "--yes").exit_code == 0
    assert petitions(front) == 40


def test_an_installation_that_stays_away_ends_the_import(front: Front) -> None:
    front.away = 10**6
    way = HttpTransport(front.url, "clerk1", PASSWORD, patience=0.3)
    with pytest.raises(Refused, match="503"):
        way.facts()
    way.close()
    nobody = HttpTransport("http://127.0.0.1:9", "clerk1", PASSWORD, patience=0.3)
    with pytest.raises(NotReached):
        nobody.facts()
    nobody.close()


def test_a_token_that_has_ended_is_renewed_and_the_batch_sent_again(
    front: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    way = HttpTransport(front.url, "clerk1", PASSWORD)
    way.facts()
    monkeypatch.setattr(way, "_token", way._token[:-4] + "AAAA")
    assert way.facts().office_id == "pz1"
    monkeypatch.setattr(transport, "_TOKEN_SECONDS", -1.0)
    monkeypatch.setattr(way, "_until", 0.0)
    assert way.facts().office_id == "pz1"
    way.close()
    assert front.seen.count("POST /desk/session") == 1
    assert front.seen.count("POST /desk/session/refresh") == 2


def test_killed_with_minus_nine_and_run_again_every_row_is_there_once(
    front: Front, dengwen_import: Run, tmp_path: Path
) -> None:
    file = tmp_path / "台账.csv"
    expected = write_ledger(file, 1_000, seed=24, fmt="csv")
    started = [
        sys.executable,
        "-m",
        "dengwen",
        "import",
        str(file),
        "--url",
        front.url,
        "--account",
        "clerk1",
    ]
    running = subprocess.Popen(
        [*started, "--year", "2026", "--yes"],
        env={**os.environ, "DENGWEN_PASSWORD": PASSWORD},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while front.seen.count(f"POST {transport.PATH}") < 2 and running.poll() is None:
        time.sleep(0.01)
    running.kill()
    assert running.wait() == -9
    assert petitions(front) < expected.good
    done = dengwen_import(str(file), "--yes")
    assert done.exit_code == 3, done.output
    assert petitions(front) == expected.good


def test_without_a_running_installation_it_asks_for_an_address(tmp_path: Path) -> None:
    file = tmp_path / "台账.csv"
    file.write_text("x", "utf-8")
    done = CliRunner().invoke(command, [str(file), "--folder", str(tmp_path), "--account", "clerk1"])
    assert done.exit_code == 2
    assert "--url" in done.output
