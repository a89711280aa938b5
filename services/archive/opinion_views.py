"""What the searches for an integrity opinion found: for the head alone (LZ-10.5)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.refusals import Refusal, RefusalCode
from services.archive.acts.opinions import HEAD
from services.archive.storage_opinion import IntegrityOpinion, OpinionEvidence
from services.chassis.access import post, require_fresh_directory
from services.chassis.http import Context, Route, signed_in
from services.chassis.resources import item
from services.chassis.work import Work

THE_HEAD = post(HEAD)


def evidence(context: Context, work: Work) -> Any:
    """A line for each person of the request that was searched for; who drafts the reply is refused, and audited."""
    opinion: IntegrityOpinion = item(context, work, work.runtime.kinds[IntegrityOpinion.KIND])
    if not THE_HEAD.holds(work.actor, opinion):
        work.audit(
            "read_evidence",
            "refused",
            subject=opinion,
            code=RefusalCode.ACCESS_DENIED.value,
            clauses=("LZ-10.5",),
        )
        work.session.commit()
        raise Refusal(RefusalCode.ACCESS_DENIED, clauses=("LZ-10.5",))
    require_fresh_directory(work.session, work.runtime.settings.directory_stale_after)
    query = select(OpinionEvidence).where(OpinionEvidence.request_id == opinion.id)
    rows = work.session.scalars(query.order_by(OpinionEvidence.person_id)).all()
    work.audit("read_evidence", "read", subject=opinion, clauses=("LZ-10.5",))
    return {
        "id": opinion.id,
        "clauses": ["LZ-10.5"],
        "items": [
            {
                "person": row.person_id,
                "result_code": row.result_code,
                "searched_on": row.searched_on.isoformat(),
            }
            for row in rows
        ],
    }


OPINION_VIEWS = (
    Route(
        "GET",
        "/integrity-opinions/<id>/evidence",
        signed_in(evidence),
        ("线索核查结果(仅主要负责人)", "what the searches found, for the head alone"),
        clauses=("LZ-10.5",),
        on_item=lambda _: True,
    ),
)
