"""What intake shows beside its items: sealed deliveries to their addressee, packages to the archive."""

from __future__ import annotations

import base64
from typing import Any

from sqlalchemy import select

from contracts.refusals import concealed
from services.chassis.http import Context, Route, signed_in
from services.chassis.package_views import package_route
from services.chassis.work import Work
from services.intake.acts import import_rows
from services.intake.storage import Petition, SealedPart


def sealed_parts(context: Context, work: Work) -> Any:
    """The ciphertexts of a delivered petition: for its addressee, who alone can open them. The reading is logged."""
    petition = work.session.get(Petition, context.path["id"])
    parts = work.session.scalars(
        select(SealedPart)
        .where(SealedPart.petition_id == context.path["id"], SealedPart.addressee_id == work.actor.person_id)
        .order_by(SealedPart.part)
    ).all()
    if petition is None or not parts:
        work.audit(
            "read_sealed",
            "refused",
            subject_kind="petition",
            subject_id=context.path["id"][:64],
            code="SEALED_ITEM",
            clauses=("LZ-12.3",),
        )
        work.session.commit()
        raise concealed()
    work.audit("read_sealed", "read", subject=petition, clauses=("LZ-12.3",))
    return {"id": petition.id, "parts": [base64.b64encode(part.body).decode() for part in parts]}


VIEWS = (
    Route(
        "GET",
        "/petitions/<id>/sealed",
        signed_in(sealed_parts),
        ("密件（仅收件人）", "a sealed item, for its addressee"),
        clauses=("LZ-12.3",),
        counted_as="/petitions/<id>",
    ),
    package_route(),
    *import_rows.ROUTES,
)
