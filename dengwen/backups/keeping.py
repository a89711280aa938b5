"""The backups of an embedded installation, made and listed by the running installation itself.

A backup is made by the command, in a process of its own: copying holds up no page.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dengwen.backups.manifest import NAME
from dengwen.installation import Folder
from services.chassis.backups import KeptBackup

UNFINISHED = ".unfinished"


@dataclass
class EmbeddedBackups:
    """Backups below `folder`, each a directory named for when it was asked for."""

    place: Folder
    folder: Path
    _making: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def kept(self) -> list[KeptBackup]:
        names = {path.name.removesuffix(UNFINISHED) for path in self._directories()} | set(self._making)
        found = [self._kept(name) for name in sorted(names, reverse=True)]
        return [one for one in found if one is not None]

    def start(self, name: str) -> None:
        if (self.folder / name).exists() or self._is_being_made(name):
            return
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        command = [sys.executable, "-m", "dengwen", "backup"]
        options = ["--folder", str(self.place.root), "--to", str(self.folder / name)]
        self._making[name] = subprocess.Popen(
            [*command, *options],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={key: value for key, value in os.environ.items() if not key.startswith("DENGWEN_DATABASE_URL")},
        )  # fmt: skip

    def _directories(self) -> list[Path]:
        return [path for path in self.folder.glob("*") if path.is_dir() and not path.is_symlink()]

    def _is_being_made(self, name: str) -> bool:
        process = self._making.get(name)
        return process is not None and process.poll() is None

    def _kept(self, name: str) -> KeptBackup | None:
        if self._is_being_made(name):
            return KeptBackup(name, "", "making", 0)
        try:
            told: dict[str, Any] = json.loads((self.folder / name / NAME).read_bytes())
            size = sum(int(file["size"]) for file in told["files"])
            return KeptBackup(name, str(told["made_at"]), "whole", size)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            cut_off = (self.folder / (name + UNFINISHED)).exists() or name in self._making
            return KeptBackup(name, "", "cut_off", 0) if cut_off else None
