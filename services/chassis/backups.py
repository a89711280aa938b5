"""Backups as an installation keeps them, for those of its processes that may make one. Made by `dengwen backup`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class KeptBackup:
    """A backup by its name. `made_at`: an instant, ISO; `state`: whole, making, cut_off; `size` in bytes."""

    name: str
    made_at: str
    state: str
    size: int


class Backups(Protocol):
    """Where an installation keeps its backups."""

    def kept(self) -> list[KeptBackup]:
        """The youngest first. Only the manifests are read: what a restore compares is each file."""
        ...

    def start(self, name: str) -> None:
        """Begin to make the backup of that name; does nothing where it is there, or under way."""
        ...
