"""What every service serves: items, their papers and clocks, the worklist, its acts, its health."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Any

from prometheus_client import generate_latest
from sqlalchemy import ColumnElement, and_, func, or_, select, text, tuple_
from werkzeug.wrappers import Response

from contracts.refusals import Refusal, RefusalCode, concealed
from services.chassis import operations
from services.chassis.access import By, require_fresh_directory, visible
from services.chassis.audit.tables import AuditEntry
from services.chassis.audit.witness import alarms
from services.chassis.clock import ZONE, local_date
from services.chassis.directory import directory_complete
from services.chassis.http import Context, Route, decide, json_response, perform_act, signed_in
from services.chassis.media import media_type_of
from services.chassis.metrics import ALARMS, INBOX, OUTBOX, REGISTRY
from services.chassis.openapi import document
from services.chassis.papers import attachments_of, papers_of, read_attachment, read_paper, upload
from services.chassis.perform import Hidden, lock_subject
from services.chassis.runtime import Kind, Runtime, ServiceDefinition
from services.chassis.tables import Approval, Attachment, Duty, Inbox, Installation, Outbox, Paper, Proposal
from services.chassis.work import Work, begin


def routes(runtime: Runtime) -> list[Route]:
    """The routes that follow from a service's declaration."""
    return declared_routes(runtime.definition)


def declared_routes(service: ServiceDefinition) -> list[Route]:
    """As `routes`; needs no running service."""
    found = [
        Route("GET", "/health", health, ("存活", "alive"), signed_in=False),
        Route("GET", "/ready", ready, ("就绪", "ready"), signed_in=False),
        Route("GET", "/metrics", metrics, ("指标", "metrics"), signed_in=False, gives="text/plain"),
        Route(
            "GET", "/acts", describe_acts, ("可办理事项及表单", "acts and their forms"), signed_in=False, answer="Acts"
        ),
        Route(
            "GET", "/worklist", signed_in(worklist), ("我的待办", "my worklist"), query=("limit",), answer="Worklist"
        ),
        Route(
            "POST", "/attachments", upload_attachment, ("上传附件", "upload an attachment"),
            takes="application/octet-stream", answer="Uploaded",
        ),
    ]  # fmt: skip
    for kind in service.kinds:
        found += _reading_routes(kind) + _acting_routes(service, kind)
    found += operations.ROUTES
    found += service.views
    described = partial(describe_api, service=service, routes=found)
    found.append(Route("GET", "/openapi.json", described, ("接口说明", "this interface"), signed_in=False))
    return found


def describe_api(_: Context, service: ServiceDefinition, routes: list[Route]) -> Any:
    """The OpenAPI document of this service."""
    return document(service.name, service.zh, service.en, routes)


def _reading_routes(kind: Kind) -> list[Route]:
    base, zh, en = f"/{kind.path}", kind.model.ZH, kind.model.EN
    return [
        Route(
            "GET",
            base,
            signed_in(partial(list_items, kind=kind)),
            (f"{zh}列表", f"list of {en}"),
            query=("limit", "cursor", "state"),
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
                schema=act.paper.model_json_schema(),
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


def list_items(context: Context, work: Work, *, kind: Kind) -> Any:
    """Newest first, in pages; only what the actor may know of, so counts and cursors show nothing else."""
    model, limit = kind.model, context.limit()
    query = select(model).where(visible(model, work.actor, kind.knows))
    if state := context.query("state"):
        query = query.where(model.state == state)
    if cursor := context.query("cursor"):
        query = query.where(tuple_(model.opened_on, model.id) < _uncursor(cursor))
    rows = work.session.scalars(
        query.order_by(model.opened_on.desc(), model.id.desc()).limit(limit + 1)
    ).all()
    page = rows[:limit]
    following = _cursor(page[-1]) if len(rows) > limit else None
    return {"items": [summary(row) for row in page], "next": following}


def summary(row: Any) -> dict[str, Any]:
    """References, codes and dates of an item."""
    zh, en = row.STATES.get(row.state, (row.state, row.state))
    listed = {
        "kind": row.KIND,
        "id": row.id,
        "no": row.no,
        "state": row.state,
        "state_zh": zh,
        "state_en": en,
        "version": row.version,
        "secrecy": row.secrecy,
        "office_id": row.office_id,
        "unit_id": row.unit_id,
        "handler_id": row.handler_id,
        "opened_on": row.opened_on.isoformat(),
        "changed_at": row.changed_at.isoformat(),
    }
    return listed | {name: getattr(row, name) for name in getattr(row, "SHOWN", ())}


def show_item(context: Context, work: Work, *, kind: Kind) -> Any:
    """An item with its clocks, proposals, papers (by title), timeline, and what the actor may do now."""
    row = item(context, work, kind)
    proposals = proposals_of(work, row)
    shown = summary(row) | {
        "kind_zh": kind.model.ZH,
        "kind_en": kind.model.EN,
        "duties": [duty_line(work, d) for d in duties_of(work, row)],
        "papers": [paper_line(work.runtime, p) for p in papers_of(work.session, row)],
        "attachments": [
            {"id": a.id, "media_type": a.media_type, "size": a.size, "paper": a.paper_id}
            for a in attachments_of(work.session, row)
        ],
        "proposals": proposals,
        "timeline": timeline(work, row),
        "acts": acts_now(work, row),
    }
    return json_response(shown, version=row.version)


def proposals_of(work: Work, row: Any) -> list[dict[str, Any]]:
    found = work.session.scalars(
        select(Proposal)
        .where(Proposal.subject_kind == row.KIND, Proposal.subject_id == row.id)
        .order_by(Proposal.proposed_at)
    ).all()
    approvals = work.session.scalars(
        select(Approval).where(Approval.proposal_id.in_([p.id for p in found]))
    ).all()
    lines = []
    for proposal in found:
        act = work.runtime.acts[row.KIND, proposal.act]
        step = act.approvals[min(proposal.step, len(act.approvals) - 1)]
        mine = proposal.status == "pending" and step.by.holds(work.actor, row)
        lines.append(
            {
                "id": proposal.id,
                "act": act.name,
                "zh": act.zh,
                "en": act.en,
                "status": proposal.status,
                "paper": proposal.paper_id,
                "digest": proposal.digest.hex(),
                "proposed_by": proposal.proposed_by,
                "proposed_at": proposal.proposed_at.isoformat(),
                "waits_for": list(step.by.roles),
                "step_zh": step.zh,
                "clause": step.clause,
                "mine_to_decide": mine,
                "decisions": [
                    {
                        "step": a.step,
                        "person": a.person_id,
                        "decision": a.decision,
                        "at": a.at.isoformat(),
                        "self_initiated": bool(a.self_initiated),
                    }
                    for a in approvals
                    if a.proposal_id == proposal.id
                ],
            }
        )
    return lines


def duties_of(work: Work, row: Any) -> list[Duty]:
    query = select(Duty).where(Duty.subject_kind == row.KIND, Duty.subject_id == row.id)
    return list(work.session.scalars(query.order_by(Duty.due_at, Duty.id)))


def duty_line(work: Work, duty: Duty) -> dict[str, Any]:
    """A clock with its clause, the days counted and its light: green, amber, red, grey."""
    return {
        "id": duty.id,
        "clause": duty.clause,
        "status": duty.status,
        "counted_from": duty.counted_from.isoformat(),
        "counted": json.loads(duty.counted),
        "due_on": local_date(duty.due_at).isoformat(),
        "due_at": duty.due_at.astimezone(ZONE).isoformat(),
        "provisional": bool(duty.provisional),
        "late": bool(duty.late),
        "calendar": duty.calendar_version,
        "owed_office": duty.office_id,
        "owed_role": duty.owed_role,
        "owed_person": duty.owed_person,
        "recipient": duty.recipient,
        "light": light(duty, work.today),
    }


def light(duty: Duty, today: date) -> str:
    """Met and late ones keep their colour; open ones go amber on the day before the last counted day."""
    if duty.status == "voided":
        return "grey"
    if duty.status == "met":
        return "red" if duty.late else "green"
    due_on = local_date(duty.due_at)
    if today > due_on:
        return "red"
    counted = [date.fromisoformat(day) for day in json.loads(duty.counted)]
    near = counted[-2] if len(counted) > 1 else due_on
    if today >= near:
        return "amber"
    return "grey" if duty.provisional else "green"


def paper_line(runtime: Runtime, paper: Paper) -> dict[str, Any]:
    act = runtime.acts.get((paper.subject_kind, paper.act))
    return {
        "id": paper.id,
        "kind": paper.kind,
        "zh": act.paper.ZH if act else "",
        "en": act.paper.EN if act else "",
        "act": paper.act,
        "at": paper.at.isoformat(),
        "by": paper.by_person,
        "sealed": bool(paper.sealed_to),
        "digest": paper.digest.hex(),
    }


def timeline(work: Work, row: Any) -> list[dict[str, Any]]:
    """What was done, by whom, under which clauses, from which state to which: the accepted audit entries."""
    entries = work.session.scalars(
        select(AuditEntry)
        .where(
            AuditEntry.subject_kind == row.KIND,
            AuditEntry.subject_id == row.id,
            AuditEntry.outcome == "accepted",
        )
        .order_by(AuditEntry.recorded_at, AuditEntry.id)
    )
    lines = []
    for entry in entries:
        name = entry.act.rpartition(":")[2]
        act = work.runtime.acts.get((row.KIND, name))
        body = json.loads(entry.body)
        lines.append(
            {
                "entry": entry.id,
                "act": entry.act,
                "zh": act.zh if act else entry.act,
                "en": act.en if act else entry.act,
                "at": entry.at.isoformat(),
                "person": entry.actor_person,
                "role": body["role"],
                "clauses": body["clauses"],
                "version": body["subject_version"],
                "from_state": body["facts"].get("from_state"),
                "to_state": body["facts"].get("to_state"),
            }
        )
    return lines


def acts_now(work: Work, row: Any) -> list[dict[str, Any]]:
    """Acts that this actor may perform on this item as it stands."""
    pending = set(
        work.session.scalars(
            select(Proposal.act).where(
                Proposal.subject_kind == row.KIND, Proposal.subject_id == row.id, Proposal.status == "pending"
            )
        )
    )
    return [
        {"name": act.name, "zh": act.zh, "en": act.en, "clauses": list(act.clauses)}
        for act in work.runtime.definition.acts
        if act.on is type(row)
        and not act.creates
        and not act.by_system
        and act.name not in pending
        and (not act.when or row.state in act.when)
        and any(rule.holds(work.actor, row) for rule in act.by)
    ]


def show_paper(context: Context, work: Work, *, kind: Kind) -> Any:
    row = item(context, work, kind)
    require_fresh_directory(work.session, work.runtime.settings.directory_stale_after)
    paper = work.session.get(Paper, context.path["paper"])
    if paper is None or (paper.subject_kind, paper.subject_id) != (row.KIND, row.id):
        raise concealed()
    content = read_paper(work.session, work.runtime.ring, paper)
    work.audit("read_paper", "read", subject=row, facts={"paper": paper.id})
    act = work.runtime.acts.get((row.KIND, paper.act))
    titles = {n: f.title or n for n, f in act.paper.model_fields.items()} if act else {}
    return paper_line(work.runtime, paper) | {"form": content["form"], "titles": titles}


def show_attachment(context: Context, work: Work, *, kind: Kind) -> Any:
    row = item(context, work, kind)
    require_fresh_directory(work.session, work.runtime.settings.directory_stale_after)
    attachment = work.session.get(Attachment, context.path["attachment"])
    if attachment is None or (attachment.subject_kind, attachment.subject_id) != (row.KIND, row.id):
        raise concealed()
    body = read_attachment(work.session, work.runtime.ring, attachment)
    work.audit("read_attachment", "read", subject=row, facts={"attachment": attachment.id})
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


def worklist(context: Context, work: Work) -> Any:
    """What waits for me: clocks that I owe, proposals that I may decide, items on which I can act now."""
    lines: list[dict[str, Any]] = []
    limit = context.limit()
    for kind in work.runtime.kinds.values():
        rows = {row.id: row for row in _items_to_act_on(work, kind, limit)}
        rows |= {row.id: row for row in _items_to_decide(work, kind, limit)}
        duties = _open_duties(work, kind, rows)
        for row in rows.values():
            clocks = [duty_line(work, d) for d in duties.get(row.id, [])]
            lines.append(
                summary(row)
                | {
                    "kind_zh": kind.model.ZH,
                    "path": kind.path,
                    "clocks": clocks,
                    "acts": acts_now(work, row),
                    "to_decide": [p for p in proposals_of(work, row) if p["mine_to_decide"]],
                }
            )
    lines.sort(key=lambda line: (min((c["due_at"] for c in line["clocks"]), default="9"), line["opened_on"]))
    return {"items": lines[:limit]}


def _items_to_act_on(work: Work, kind: Kind, limit: int) -> Iterable[Any]:
    model, actor = kind.model, work.actor
    by_rule: dict[By, set[str]] = {}
    for act in work.runtime.definition.acts:
        if act.on is model and not act.creates:
            for rule in act.by:
                if rule.has_role(actor):
                    by_rule.setdefault(rule, set()).update(act.when)
    for rule, states in by_rule.items():
        if states:
            yield from _oldest(
                work, kind, and_(model.state.in_(sorted(states)), rule.where(model, actor)), limit
            )


def _items_to_decide(work: Work, kind: Kind, limit: int) -> Iterable[Any]:
    model = kind.model
    for act in work.runtime.definition.acts:
        for number, step in enumerate(act.approvals if act.on is model else ()):
            if not step.by.has_role(work.actor):
                continue
            pending = select(Proposal.subject_id).where(
                Proposal.subject_kind == model.KIND,
                Proposal.act == act.name,
                Proposal.status == "pending",
                Proposal.step == number,
            )
            yield from _oldest(
                work, kind, and_(model.id.in_(pending), step.by.where(model, work.actor)), limit
            )


def _oldest(work: Work, kind: Kind, condition: ColumnElement[bool], limit: int) -> Iterable[Any]:
    model = kind.model
    query = select(model).where(condition, visible(model, work.actor, kind.knows))
    return work.session.scalars(query.order_by(model.opened_on, model.id).limit(limit)).all()


def _open_duties(work: Work, kind: Kind, rows: dict[str, Any]) -> dict[str, list[Duty]]:
    found = work.session.scalars(
        select(Duty)
        .where(Duty.subject_kind == kind.model.KIND, Duty.subject_id.in_(list(rows)), Duty.status == "open")
        .order_by(Duty.due_at)
    )
    by_item: dict[str, list[Duty]] = {}
    for duty in found:
        by_item.setdefault(duty.subject_id, []).append(duty)
    return by_item


def describe_acts(context: Context) -> Any:
    """Every act with its form: what the desk makes pages of."""
    described = []
    for act in context.runtime.definition.acts:
        if act.by_system:
            continue
        kind = context.runtime.kinds[act.on.KIND]
        described.append(
            {
                "name": act.name,
                "zh": act.zh,
                "en": act.en,
                "kind": act.on.KIND,
                "kind_zh": act.on.ZH,
                "path": kind.path,
                "creates": act.creates,
                "clauses": list(act.clauses),
                "when": list(act.when),
                "roles": sorted({role for rule in act.by for role in rule.roles}),
                "documents": [
                    {"kind": d.kind, "zh": d.zh, "clause": d.clause, "required": d.required}
                    for d in act.documents
                ],
                "approvals": [
                    {"zh": s.zh, "roles": list(s.by.roles), "clause": s.clause} for s in act.approvals
                ],
                "paper_zh": act.paper.ZH,
                "paper_en": act.paper.EN,
                "form": act.paper.model_json_schema(),
            }
        )
    return {"service": context.runtime.name, "acts": described}


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


def _cursor(row: Any) -> str:
    return base64.urlsafe_b64encode(f"{row.opened_on.isoformat()}|{row.id}".encode()).decode()


def _uncursor(cursor: str) -> tuple[date, str]:
    try:
        day, _, item_id = base64.urlsafe_b64decode(cursor.encode()).decode().partition("|")
        if "\x00" in item_id:
            raise ValueError
        return date.fromisoformat(day), item_id
    except ValueError:
        raise Refusal(RefusalCode.INVALID_FIELD, field="cursor") from None
