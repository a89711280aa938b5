"""Saying how many directory records there are, so that every service knows when it has them all.

Set-up publishes the counts that it loaded. Afterwards the desk publishes anew when its own projection has more,
and every ten minutes: the services take that as the confirmation that their directory is fresh.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contracts.events.desk import DirectoryPublished
from services.chassis.clock import real_now
from services.chassis.runtime import Runtime
from services.chassis.tables import (
    DirectoryAccount,
    DirectoryAssignment,
    DirectoryCoverage,
    DirectoryOffice,
    DirectoryPerson,
)
from services.chassis.work import Work, begin
from services.desk.storage import DirectoryEdition

CONFIRM_EVERY = timedelta(minutes=10)
COUNTED: dict[str, Any] = {
    "persons": DirectoryPerson,
    "assignments": DirectoryAssignment,
    "offices": DirectoryOffice,
    "coverages": DirectoryCoverage,
    "accounts": DirectoryAccount,
}


def counts_here(session: Session) -> dict[str, int]:
    """What has arrived at the desk; a row of version 0 waits for its owner's event and does not count."""
    return {
        name: session.scalar(select(func.count()).select_from(model).where(model.version > 0)) or 0
        for name, model in COUNTED.items()
    }


def publish(work: Work, counts: dict[str, int]) -> None:
    """Publish an edition with these counts; never fewer than the last one: records are closed, not deleted."""
    edition = work.session.scalars(select(DirectoryEdition).with_for_update()).one_or_none()
    if edition is None:
        edition = DirectoryEdition(id=1, version=0, published_at=work.real, **dict.fromkeys(COUNTED, 0))
        work.session.add(edition)
    for name in COUNTED:
        setattr(edition, name, max(counts[name], getattr(edition, name)))
    edition.version += 1
    edition.published_at = work.real
    event = DirectoryPublished(version=edition.version, **{name: getattr(edition, name) for name in COUNTED})
    work.emit(event, "directory/edition", edition.version)


def publish_when_due(runtime: Runtime) -> None:
    """Publish anew if more has arrived or the last edition is old. Does nothing before set-up has published once."""
    with runtime.db.read() as session:
        if not _due(session):
            return
    with begin(runtime) as work:
        work.session.scalars(select(DirectoryEdition).with_for_update()).one()
        if _due(work.session):  # another replica may have been faster
            publish(work, counts_here(work.session))


def _due(session: Session) -> bool:
    edition = session.scalars(
        select(DirectoryEdition).execution_options(populate_existing=True)
    ).one_or_none()
    if edition is None:
        return False
    if real_now() - edition.published_at >= CONFIRM_EVERY:
        return True
    return any(count > getattr(edition, name) for name, count in counts_here(session).items())
