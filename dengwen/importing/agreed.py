"""What was agreed on for a ledger at the command line: corrections of its mapping, kept beside the file."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from services.intake.domain.ledger import mapping as columns
from services.intake.domain.ledger.fields import TITLES
from services.intake.domain.ledger.refused import LedgerError

_BY_TITLE = {title: each.value for each, title in TITLES.items()}


def correction(text: str) -> tuple[str, str | None]:
    """`字段=列名` as field and header (or column letter); `字段=-` leaves the field out. Raises LedgerError."""
    name, mark, wanted = text.partition("=")
    if not mark or not name.strip() or not wanted.strip():
        raise LedgerError(
            "MISSING_FIELD",
            "请写成 字段=列名,例如 收件日期=来信时间",
            "write FIELD=COLUMN, e.g. received_on=B",
        )
    known = _BY_TITLE.get(name.strip(), name.strip())
    return known, None if wanted.strip() == "-" else wanted.strip()


@dataclass(frozen=True)
class Agreed:
    """What was agreed on for a ledger, kept beside it: headers and a year, nothing of its rows."""

    mapping: columns.Mapping
    year: int | None


def agreed_file(path: Path) -> Path:
    return path.with_name(f"{path.name}.dengwen.json")


def load_agreed(path: Path) -> Agreed | None:
    """What a file like that holds, None if there is none; raises LedgerError where it cannot be read."""
    try:
        stored: Any = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        raise LedgerError(
            "BROKEN_FILE", "列对应关系文件无法读取", "the mapping file cannot be read"
        ) from None
    if not isinstance(stored, dict):
        raise LedgerError("BROKEN_FILE", "列对应关系文件无法识别", "this is no mapping file")
    year = stored.get("year")
    found = stored.get("mapping", stored)
    return Agreed(columns.from_json(found), year if isinstance(year, int) else None)


def save_agreed(path: Path, agreed: Agreed) -> bool:
    """Write it; whether that was possible. An import does not depend on it."""
    text = json.dumps(
        {"year": agreed.year, "mapping": agreed.mapping.as_json()}, ensure_ascii=False, indent=1
    )
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        temporary.write_text(text + "\n", encoding="utf-8")
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        return False
    return True
