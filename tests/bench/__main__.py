"""`python -m tests.bench [--quick] [--only SECTION …] [--against CHECKOUT]`: ratios, kept in `build/bench.json`."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import structlog

from tests.bench import against, bus, pages, registering, starting
from tests.bench.figures import Report
from tests.bench.rows import largest
from tests.bench.sites import Servers
from tests.servers.run import Run

KEPT = Path("build") / "bench.json"
Section = Callable[[Report, Servers, bool], None]

SECTIONS: dict[str, Section] = {
    "registering": lambda report, servers, quick: registering.measure(
        report, servers, 2.0 if quick else 10.0
    ),
    "bus": lambda report, servers, quick: bus.measure(
        report, servers, 2_000 if quick else 20_000, 30 if quick else 300
    ),
    "starting": lambda report, servers, quick: starting.measure(report, servers, 1 if quick else 3),
    "pages": lambda report, servers, quick: pages.measure(
        report, servers, 100_000 if quick else 1_000_000, 5 if quick else 15, postgres=not quick
    ),
}


def main() -> None:
    given = _arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that servers and services go, too
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    report, run = Report(), Run.open()
    report.say(
        f"Dengwen: {'quick' if given.quick else 'full'} run, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}."
        " Columns: ours, theirs, x ratio. Trust ratios."
    )
    with tempfile.TemporaryDirectory(prefix="dengwen-bench-") as folder:
        servers = Servers(run, Path(folder))
        try:
            if given.against:
                against.measure(report, given.against, largest())
            for name in given.only or ([] if given.against else SECTIONS):
                SECTIONS[name](report, servers, given.quick)
        finally:
            servers.close()
            run.close()
    report.keep(KEPT)
    report.say(f"\nload at the end {os.getloadavg()[0]:.1f}; kept in {KEPT}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="smaller sizes, under two minutes")
    parser.add_argument(
        "--only", nargs="+", choices=[*SECTIONS], metavar="SECTION", help=f"of {', '.join(SECTIONS)}"
    )
    parser.add_argument(
        "--against", type=Path, metavar="CHECKOUT", help="compare with another checkout instead"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
