"""Named faults under load on the embedded installation: one process, SQLite, the broker inside."""

from __future__ import annotations

import resource
import time

import pytest

from tests.faults.site import Site

pytestmark = pytest.mark.slow


def test_it_is_killed_in_a_burst(embedded_site: Site) -> None:
    with embedded_site.under_load("kill -9 in a burst, three times"):
        for _ in range(3):
            embedded_site.running.processes["up"].kill9()
            embedded_site.running.processes["up"].start()
            embedded_site.running.at.wait_ready(60)
            time.sleep(1)


def test_it_is_stopped_and_started_under_load(embedded_site: Site) -> None:
    with embedded_site.under_load("stopped and started, SIGTERM"):
        embedded_site.running.processes["up"].stop(60)
        embedded_site.running.processes["up"].start()


def test_its_disk_is_full_for_a_while(embedded_site: Site) -> None:
    """No file may grow beyond what the largest one is now: writes fail as they do on a full disk (EFBIG)."""
    child = embedded_site.running.processes["up"].child
    assert child is not None
    with embedded_site.under_load("disk full for 6 s"):
        largest = max(f.stat().st_size for f in embedded_site.running.folder.glob("*.db*"))
        resource.prlimit(child.pid, resource.RLIMIT_FSIZE, (largest // 2, resource.RLIM_INFINITY))
        time.sleep(6)
        resource.prlimit(child.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
