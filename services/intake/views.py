"""What intake shows beside its items: sealed deliveries to their addressee, packages to the archive."""

from __future__ import annotations

import base64
import json
from typing import Any

from sqlalchemy import select

from contracts.refusals import Refusal, RefusalCode, concealed
from services.chassis.access import require_fresh_directory, visible
from services.chassis.clock import ZONE
from services.chassis.http import Context, Route, signed_in
from services.chassis.package_views import package_route
from services.chassis.resources import item
from services.chassis.trend_views import trend_routes
from services.chassis.work import Work
from services.intake import online
from services.intake.acts import import_rows
from services.intake.acts.identity import CLAUSE as IDENTITY
from services.intake.acts.identity import released
from services.intake.acts.vault import open_identity
from services.intake.domain.ways_in import Channel
from services.intake.ledgers import routes as ledgers
from services.intake.receipts import follow, receipt_code
from services.intake.related import related
from services.intake.searching import search_petitions
from services.intake.storage import Petition, PetitionAnalysis, ReferralBatch, ReferredSerial, SealedPart
from services.intake.trends import TRENDS


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


def petitioners(context: Context, work: Work) -> Any:
    """Who a petition is from: for whom two persons released it, while the release lasts. Every try is audited."""
    petition = item(context, work, work.runtime.kinds[Petition.KIND])
    allowed = released(work.session, petition.id, work.actor.person_id, work.now)
    if allowed is None:
        code = RefusalCode.APPROVAL_REQUIRED
        work.audit("read_identity", "refused", subject=petition, code=code.value, clauses=(IDENTITY,))
        work.session.commit()
        raise Refusal(code, clauses=(IDENTITY,))
    require_fresh_directory(work.session, work.runtime.settings.directory_stale_after)
    kept = open_identity(work.session, work.runtime.ring, petition.id)
    work.audit("read_identity", "read", subject=petition, clauses=(IDENTITY,), facts={"release": allowed.id})
    return {
        "id": petition.id,
        "petitioners": [one.model_dump() for one in kept.petitioners] if kept else [],
        "until": allowed.until.astimezone(ZONE).isoformat(),
        "clauses": [IDENTITY],
    }


def serials(context: Context, work: Work) -> Any:
    """The serials of a batch, each with the petition that it is registered as, if the reader may know of that one."""
    kinds = work.runtime.kinds
    batch = item(context, work, kinds[ReferralBatch.KIND])
    of_batch = ReferredSerial.batch_id == batch.id
    rows = work.session.scalars(select(ReferredSerial).where(of_batch).order_by(ReferredSerial.serial)).all()
    known = set(
        work.session.scalars(
            select(Petition.id).where(
                Petition.id.in_([row.petition_id for row in rows]),
                visible(Petition, work.actor, kinds[Petition.KIND].knows),
            )
        )
    )
    lines = [
        {"serial": row.serial, "registered": bool(row.petition_id),
         "petition": row.petition_id if row.petition_id in known else ""}
        for row in rows
    ]  # fmt: skip
    return {"id": batch.id, "serials": lines, "clauses": ["XC-39.0d"]}


def trend(context: Context, work: Work) -> Any:
    """The figures of an analysis: how many petitions of each class came in each month."""
    analysis = item(context, work, work.runtime.kinds[PetitionAnalysis.KIND])
    figures = json.loads(analysis.figures)
    return {"id": analysis.id, "unit_id": analysis.unit_id, "figures": figures, "clauses": ["GL-3.13"]}


VIEWS = (
    *trend_routes(TRENDS),
    Route(
        "POST",
        "/petitions/search",
        signed_in(search_petitions),
        ("查找信访件（查询留痕）", "find petitions; the search is logged"),
        takes="PetitionSearch",
        answer="ItemPage",
    ),
    Route(
        "GET",
        "/petitions/<id>/related",
        signed_in(related),
        ("关联件与疑似重复件（阅览留痕）", "linked petitions and candidates; logged"),
        clauses=("LZ-12.6",),
        on_item=lambda _: True,
    ),
    Route(
        "GET",
        "/petitions/<id>/receipt_code",
        signed_in(receipt_code),
        ("网络举报查询码（阅览留痕）", "the receipt code of an online petition; logged"),
        clauses=("LZ-12.6",),
        on_item=lambda petition: petition.channel == Channel.ONLINE,
    ),
    Route(
        "POST",
        "/receipts",
        follow,
        ("凭查询码查询办理进度", "follow a petition by its receipt code"),
        signed_in=False,
        takes="ReceiptAsked",
    ),
    Route(
        "GET",
        "/referrals/<id>/serials",
        signed_in(serials),
        ("批次内信访件", "the serials of a batch"),
        clauses=("XC-39.0d",),
        on_item=lambda _: True,
    ),
    Route(
        "GET",
        "/analyses/<id>/trend",
        signed_in(trend),
        ("分类趋势", "the trend by class"),
        clauses=("GL-3.13",),
        on_item=lambda _: True,
    ),
    Route(
        "GET",
        "/petitions/<id>/petitioners",
        signed_in(petitioners),
        ("反映人身份（两人审批后阅览，留痕）", "the petitioners, once two persons released them; logged"),
        clauses=(IDENTITY,),
        on_item=lambda petition: petition.petitioners > 0,
    ),
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
    *ledgers.ROUTES,
    *online.ROUTES,
)
