"""What a unit of work remembers, so that it does not ask the database twice.

Of an item that it opened itself: every row, for nobody else can have added one before the commit. Of the directory
and of case keys: whatever it has loaded, for as long as it lasts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from services.chassis.db import UnitSession
from services.chassis.subject import SubjectColumns
from services.chassis.tables import (
    Attachment,
    CaseKey,
    DirectoryAssignment,
    DirectoryCoverage,
    DirectoryOffice,
    DirectoryPerson,
    Duty,
    Paper,
    Party,
    Proposal,
)

_RANDOM_ID = re.compile(r"[0-9a-f]{32}")
_OPENED, _KEPT = "dengwen.opened", "dengwen.kept"
_WEAK_OTHERWISE = (DirectoryAssignment, DirectoryCoverage, DirectoryOffice, DirectoryPerson, CaseKey)
"""A session forgets rows that nobody holds; these are asked for again and again by their key."""


@dataclass
class OpenedItem:
    """The rows of an item that this unit of work opened, and its case key once there is one."""

    case_key: bytes | None = None
    papers: list[Paper] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)


def note_opened(session: Session, subject: SubjectColumns) -> None:
    """Say that this item is new: from now on its rows are noted as they are added to the session.

    Not of one that was there already (a creating act may set something anew), nor under an id that somebody chose:
    a unit and its coverage have the same one, and with it the same case key.
    """
    if inspect(subject).persistent or not _RANDOM_ID.fullmatch(subject.id):
        return
    session.info.setdefault(_OPENED, {})[subject.id] = OpenedItem()


def opened_item(session: Session, subject_id: str) -> OpenedItem | None:
    """What is known of an item if this unit of work opened it, else None: ask the database."""
    items: dict[str, OpenedItem] = session.info.get(_OPENED, {})
    return items.get(subject_id)


def forget(session: Session, subject_ids: Iterable[str]) -> None:
    """Ask the database again: rows of these items were changed past the session."""
    items = session.info.get(_OPENED, {})
    for subject_id in subject_ids:
        items.pop(subject_id, None)


@event.listens_for(UnitSession, "transient_to_pending")
def _note_row(session: Session, row: Any) -> None:
    items = session.info.get(_OPENED)
    item = items.get(getattr(row, "subject_id", None)) if items else None
    if item is None:
        return
    if isinstance(row, Paper):
        item.papers.append(row)
    elif isinstance(row, Party):
        item.parties.append(row)
    elif isinstance(row, Duty):
        item.duties.append(row)
    elif isinstance(row, Proposal):
        item.proposals.append(row)


@event.listens_for(UnitSession, "loaded_as_persistent")
def _keep(session: Session, row: Any) -> None:
    if isinstance(row, _WEAK_OTHERWISE):
        session.info.setdefault(_KEPT, []).append(row)
