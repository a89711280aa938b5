"""`dengwen up` where an installation runs already: nothing is wrong, and it says where."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from dengwen.commands.up import command
from dengwen.installation import take_lock


def test_a_second_start_ends_calmly_and_gives_the_address(tmp_path: Path) -> None:
    held = take_lock(tmp_path)
    (tmp_path / "running.json").write_text(json.dumps({"url": "http://127.0.0.1:8733/", "pid": 1}))
    again = CliRunner().invoke(command, ["--folder", str(tmp_path)])
    assert (again.exit_code, "http://127.0.0.1:8733/" in again.output) == (0, True), again.output
    assert "已在运行" in again.output
    assert held is not None
    held.close()
    assert not (tmp_path / "installed").exists(), "nothing was set up beside the running one"
