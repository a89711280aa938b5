"""Finding the item of an act: who may not know of it gets the answer of an unknown id, at the same cost."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from contracts.refusals import RefusalCode, concealed
from services.chassis.access import Actor, Knows, Shape, in_general, visible, why_hidden
from services.chassis.subject import SEALED, SubjectColumns
from services.chassis.tables import Party


class Hidden(Exception):
    """The actor may not know of the item. `code` is for the audit trail; the answer is that of an unknown id."""

    def __init__(self, code: RefusalCode, subject: SubjectColumns) -> None:
        super().__init__(code.value)
        self.code = code
        self.subject = subject


def lock_subject(
    session: Session, model: Any, subject_id: str, actor: Actor, knows: Any, *, for_update: bool = True
) -> Any:
    """Load an item that the actor may know of. Unknown: Refusal(UNKNOWN_REFERENCE); not theirs to know: Hidden.

    Only what the actor may know of is locked: waiting for somebody else's act would tell them of the item. What is
    hidden and what does not exist send the same statements and do the same work.
    """
    query = _known(model, knows, actor.shape, for_update=for_update)
    subject = session.scalars(query, actor.values | {"subject": subject_id}).one_or_none()
    if subject is not None:
        return subject
    found = session.scalars(select(model).where(model.id == subject_id)).one_or_none()
    reported = session.scalars(
        select(Party.person_id).where(Party.subject_kind == model.KIND, Party.subject_id == subject_id)
    ).all()
    code = why_hidden(actor, found or _nothing(model, subject_id), reported, knows)
    if (
        found is None or code is None
    ):  # None: it became visible between the two statements; the next one sees it
        raise concealed()
    raise Hidden(code, found)


@lru_cache(maxsize=4096)
def _known(model: Any, knows: Knows, shape: Shape, *, for_update: bool) -> Select[Any]:
    """The item `subject`, if an actor of this shape may know of it."""
    query = select(model).where(model.id == bindparam("subject"), visible(model, in_general(shape), knows))
    return query.with_for_update() if for_update else query


def _nothing(model: Any, subject_id: str) -> Any:
    """An item that nobody may know of, never stored: what does not exist is judged as what is hidden."""
    nobody = dict.fromkeys(
        ("office_id", "liaison_office_id", "unit_id", "registrar_id", "handler_id", "addressee_id"), ""
    )
    return model(id=subject_id, state="", version=0, secrecy=SEALED, **nobody)
