"""Create `.venv` and install a lock file into it, with hashes; called by bootstrap.sh when that is needed.

Standard library only. Whatever kills it half-way, the next run starts from a clean environment.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UNFINISHED = VENV / "unfinished"
LOCKS = ("requirements.lock", "requirements-test.lock")

LAUNCHER = """#!/bin/sh
# Written by deploy/bootstrap.py: the command line, from any directory.
PYTHONPATH='{root}' exec '{root}/.venv/bin/python' -P -m dengwen "$@"
"""


class BootstrapError(Exception):
    """The environment could not be made; the message says what to do."""


def pins(lock: str) -> set[str]:
    """The `name==version` entries of a lock file, without markers."""
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    return {line.split()[0] for line in lines if line[:1].isalnum()}


def stamp(lock: str) -> str:
    """What bootstrap.sh compares: the interpreter's real path, then the lock."""
    return f"{os.path.realpath(PYTHON)}\n{(ROOT / lock).read_text(encoding='utf-8')}"


def usable() -> bool:
    """Whether `.venv` has a supported Python that runs, with pip, and no killed set-up behind it."""
    if UNFINISHED.exists() or not PYTHON.exists():
        return False
    code = "import pip, sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))"
    return subprocess.run([PYTHON, "-I", "-c", code], capture_output=True, check=False).returncode == 0


def create() -> None:
    """Make an empty `.venv` with pip in it, in place of whatever is there."""
    base = os.path.realpath(sys.executable)
    say(f"creating .venv with Python {sys.version.split()[0]} ({base})")
    if VENV.exists():
        shutil.rmtree(VENV)
    VENV.mkdir()
    UNFINISHED.touch()
    made = subprocess.run([base, "-I", "-m", "venv", str(VENV)], capture_output=True, text=True, check=False)
    if made.returncode != 0:
        raise BootstrapError(f"dengwen: no virtual environment: {(made.stdout + made.stderr).strip()}")
    UNFINISHED.unlink()


def install(lock: str) -> None:
    """Install the lock with pip, which checks every hash, and show how far it is."""
    command = [str(PYTHON), "-I", "-m", "pip", "install", "--disable-pip-version-check", "--no-deps"]
    command += ["--require-hashes", "-r", lock]
    total = len(pins(lock))
    tail: list[str] = []
    with subprocess.Popen(
        command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as pip:
        assert pip.stdout is not None
        for line in progress(pip.stdout, total):
            tail = [*tail[-19:], line]
    if pip.returncode != 0:
        reason = "\n".join(f"  {line}" for line in tail if "ignored" not in line)
        raise BootstrapError(
            f"dengwen: pip could not install {lock}:\n{reason}\n"
            "         Is the package index reachable (pip config list)? Then run the same command again."
        )


def progress(lines: Iterator[str], total: int) -> Iterator[str]:
    """Pass pip's lines on, counting packages on the terminal as they are fetched and installed."""
    done = 0
    for line in lines:
        words = line.split()
        if words[:1] == ["Collecting"] or words[:2] == ["Requirement", "already"]:
            done += 1
            name = words[1] if words[0] == "Collecting" else words[2]
            say(f"[{done}/{total}] {name}", transient=True)
        elif line.startswith("Installing collected"):
            UNFINISHED.touch()  # from here on a kill leaves half a package behind
            say(f"installing {total} packages", transient=True)
        yield line.rstrip()


def say(text: str, *, transient: bool = False) -> None:
    """One line of progress; a transient one is overwritten on a terminal and left out of a log."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="" if transient else "\n", file=sys.stderr, flush=True)
    elif not transient or text.startswith("installing"):
        print(text, file=sys.stderr, flush=True)


def finish(lock: str) -> None:
    """Write the launcher and the stamps; only now does the environment count as set up."""
    launcher = VENV / "bin" / "dengwen"
    launcher.write_text(LAUNCHER.format(root=str(ROOT).replace("'", "'\\''")), encoding="utf-8")
    launcher.chmod(0o755)
    for other in LOCKS:
        (VENV / f"{other}.stamp").unlink(missing_ok=True)
    written = VENV / f"{lock}.new"
    written.write_text(stamp(lock), encoding="utf-8")
    written.replace(VENV / f"{lock}.stamp")
    UNFINISHED.unlink(missing_ok=True)


def up_to_date(lock: str) -> bool:
    """Whether another run finished this very work while we waited for it."""
    path = VENV / f"{lock}.stamp"
    return not UNFINISHED.exists() and path.exists() and path.read_text(encoding="utf-8") == stamp(lock)


def main(lock: str) -> int:
    """Bring `.venv` in line with the lock. Two at once wait for one another; exit code 1: said in words."""
    started = time.monotonic()
    with Path(__file__).open() as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if up_to_date(lock) and (VENV / "bin" / "dengwen").exists():
            return 0
        try:
            if not usable():
                create()
            install(lock)
            finish(lock)
        except BootstrapError as error:
            print(f"\n{error}", file=sys.stderr)
            return 1
    say(f"ready: {lock} installed in {time.monotonic() - started:.0f} s")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1]))
    except KeyboardInterrupt:
        sys.exit(130)
