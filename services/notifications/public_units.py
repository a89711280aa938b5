"""The units that a citizen may report on: names alone, for the desk's public page."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.refusals import Refusal, RefusalCode
from services.chassis.http import Context, Route
from services.notifications.storage import Coverage, Office


def public_units(context: Context) -> Any:
    """Every unit that an office covers, by name. Who covers it, and who works there, is not told."""
    context.from_service("desk")
    if not context.runtime.settings.public_page:
        raise Refusal(RefusalCode.NOT_FOUND_ROUTE)
    covered = select(Office.id, Office.name_zh, Office.name_en).join(Coverage, Coverage.id == Office.id)
    with context.runtime.db.read() as session:
        rows = session.execute(covered.where(Office.state == "active").order_by(Office.id)).all()
    return {"units": [{"id": row.id, "name_zh": row.name_zh, "name_en": row.name_en} for row in rows]}


PUBLIC_UNITS = Route(
    "GET",
    "/public_units",
    public_units,
    ("公众页可选单位（仅工作台公众页）", "units that can be reported on; the desk's public page"),
    answer="PublicUnits",
)
