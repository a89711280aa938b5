"""Entering petitions from before there was a search into its index: in batches, resumed where it stopped.

What is entered already stays as it is; petitions of today enter themselves, so a batch and their clerks do not collide.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.db import insert_or_ignore
from services.chassis.keys import KeyRing
from services.chassis.subject import RESTRICTED
from services.intake.acts.search_index import enter_what_is_missing
from services.intake.storage import IndexProgress, Petition

BATCH = 200
WHICH = "search_term"


@dataclass(frozen=True)
class Batch:
    """`looked_at` petitions, of which `entered` had terms missing. None looked at: the end was reached."""

    looked_at: int
    entered: int


def reindex_next(session: Session, ring: KeyRing, size: int = BATCH) -> Batch:
    """The next ordinary petitions by id; how far it came commits with what was entered.

    A second process that does the same waits for the first one's batch and goes on behind it.
    """
    session.execute(insert_or_ignore(session, IndexProgress).values(name=WHICH, after_id=""))
    progress = session.get_one(IndexProgress, WHICH, with_for_update=True, populate_existing=True)
    query = select(Petition).where(Petition.id > progress.after_id, Petition.secrecy == RESTRICTED)
    rows = session.scalars(query.order_by(Petition.id).limit(size).with_for_update()).all()
    entered = sum(enter_what_is_missing(session, ring, petition) for petition in rows)
    if rows:
        progress.after_id = rows[-1].id
    return Batch(len(rows), entered)


def start_again(session: Session) -> None:
    """The next batch begins with the first petition."""
    session.execute(insert_or_ignore(session, IndexProgress).values(name=WHICH, after_id=""))
    session.get_one(IndexProgress, WHICH, with_for_update=True, populate_existing=True).after_id = ""
