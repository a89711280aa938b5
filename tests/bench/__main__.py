"""`python -m tests.bench [--quick] [--only SECTION …] [--huge] [--against CHECKOUT]`: ratios of one run.

Kept in `build/bench.json`; a full run also writes its sections between their markers in `docs/performance.md`.
"""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import structlog

from tests.bench import against, bus, pages, records, registering, scaling, secrecy, starting, year
from tests.bench.figures import Report
from tests.bench.rows import largest
from tests.bench.sites import Servers, keep_clean
from tests.servers.run import Run

KEPT = Path("build") / "bench.json"
DOCUMENT = Path("docs") / "performance.md"


class Sizes(argparse.Namespace):
    """What was asked for on the command line."""

    quick: bool
    huge: bool
    docs: bool
    only: list[str] | None
    against: Path | None


Section = Callable[[Report, Servers, Sizes], None]

SECTIONS: dict[str, Section] = {
    "registering": lambda report, servers, given: registering.measure(
        report, servers, 2.0 if given.quick else 10.0
    ),
    "bus": lambda report, servers, given: bus.measure(
        report, servers, 1_000 if given.quick else 20_000, 5.0 if given.quick else 20.0
    ),
    "starting": lambda report, servers, given: starting.measure(
        report, servers, 1 if given.quick else 3, 5.0 if given.quick else 20.0
    ),
    "scaling": lambda report, servers, given: scaling.measure(
        report, servers, 1_000 if given.quick else 10_000, 3.0 if given.quick else 10.0
    ),
    "records": lambda report, servers, given: records.measure(
        report, servers, 2_000 if given.quick else 20_000, 2.0 if given.quick else 5.0
    ),
    "secrecy": lambda report, servers, given: secrecy.measure(
        report, servers, 200 if given.quick else 2_000, postgres=not given.quick
    ),
    "year": lambda report, servers, given: year.measure(report, servers, 15.0 if given.quick else 90.0),
    "pages": lambda report, servers, given: pages.measure(
        report, servers, _sizes(given), 5 if given.quick else 15, postgres=not given.quick
    ),
}


def _sizes(given: Sizes) -> list[int]:
    return [100_000] if given.quick else [1_000_000, 10_000_000] if given.huge else [1_000_000]


def main() -> None:
    given = _arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that servers and services go, too
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    report, run = Report("Quick run" if given.quick else "Full run"), Run.open()
    keep_clean(run)
    report.say(
        f"Dengwen: {report.kind.lower()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}."
        " Columns: ours, theirs, x ratio. Trust ratios."
    )
    failed = []
    servers = Servers(run, run.new_directory("bench"))
    try:
        if given.against:
            report.begin("against")
            against.measure(report, given.against, largest())
            report.keep(KEPT)
        for name in given.only or ([] if given.against else SECTIONS):
            failed += [] if _section(name, report, servers, given) else [name]
    finally:
        servers.close()
        run.close()
    report.say(f"\nload at the end {os.getloadavg()[0]:.1f}; kept in {KEPT}")
    if failed:
        raise SystemExit(f"could not be measured: {', '.join(failed)}")


def _section(name: str, report: Report, servers: Servers, given: Sizes) -> bool:
    """Measure one section and keep it at once; what fails is said and does not stop the others."""
    report.begin(name)
    started = time.perf_counter()
    try:
        SECTIONS[name](report, servers, given)
    except Exception as error:
        report.remark(f"Not measured to the end: {type(error).__name__}: {str(error)[:300]}")
        done = False
    else:
        done = True
    report.say(f"  ({name}: {time.perf_counter() - started:.0f} s)")
    report.keep(KEPT)
    if (given.docs or not given.quick) and report.publish(DOCUMENT):
        report.say(f"  {DOCUMENT} has no place for: {name}")
    return done


def _arguments() -> Sizes:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="smaller sizes; leaves the document alone")
    parser.add_argument("--docs", action="store_true", help="write the document after a quick run, too")
    parser.add_argument(
        "--huge",
        action="store_true",
        help="pages at 10 million petitions on PostgreSQL as well: 10 to 15 minutes and 15 GB more",
    )
    parser.add_argument(
        "--only", nargs="+", choices=[*SECTIONS], metavar="SECTION", help=f"of {', '.join(SECTIONS)}"
    )
    parser.add_argument(
        "--against", type=Path, metavar="CHECKOUT", help="compare with another checkout instead"
    )
    return parser.parse_args(namespace=Sizes())


if __name__ == "__main__":
    main()
