"""What every service serves: items, their papers and clocks, the worklist, its acts, its health."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from hashlib import sha256
from typing import Any

from prometheus_client import generate_latest
from sqlalchemy import func, or_, select, text
from werkzeug.wrappers import Response

from contracts.refusals import Refusal, RefusalCode, concealed
from services.chassis import operations, reconciling_views, trail_views
from services.chassis.access import require_fresh_directory
from services.chassis.audit.witness import alarms
from services.chassis.clock_overview import clock_counts, clocks_behind
from services.chassis.described import describe_acts, describing
from services.chassis.directory import directory_complete
from services.chassis.exports import export_register
from services.chassis.gaps import gap_line, gaps_of
from services.chassis.http import Context, Route, Routing, decide, json_response, perform_act, signed_in
from services.chassis.lines import (
    clocks_of,
    duty_line,
    form_of_paper,
    paper_line,
    proposals_of,
    summary,
    timeline,
)
from services.chassis.lists import list_items, reading, worklist
from services.chassis.locking import Hidden, lock_subject
from services.chassis.media import media_type_of
from services.chassis.metrics import ALARMS, INBOX, OUTBOX, REGISTRY
from services.chassis.offers import acts_offered, not_now
from services.chassis.papers import attachments_of, papers_of, read_attachment, read_paper, upload
from services.chassis.printed import in_print, titles_of
from services.chassis.reasons import tell_reasons
from services.chassis.runtime import Kind, ServiceDefinition
from services.chassis.scanning import look_through
from services.chassis.standing import Standing
from services.chassis.tables import Attachment, Inbox, Installation, Outbox, Paper
from services.chassis.what_if import what_if
from services.chassis.whereabouts import whereabouts
from services.chassis.work import Work, begin


@cache
def routing(service: ServiceDefinition) -> Routing:
    """The routes that follow from a service's declaration, with their addresses."""
    return Routing(service.name, declared_routes(service))


def declared_routes(service: ServiceDefinition) -> list[Route]:
    """The routes that follow from a service's declaration, for a description of them."""
    found = [
        Route("GET", "/health", health, ("存活", "alive"), signed_in=False),
        Route("GET", "/ready", ready, ("就绪", "ready"), signed_in=False),
        Route("GET", "/metrics", metrics, ("指标", "metrics"), signed_in=False, gives="text/plain"),
        Route(
            "GET", "/acts", describe_acts, ("可办理事项及表单", "acts and their forms"), signed_in=False, answer="Acts"
        ),
        Route(
            "GET", "/worklist", reading(worklist), ("我的待办", "my worklist"), query=("limit",), answer="Worklist"
        ),
        Route(
            "GET", "/whereabouts", reading(whereabouts), ("按编号查找事项所在", "where items are, by their ids"),
            query=("ids",), answer="Whereabouts",
        ),
        Route(
            "GET", "/clocks", reading(clock_counts),
            ("未结时限（按机构、条款）", "open clocks by office and clause"), answer="ClockCounts",
        ),
        Route(
            "GET", "/clocks/behind", reading(clocks_behind), ("时限明细", "the clocks behind one of the numbers"),
            query=("office", "clause", "when", "limit", "cursor"), answer="ClocksBehind",
        ),
        Route(
            "GET", "/what-if", reading(what_if),
            ("改变时限数值的推演（只计算，不保存）", "clocks with another value; nothing is stored"),
            query=("what_clause", "what_name", "what_amount", "what_unit", "what_from", "what_to", "limit", "cursor"),
            answer="WhatIf",
        ),
        Route(
            "GET", "/exports/<kind>", signed_in(export_register),
            ("导出台账（留痕）", "a register as a whole; the export is logged"),
            query=("state", "opened_from", "opened_to"), answer="Exported",
        ),
        Route(
            "POST", "/attachments", upload_attachment, ("上传附件", "upload an attachment"),
            takes="application/octet-stream", answer="Uploaded",
        ),
    ]  # fmt: skip
    for kind in service.kinds:
        found += _reading_routes(kind) + _acting_routes(service, kind)
    found += operations.ROUTES
    found += reconciling_views.ROUTES
    found += trail_views.ROUTES
    found += service.views
    described = describing(service, found)  # itself among them: it is asked for later
    found.append(Route("GET", "/openapi.json", described, ("接口说明", "this interface"), signed_in=False))
    return found


def _reading_routes(kind: Kind) -> list[Route]:
    base, zh, en = f"/{kind.path}", kind.model.ZH, kind.model.EN
    return [
        Route(
            "GET",
            base,
            reading(partial(list_items, kind=kind)),
            (f"{zh}列表", f"list of {en}"),
            query=("limit", "cursor", "state", "opened_from", "opened_to"),
            answer="ItemPage",
        ),
        Route("GET", f"{base}/<id>", signed_in(partial(show_item, kind=kind)), (zh, en), answer="ShownItem"),
        Route(
            "GET",
            f"{base}/<id>/papers/<paper>",
            signed_in(partial(show_paper, kind=kind)),
            ("文书（阅览留痕）", "a paper; the reading is logged"),
            answer="ShownPaper",
        ),
        Route(
            "GET",
            f"{base}/<id>/attachments/<attachment>",
            signed_in(partial(show_attachment, kind=kind)),
            ("附件（阅览留痕）", "an attachment; the reading is logged"),
            gives="application/octet-stream",
        ),
    ]


def _acting_routes(service: ServiceDefinition, kind: Kind) -> list[Route]:
    base, found = f"/{kind.path}", []
    for act in service.acts:
        if act.on is not kind.model or act.by_system:
            continue
        path = f"{base}/{act.name}" if act.creates else f"{base}/<id>/{act.name}"
        found.append(
            Route(
                "POST",
                path,
                partial(perform_act, act=act),
                (act.zh, act.en),
                name=act.name,
                clauses=act.clauses,
                act=act,
                keyed=True,
                answer="ActAnswer",
            )
        )
    if any(act.approvals for act in service.acts if act.on is kind.model):
        for word, approve, names in (
            ("approve", True, ("批准", "approve")),
            ("return", False, ("退回", "return")),
        ):
            handler = partial(_decide_on, kind=kind, approve=approve)
            path = f"{base}/<id>/proposals/<proposal>/{word}"
            found.append(
                Route("POST", path, handler, names, keyed=True, takes="Decision", answer="ActAnswer")
            )
    return found


def _decide_on(context: Context, kind: Kind, *, approve: bool) -> Response:
    context.path = {**context.path, "kind": kind.model.KIND}
    return decide(context, approve=approve)


def item(context: Context, work: Work, kind: Kind) -> Any:
    """The item of the path, if the actor may know of it; the refusal is audited, the answer that of an unknown id."""
    try:
        return lock_subject(
            work.session, kind.model, context.path["id"], work.actor, kind.knows, for_update=False
        )
    except Hidden as hidden:
        work.audit("read", "refused", subject=hidden.subject, code=hidden.code.value)
    except Refusal as unknown:  # noted too: neither time nor work tells an unknown item from a hidden one
        model, asked = kind.model, context.path["id"]
        work.audit("read", "refused", subject_kind=model.KIND, subject_id=asked, code=unknown.code.value)
    work.session.commit()  # the answer rolls back what is left of the reading
    raise concealed()


def show_item(context: Context, work: Work, *, kind: Kind) -> Any:
    """An item with its clocks, proposals, papers (by title), timeline; what the actor may do now, what not and why."""
    row = item(context, work, kind)
    standing = Standing(work.session, row)
    proposals = proposals_of(work, row, standing)
    tell_reasons(work, row, proposals)
    shown = summary(row) | {
        "kind_zh": kind.model.ZH,
        "kind_en": kind.model.EN,
        "duties": [duty_line(work, d) for d in clocks_of(work, row)],
        "papers": [paper_line(work.runtime, p) for p in papers_of(work.session, row)],
        "attachments": [
            {"id": a.id, "media_type": a.media_type, "size": a.size, "paper": a.paper_id}
            for a in attachments_of(work.session, row)
        ],
        "proposals": proposals,
        "timeline": timeline(work, row),
        "acts": acts_offered(work, row, standing),
        "not_now": not_now(work, row, standing),
        "gaps": [gap_line(gap) for gap in gaps_of(work.session, row)],
        "beside": beside(work, kind, row),
    }
    return json_response(shown, version=row.version)


def beside(work: Work, kind: Kind, row: Any) -> list[dict[str, str]]:
    """The views that the service shows beside an item, without those that are for other posts."""
    start = f"/{kind.path}/<id>/"
    views = [
        v
        for v in work.runtime.definition.views
        if v.path.startswith(start) and v.on_item is not None and v.on_item(row)
        if not v.readers or any(by.holds(work.actor, row) for by in v.readers)
    ]
    return [
        {"name": view.path.removeprefix(start), "zh": view.summary[0], "en": view.summary[1]}
        for view in views
    ]


def _readable(context: Context, work: Work, kind: Kind, reading: str) -> Any:
    """The item, if the actor may read what is on file now; a refusal is audited."""
    row = item(context, work, kind)
    require_fresh_directory(work.session, work.runtime.settings.directory_stale_after)
    _asked_first(work, row, kind.before_reading, reading)
    return row


def _asked_first(work: Work, row: Any, ask: Callable[[Work, Any], Any] | None, reading: str) -> Any:
    """What a kind asks before a reading; a refusal is audited."""
    if ask is None:
        return None
    try:
        return ask(work, row)
    except Refusal as refusal:
        work.audit(reading, "refused", subject=row, code=refusal.code.value, clauses=refusal.clauses)
        work.session.commit()
        raise


def show_paper(context: Context, work: Work, *, kind: Kind) -> Any:
    row = _readable(context, work, kind, "read_paper")
    paper = work.session.get(Paper, context.path["paper"])
    if paper is None or (paper.subject_kind, paper.subject_id) != (row.KIND, row.id):
        raise concealed()
    content = read_paper(work.session, work.runtime.ring, paper)
    work.audit("read_paper", "read", subject=row, facts={"paper": paper.id})
    filled_in = form_of_paper(work.runtime, paper)
    return paper_line(work.runtime, paper) | {
        "form": content["form"],
        "titles": titles_of(filled_in) if filled_in else {},
        "printed": in_print(filled_in),
    }


def show_attachment(context: Context, work: Work, *, kind: Kind) -> Any:
    row = _readable(context, work, kind, "read_attachment")
    attachment = work.session.get(Attachment, context.path["attachment"])
    if attachment is None or (attachment.subject_kind, attachment.subject_id) != (row.KIND, row.id):
        raise concealed()
    said = _asked_first(work, row, kind.before_taking, "read_attachment") or {}
    body = read_attachment(work.session, work.runtime.ring, attachment)
    work.audit("read_attachment", "read", subject=row, facts={"attachment": attachment.id} | said)
    response = Response(body, mimetype=attachment.media_type)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Disposition"] = f'attachment; filename="{attachment.id}"'
    return response


def upload_attachment(context: Context) -> Any:
    """A scan or recording as the raw body; the type is told from the content, not from what the client says."""
    claims = context.claims()
    body = context.request.get_data()
    if len(body) > context.runtime.settings.max_attachment:
        raise Refusal(RefusalCode.TOO_LARGE)
    media_type = media_type_of(body)
    try:
        look_through(context.runtime.settings.malware_scanner, body)
    except Refusal as refusal:
        with begin(context.runtime) as work:
            work.actor = context.actor(work)
            work.audit(
                "upload_attachment", "refused", subject_kind="attachment", code=refusal.code.value,
                digests={"content": sha256(body).digest()},
            )  # fmt: skip
        raise
    with begin(context.runtime) as work:
        work.actor = context.actor(work)
        if work.actor.account_id != claims.account_id:
            raise Refusal(RefusalCode.UNAUTHENTICATED)
        row = upload(work.session, context.runtime.ring, work.actor.person_id, media_type, body, work.real)
        work.audit(
            "upload_attachment",
            "accepted",
            subject_kind="attachment",
            subject_id=row.id,
            digests={"content": row.digest},
            facts={"size": row.size},
        )
        answer = {"id": row.id, "media_type": row.media_type, "size": row.size, "sha256": row.digest.hex()}
    return json_response(answer, status=201)


def health(context: Context) -> Any:
    return {"service": context.runtime.name, "status": "alive"}


def ready(context: Context) -> Any:
    """Ready once the database answers and the directory has arrived; shows time and counts, no business data."""
    runtime = context.runtime
    with runtime.db.read() as session:
        session.execute(text("select 1"))
        installation = session.scalars(select(Installation)).one_or_none()
        complete = installation is not None and directory_complete(session)
        waiting = session.scalar(select(func.count()).select_from(Outbox).where(Outbox.status != "sent"))
        parked = session.scalar(select(func.count()).select_from(Inbox).where(Inbox.status == "parked"))
        received = session.scalar(select(func.count()).select_from(Inbox).where(Inbox.status == "received"))
    now = installation.now if installation else None
    body = {
        "service": runtime.name,
        "ready": complete,
        "installation": installation.id if installation else "",
        "time_mode": installation.time_mode if installation else "",
        "now": now.isoformat() if now else None,
        "outbox": waiting,
        "inbox": received,
        "parked": parked,
    }
    if installation is not None and installation.restore_id:  # put back, and waits for its new epoch
        body["restore_id"] = installation.restore_id
    return json_response(body, status=200 if complete else 503)


def metrics(context: Context) -> Any:
    runtime = context.runtime
    with runtime.db.read() as session:
        unsent = session.scalar(
            select(func.count())
            .select_from(Outbox)
            .where(or_(Outbox.status == "new", Outbox.status == "numbered"))
        )
        OUTBOX.labels(runtime.name).set(unsent or 0)
        for status in ("received", "parked"):
            count = session.scalar(select(func.count()).select_from(Inbox).where(Inbox.status == status))
            INBOX.labels(runtime.name, status).set(count or 0)
        ALARMS.labels(runtime.name).set(len(alarms(session)))
    return Response(generate_latest(REGISTRY), mimetype="text/plain")
