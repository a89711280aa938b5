"""Where items are that somebody has only the ids of: notices and events name an item without its kind."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, bindparam, literal, select, union_all

from contracts.refusals import Refusal, RefusalCode
from services.chassis.access import Shape, in_general, visible
from services.chassis.http import Context
from services.chassis.runtime import ServiceDefinition
from services.chassis.work import Work

MOST = 200
ID_LENGTH = 64


def whereabouts(context: Context, work: Work) -> Any:
    """Path and number of each of these items that the actor may know of; of the others nothing, as in a list.

    Raises Refusal: MISSING_FIELD without an id, OUT_OF_RANGE for more than 200.
    """
    ids = list(
        dict.fromkeys(one for one in context.query("ids", longest=MOST * (ID_LENGTH + 1)).split(",") if one)
    )
    if not ids:
        raise Refusal(RefusalCode.MISSING_FIELD, field="ids")
    if len(ids) > MOST:
        raise Refusal(RefusalCode.OUT_OF_RANGE, field="ids")
    asked = _of_all_kinds(work.runtime.definition, work.actor.shape)
    rows = work.session.execute(asked, work.actor.values | {"asked_for": ids})
    return {"items": [{"id": item, "path": path, "no": no} for item, path, no in rows]}


@lru_cache(maxsize=64)
def _of_all_kinds(service: ServiceDefinition, shape: Shape) -> Any:
    """One statement along the primary keys; making it costs more than running it."""
    anybody = in_general(shape)
    ids: BindParameter[Any] = bindparam("asked_for", expanding=True)
    return union_all(
        *(
            select(kind.model.id, literal(kind.path), kind.model.no).where(
                kind.model.id.in_(ids), visible(kind.model, anybody, kind.knows)
            )
            for kind in service.kinds
        )
    )
