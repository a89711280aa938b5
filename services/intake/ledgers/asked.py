"""What a request about a ledger says, checked; each raises Refusal."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from contracts.refusals import Refusal, RefusalCode
from services.chassis.http import Context
from services.intake.domain.ledger.fields import Field
from services.intake.domain.ledger.mapping import column_letter

LONGEST_NAME = 200


def file_name(context: Context) -> str:
    given = unquote(context.request.headers.get("X-File-Name", ""))
    name = "".join(c for c in given.rpartition("/")[2].rpartition("\\")[2] if c.isprintable())
    if not name or len(name) > LONGEST_NAME:
        raise Refusal(RefusalCode.INVALID_FIELD, field="X-File-Name")
    return name


def only(body: dict[str, Any], names: set[str]) -> dict[str, Any]:
    if set(body) - names:
        raise Refusal(RefusalCode.UNKNOWN_FIELD)
    return body


def columns_chosen(given: Any) -> dict[str, int | None]:
    if not isinstance(given, dict):
        raise Refusal(RefusalCode.MALFORMED, field="columns")
    letters = {column_letter(at): at for at in range(256)}
    chosen: dict[str, int | None] = {}
    for name, letter in given.items():
        if name not in [each.value for each in Field]:
            raise Refusal(RefusalCode.UNKNOWN_FIELD, field="columns")
        if letter is not None and letter not in letters:
            raise Refusal(RefusalCode.INVALID_FIELD, field=f"columns.{name}")
        chosen[name] = None if letter is None else letters[letter]
    return chosen


def place_of_header(body: dict[str, Any]) -> tuple[str | None, int | None]:
    """The sheet and the row that a body names; none: to be found."""
    asked = only(body, {"sheet", "header_row"})
    sheet, header_row = asked.get("sheet") or None, asked.get("header_row")
    if sheet is not None and (not isinstance(sheet, str) or len(sheet) > LONGEST_NAME):
        raise Refusal(RefusalCode.INVALID_FIELD, field="sheet")
    if header_row is not None and (type(header_row) is not int or not 1 <= header_row <= 10_000):
        raise Refusal(RefusalCode.OUT_OF_RANGE, field="header_row")
    return sheet, header_row


def year_of(given: Any) -> int | None:
    if given is not None and (type(given) is not int or not 1949 <= given <= 2200):
        raise Refusal(RefusalCode.OUT_OF_RANGE, field="year")
    return given


def too_large() -> Refusal:
    return Refusal(
        RefusalCode.TOO_LARGE,
        detail_zh="网页导入每份至多10兆字节、2万行；更大的台账请拆分，或由系统管理员用 dengwen import 命令导入。",
        detail_en="A browser sends at most 10 MB and 20,000 rows: split the ledger, or use the command dengwen import.",
    )
