"""Work by the bulk: a ledger taken over, audit trails verified, a volume sealed."""

from __future__ import annotations

import csv
import os
import subprocess
import time
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path

from sqlalchemy import select

from dengwen.commands.audit import open_parts
from dengwen.definitions import definition
from services.chassis import keys
from services.chassis.audit.tables import AuditEntry
from services.chassis.audit.verify import verify_installation
from services.chassis.clock import real_now
from services.chassis.packages import pack
from services.chassis.performance import Performance
from services.chassis.states import recompute_states
from services.chassis.work import begin
from services.intake.storage import Petition
from tests.bench import native
from tests.bench.figures import Figure, Report
from tests.bench.hammer import REGISTER, letter
from tests.bench.registering import registering
from tests.bench.sites import Servers, accounts
from tests.journeys.running import Running, embedded

HEADER = ("编号", "收件日期", "来源", "被反映人单位", "主要内容", "是否办结", "办结日期")
SCAN = 8 * 1024 * 1024
SCANS = 6


def measure(report: Report, servers: Servers, rows: int, seconds: float) -> None:
    """Rows, entries and MiB a second."""
    report.section(f"a ledger of {rows:,} rows, its audit trail, a volume")
    folder = servers.new_folder("records")
    with embedded(folder / "var") as running:
        running.at.wait_quiet(240)
        _import(report, running, folder, rows, seconds)
        running.at.wait_quiet(240)
        time.sleep(6)  # the last head is signed and witnessed
    _verify(report, folder / "var")
    _seal(report, servers)


def ledger(path: Path, rows: int) -> Path:
    """A ledger as an office keeps it: one in ten still open, long texts, no class."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for n in range(1, rows + 1):
            text = f"反映该单位某科室在第{n}号工程发包中违规收费,群众多次反映,请核实处理（示例）"
            closed = ("否", "") if n % 10 == 0 else ("是", f"2026.2.{n % 20 + 1}")
            writer.writerow((f"{n:06}", f"2026年1月{n % 28 + 1}日", "来信", "教育局", text, *closed))
    return path


def _import(report: Report, running: Running, folder: Path, rows: int, seconds: float) -> None:
    given = accounts(running.folder)["clerk1"]["password"]
    answer = running.at.call("POST", "/desk/session", json={"account": "clerk1", "password": given})
    port = int(running.at.url.rpartition(":")[2])
    single = registering(native.build("http"), port, answer.json()["token"], folder, seconds).per_second
    running.at.wait_quiet(240)
    file = str(ledger(folder / "ledger.csv", rows))
    asked = (
        "import",
        file,
        "--folder",
        str(running.folder),
        "--account",
        "clerk1",
        "--year",
        "2026",
        "--yes",
    )
    started = time.perf_counter()
    done = running.command(*asked)
    took = time.perf_counter() - started
    if done.returncode != 0:
        raise RuntimeError(f"import ended with {done.returncode}: {done.stdout[-300:]} {done.stderr[-300:]}")
    report.add(Figure("rows imported by `dengwen import`, its start included", rows / took, single, "/s",
                      "petitions registered one by one, 8 clients"))  # fmt: skip


def _verify(report: Report, folder: Path) -> None:
    """As `dengwen audit verify` does, in this process; then the same entries' bytes through SHA-256 alone."""
    with ExitStack() as stack:
        parts, key_dir = open_parts(folder, stack)
        recompute = {n: recompute_states({k.model.KIND: k for k in definition(n).kinds}) for n in parts}
        started = time.perf_counter()
        found = verify_installation(parts, keys.load_trust(key_dir), recompute, as_of=real_now())
        took = time.perf_counter() - started
        if found.first is not None:
            raise RuntimeError(f"the trails are not intact: {found.first.en}")
        bodies = [
            body.encode() for session in parts.values() for body in session.scalars(select(AuditEntry.body))
        ]
    started = time.perf_counter()
    for body in bodies:
        sha256(body).digest()
    bare = time.perf_counter() - started
    name = f"{len(bodies):,} audit entries verified, every subject recomputed"
    report.add(
        Figure(name, len(bodies) / took, len(bodies) / bare, "/s", "SHA-256 of the same bytes, in Python")
    )


def _seal(report: Report, servers: Servers) -> None:
    """A volume with 48 MiB of scans that no compression shortens, against `sha256sum` of as many bytes."""
    world = servers.world("intake", "archive")
    client, runtime = world.as_("clerk1"), world.runtimes["intake"]
    scans = [b"%PDF-1.4\n" + os.urandom(SCAN) + b"\n%%EOF" for _ in range(SCANS)]
    named = [{"kind": "petition_original", "id": client.upload("intake", scan)} for scan in scans]
    answer = client.send("POST", REGISTER, body=letter() | {"attachments": named})
    assert answer.status == 201, answer.body
    with begin(runtime) as work:
        act = runtime.acts["petition", "close_petition"]
        p: Performance[Petition, object] = Performance(work, act, act.paper.model_construct(), {})  # type: ignore[type-var]
        p.subject = work.session.get_one(Petition, answer.body["id"])
        started = time.perf_counter()
        pack(p)
        took = time.perf_counter() - started
    file = servers.new_folder("sealed") / "scans"
    file.write_bytes(b"".join(scans))
    started = time.perf_counter()
    subprocess.run(["sha256sum", str(file)], check=True, capture_output=True)
    bare = time.perf_counter() - started
    size = sum(map(len, scans)) / 2**20
    report.add(
        Figure(
            f"a volume of {size:.0f} MiB sealed", size / took, size / bare, "MiB/s", "sha256sum of as much"
        )
    )
    world.close()
