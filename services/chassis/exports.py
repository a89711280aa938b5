"""A register given out as a whole: every line of it that the reader may know of, and the export is on record."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from contracts.refusals import Refusal, RefusalCode, concealed
from services.chassis.access import require_fresh_directory
from services.chassis.http import Context
from services.chassis.lines import summary
from services.chassis.lists import Filter, filter_of, register_page
from services.chassis.runtime import Kind
from services.chassis.work import Work

MOST_LINES = 10_000
"""What one export holds: beyond it the reader narrows the filter. It bounds the memory of service and desk."""
AT_A_TIME = 500


def export_register(context: Context, work: Work) -> Any:
    """The lines of a register, newest first: references, codes and dates, as the list has them.

    The trail keeps who took what (the filter, how many lines, a digest of their ids and versions).
    Raises Refusal(UNKNOWN_REFERENCE) for no kind of this service, (TOO_LARGE) beyond MOST_LINES, (DIRECTORY_STALE).
    """
    path = context.path["kind"]
    kind = next((one for one in work.runtime.definition.kinds if one.path == path), None)
    if kind is None:
        raise concealed()
    require_fresh_directory(work.session, work.runtime.settings.directory_stale_after)
    only = filter_of(context)
    lines = _lines(work, kind, only)
    if len(lines) > MOST_LINES:
        raise _too_many(work, kind, only)
    seen = sha256("\n".join(f"{line['id']}:{line['version']}" for line in lines).encode()).digest()
    facts = _facts(kind, only) | {"lines": len(lines)}
    work.audit(
        "export_register", "exported", subject_kind=kind.model.KIND, digests={"content": seen}, facts=facts
    )
    return {"kind": kind.model.KIND, "items": lines}


def _lines(work: Work, kind: Kind, only: Filter) -> list[dict[str, Any]]:
    """One more than may be given out, so that it shows."""
    asked = register_page(work, kind, only, MOST_LINES + 1)
    if asked is None:
        return []
    return [summary(row) for row in work.session.scalars(asked.execution_options(yield_per=AT_A_TIME))]


def _too_many(work: Work, kind: Kind, only: Filter) -> Refusal:
    code = RefusalCode.TOO_LARGE
    work.audit(
        "export_register", "refused", subject_kind=kind.model.KIND, code=code.value, facts=_facts(kind, only)
    )
    work.session.commit()  # the answer rolls back what is left of the reading
    return Refusal(
        code,
        detail_zh=f"一次最多导出{MOST_LINES}行，请按状态或登记日期缩小范围后再导出。",
        detail_en=f"One export holds {MOST_LINES:,} lines at most; narrow it by state or day of opening.",
    )


def _facts(kind: Kind, only: Filter) -> dict[str, str]:
    """The filter, for the trail: a code of ours and dates, nothing that was typed."""
    days = {"opened_from": only.opened_from, "opened_to": only.opened_to}
    facts = {name: day.isoformat() for name, day in days.items() if day}
    return facts | ({"state": only.state} if only.state in kind.model.STATES else {})
