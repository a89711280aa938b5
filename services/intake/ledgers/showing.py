"""What is shown of a kept ledger: its columns with what stands in them, the counts of its rows, how far it is."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import defer

from services.chassis import keys
from services.chassis.clock import ZONE
from services.chassis.work import Work
from services.intake.acts.import_rows import IMPORT_PETITION
from services.intake.domain.ledger.fields import ENGLISH, REQUIRED, TITLES, Field
from services.intake.domain.ledger.mapping import EXACT, WEAK, WITHIN, column_letter
from services.intake.ledgers.keeping import key_of, opened
from services.intake.storage import KeptBatch, KeptLedger

KEPT_FOR = timedelta(days=7)
_CERTAINTY = {EXACT: "sure", WITHIN: "contained", WEAK: "weak"}


def line_of(work: Work, row: KeptLedger) -> dict[str, Any]:
    about = opened(work, row)
    rows, until = about.get("survey", {}).get("rows"), (row.kept_at + KEPT_FOR).astimezone(ZONE)
    return {
        "id": row.id,
        "name": about["name"],
        "state": row.state,
        "rows": rows,
        "kept_until": until.isoformat(),
    }


def shown(work: Work, row: KeptLedger) -> dict[str, Any]:
    about = opened(work, row)
    header = about["layout"]["mapping"]["header"]
    columns = [
        {"letter": column_letter(at), "header": text, "samples": about["samples"][at]}
        for at, text in enumerate(header)
    ]
    return line_of(work, row) | {
        "year": row.year,
        "sheet": about["layout"]["sheet"],
        "sheets": about["sheets"],
        "header_row": about["layout"]["header_row"],
        "columns": columns,
        "fields": [_field(each, about) for each in Field],
        "looked_at": about["looked_at"],
        "survey": about.get("survey"),
        **_progress(work, row, about),
        "clauses": list(IMPORT_PETITION.clauses),
    }


def _field(each: Field, about: Mapping[str, Any]) -> dict[str, Any]:
    mapping = about["layout"]["mapping"]
    column = mapping["columns"].get(each.value)
    return {
        "field": each.value,
        "zh": TITLES[each],
        "en": ENGLISH[each],
        "required": each in REQUIRED,
        "column": None if column is None else column_letter(column),
        "certainty": _CERTAINTY.get(mapping["certainty"].get(each.value), ""),
        "unclear": [column_letter(at) for at in mapping["ambiguous"].get(each.value, ())],
        "filled": about["filled"].get(each.value),
    }


def _progress(work: Work, row: KeptLedger, about: Mapping[str, Any]) -> dict[str, Any]:
    batches = work.session.scalars(
        select(KeptBatch)
        .options(defer(KeptBatch.body))
        .where(KeptBatch.ledger_id == row.id)
        .order_by(KeptBatch.number)
    ).all()
    survey = about.get("survey") or Counter()
    sent = [batch for batch in batches if batch.sent]
    key = key_of(work, row)
    refused = sum(len(json.loads(keys.decrypt(key, batch.refused, row.id))) for batch in sent)
    following = next((batch.number for batch in batches if not batch.sent), None)
    done = sum(batch.outcomes for batch in sent)
    return {
        "progress": {
            "batches": len(batches),
            "sent": len(sent),
            "next": following,
            "rows": survey["rows"],
            "done": survey["rows"] if batches and following is None else done,
        },
        "totals": {
            "imported": sum(batch.imported for batch in sent),
            "already": sum(batch.already for batch in sent),
            "repeated": survey["repeated"],
            "given_back": survey["bad"] + refused,
        },
    }
