"""The set-up of a fresh machine, on a lock of one package that is made here: no network is needed."""

import base64
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BARE = ("sh", "dirname", "readlink", "cat", "cmp")


def digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()


def build_wheel(directory: Path, version: str) -> str:
    """Write a wheel of the package `drum` and return its line for a lock file."""
    files = {
        "drum.py": f"VERSION = {version!r}\n",
        f"drum-{version}.dist-info/METADATA": f"Metadata-Version: 2.1\nName: drum\nVersion: {version}\n",
        f"drum-{version}.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{name},sha256={digest(text.encode())},{len(text)}\n" for name, text in files.items())
    files[f"drum-{version}.dist-info/RECORD"] = record + f"drum-{version}.dist-info/RECORD,,\n"
    wheel = directory / f"drum-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return f"drum=={version} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


@dataclass
class Clone:
    """A clone with nothing in it but the set-up and its locks."""

    root: Path
    wheels: Path

    def lock(self, version: str) -> None:
        line = build_wheel(self.wheels, version)
        for name in ("requirements.lock", "requirements-test.lock"):
            (self.root / name).write_text(line)

    def command(self, lock: str = "requirements.lock") -> list[str]:
        return ["sh", str(self.root / "deploy" / "bootstrap.sh"), lock]

    def environment(self, **more: str) -> dict[str, str]:
        path = f"{Path(sys.base_prefix) / 'bin'}{os.pathsep}{os.environ['PATH']}"
        offline = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.wheels), "PIP_CONFIG_FILE": os.devnull}
        return {"PATH": path, "HOME": str(self.root), **offline, **more}

    def run(self, lock: str = "requirements.lock", **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(lock), env=self.environment(**more), capture_output=True, text=True, check=False
        )

    def installed(self) -> str:
        code = "import drum; print(drum.VERSION)"
        done = subprocess.run(
            [self.root / ".venv" / "bin" / "python", "-c", code], capture_output=True, text=True, check=False
        )
        return done.stdout.strip()


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    root, wheels = tmp_path / "clone", tmp_path / "wheels"
    (root / "deploy").mkdir(parents=True)
    wheels.mkdir()
    for name in ("bootstrap.sh", "bootstrap.py"):
        shutil.copy(ROOT / "deploy" / name, root / "deploy")
    made = Clone(root, wheels)
    made.lock("1.0")
    return made


def test_a_fresh_clone_is_set_up_and_a_current_one_costs_almost_nothing(clone: Clone) -> None:
    first = clone.run()
    assert first.returncode == 0, first.stderr
    assert "creating .venv" in first.stderr
    assert clone.installed() == "1.0"
    assert os.access(clone.root / ".venv" / "bin" / "dengwen", os.X_OK)
    spent = []
    for _ in range(5):
        started = time.monotonic()
        again = clone.run()
        spent.append(time.monotonic() - started)
        assert (again.returncode, again.stdout + again.stderr) == (0, "")
    assert min(spent) < 0.1


def test_a_changed_lock_is_installed_and_either_lock_serves_to_run(clone: Clone) -> None:
    assert clone.run("requirements-test.lock").returncode == 0
    assert clone.run("requirements.lock").stderr == ""
    clone.lock("1.1")
    assert clone.run("requirements.lock").returncode == 0
    assert clone.installed() == "1.1"


def test_a_package_with_another_hash_is_refused_and_nothing_counts_as_set_up(clone: Clone) -> None:
    lock = clone.root / "requirements.lock"
    lock.write_text(lock.read_text().replace("sha256:", "sha256:0000")[: len(lock.read_text())])
    refused = clone.run()
    assert refused.returncode == 1
    assert "pip could not install requirements.lock" in refused.stderr
    assert not list((clone.root / ".venv").glob("*.stamp"))


@pytest.mark.parametrize("after_seconds", [0.3, 1.5])
def test_a_set_up_killed_half_way_is_made_good_by_the_next(clone: Clone, after_seconds: float) -> None:
    process = subprocess.Popen(
        clone.command(), env=clone.environment(), stderr=subprocess.DEVNULL, start_new_session=True
    )
    time.sleep(after_seconds)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert clone.run().returncode == 0
    assert clone.installed() == "1.0"


def test_half_a_package_left_by_a_kill_is_thrown_away(clone: Clone) -> None:
    assert clone.run().returncode == 0
    for stamp in (clone.root / ".venv").glob("*.stamp"):
        stamp.unlink()
    next(clone.root.glob(".venv/lib/python*/site-packages/drum.py")).unlink()
    (clone.root / ".venv" / "unfinished").touch()
    assert clone.run().returncode == 0
    assert clone.installed() == "1.0"


def test_two_set_ups_at_once_wait_for_one_another(clone: Clone) -> None:
    both = [
        subprocess.Popen(clone.command(), env=clone.environment(), stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = [process.communicate(timeout=120)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert sum("creating .venv" in text for text in said) == 1
    assert clone.installed() == "1.0"


def test_without_a_suitable_python_it_says_so(clone: Clone, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    bare.mkdir()
    for name in BARE:
        (bare / name).symlink_to(shutil.which(name) or name)
    refused = clone.run(PATH=str(bare))
    assert refused.returncode == 1
    assert "no Python 3.11, 3.12 or 3.13 found" in refused.stderr


def test_without_ensurepip_it_names_the_package_to_install(clone: Clone, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    bare.mkdir()
    for name in BARE:
        (bare / name).symlink_to(shutil.which(name) or name)
    # As on Debian without python3-venv: the interpreter is there, ensurepip is not.
    (bare / "python3").symlink_to(os.path.realpath(sys.executable))
    (tmp_path / "ensurepip.py").write_text("raise ImportError('stripped')\n")
    refused = clone.run(PATH=str(bare), PYTHONPATH=str(tmp_path))
    assert refused.returncode == 1
    assert "apt install python3-venv" in refused.stderr
    assert not (clone.root / ".venv").exists()
