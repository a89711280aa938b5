"""What the desk's public page asks of intake, with the desk's own service token: to file, to follow, to add.

Nothing here is for a person's token. Who asks is not known, and nothing of how they came is kept. A code is never
stored, and codes that belong to nothing are answered alike, with the same work; the desk counts and slows the tries.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from contracts.refusals import Refusal, RefusalCode, concealed
from services.chassis.answers import remember, replayed
from services.chassis.http import Context, Route
from services.chassis.keys import KeyRing
from services.chassis.media import media_type_of
from services.chassis.papers import canonical, read_paper
from services.chassis.perform import ATTEMPTS, checked_form
from services.chassis.scanning import look_through
from services.chassis.tables import Paper
from services.chassis.work import Work, begin
from services.intake.acts.online import CLAUSE, add_to_report, file_report
from services.intake.acts.receipt_code import code_for, receipt_mark
from services.intake.domain.receipt import STAGES, as_typed, stage
from services.intake.papers.online import OnlineAddition, OnlineAnswer, OnlineReport, SentFiles
from services.intake.papers.telling import Acknowledgement, OutcomeTold
from services.intake.storage import Petition, ReceiptCode

ANSWERS = {
    Acknowledgement.__name__: "acknowledged",
    OutcomeTold.__name__: "outcome",
    OnlineAnswer.__name__: "answer",
}
"""Papers that say something to the petitioner, in their field `message`."""
MOST_BYTES = 8_000_000


def file_online(context: Context) -> Any:
    """`{"report", "files"}` → `{"code"}`; the same again to whoever repeats it with its key."""
    body = _asked(context, {"report", "files"})
    report = checked_form(OnlineReport, _part(body, "report"), CLAUSE)
    files = _files(context, body)

    def run(work: Work) -> dict[str, Any]:
        return {"id": file_report(work, report, files).id}

    petition = _once(context, "file_online", body, run)["id"]
    return {"code": code_for(context.runtime.ring, petition), "clauses": ["LZ-12.6"]}


def follow_online(context: Context) -> Any:
    """`{"code"}` → how far it is, and what was written to its petitioner, oldest first."""
    body = _asked(context, {"code"})
    with context.runtime.db.read() as session:
        petition = _found(session, context.runtime.ring, body)
        answers = _answers(session, context.runtime.ring, petition.id if petition else "")
        if petition is None:
            raise concealed()
    now = stage(petition.state, told=any(one["kind"] == "outcome" for one in answers))
    zh, en = STAGES[now]
    return {
        "stage": now, "stage_zh": zh, "stage_en": en, "received_on": petition.received_on.isoformat(),
        "answers": answers, "open": petition.state != "closed", "clauses": ["LZ-12.6"],
    }  # fmt: skip


def add_online(context: Context) -> Any:
    """`{"code", "addition", "files"}`: to the report with that code, once for each key."""
    body = _asked(context, {"code", "addition", "files"})
    addition = checked_form(OnlineAddition, _part(body, "addition"), CLAUSE)
    files = _files(context, body)

    def run(work: Work) -> dict[str, Any]:
        petition = _found(work.session, work.runtime.ring, body, lock=True)
        if petition is None:
            raise concealed()
        add_to_report(work, petition, addition, files)
        return {"id": petition.id}

    _once(context, "add_online", body, run)
    return {"added": True, "clauses": ["LZ-12.6"]}


def _once(
    context: Context, name: str, body: Mapping[str, Any], run: Callable[[Work], dict[str, Any]]
) -> dict[str, Any]:
    """Run in a unit of work, once for each idempotency key; two at the same time are one, and the other's answer."""
    key, digest = context.key(), sha256(canonical(body)).digest()
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with begin(context.runtime, traceparent=context.traceparent) as work:
                before = replayed(work, name, context.place(), key, digest)
                if before is not None:
                    return before
                answer = run(work)
                remember(work, name, context.place(), key, digest, ("", ""), answer)
            return answer
        except IntegrityError:
            if attempt == ATTEMPTS:
                raise
    raise AssertionError("unreachable")


def _asked(context: Context, names: set[str]) -> dict[str, Any]:
    """The body; raises Refusal where the desk does not ask, or the public page is switched off."""
    context.from_service("desk")
    if not context.runtime.settings.public_page:
        raise Refusal(RefusalCode.NOT_FOUND_ROUTE)
    body = context.json()
    if set(body) - names:
        raise Refusal(RefusalCode.UNKNOWN_FIELD)
    return body


def _part(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = body.get(name, {})
    if not isinstance(part, dict):
        raise Refusal(RefusalCode.MALFORMED, field=name)
    return part


def _files(context: Context, body: Mapping[str, Any]) -> list[bytes]:
    """The files, told by their content and looked through; raises Refusal at `files`."""
    sent = checked_form(SentFiles, {"files": body.get("files", [])}, CLAUSE)
    try:
        found = [base64.b64decode(one, validate=True) for one in sent.files]
        if sum(map(len, found)) > MOST_BYTES:
            raise Refusal(RefusalCode.TOO_LARGE)
        for one in found:
            media_type_of(one)
            look_through(context.runtime.settings.malware_scanner, one)
    except binascii.Error:
        raise Refusal(RefusalCode.MALFORMED, field="files") from None
    except Refusal as refusal:
        refusal.field = "files"
        raise
    return found


def _found(
    session: Session, ring: KeyRing, body: Mapping[str, Any], *, lock: bool = False
) -> Petition | None:
    code = body.get("code", "")
    if not isinstance(code, str) or not code:
        raise Refusal(RefusalCode.MISSING_FIELD, field="code")
    of_code = select(Petition).join(ReceiptCode, ReceiptCode.petition_id == Petition.id)
    of_code = of_code.where(ReceiptCode.mark == receipt_mark(ring, as_typed(code)))
    return session.scalars(of_code.with_for_update(of=Petition) if lock else of_code).one_or_none()


def _answers(session: Session, ring: KeyRing, petition_id: str) -> list[dict[str, str]]:
    of_petition = (Paper.subject_kind == Petition.KIND, Paper.subject_id == petition_id)
    query = select(Paper).where(*of_petition, Paper.kind.in_(ANSWERS)).order_by(Paper.at, Paper.id)
    papers = [(paper, read_paper(session, ring, paper)["form"]) for paper in session.scalars(query)]
    return [
        {"kind": ANSWERS[paper.kind], "on": paper.at.isoformat(), "text": str(form["message"])}
        for paper, form in papers
        if form.get("message")
    ]


ROUTES = (
    Route(
        "POST", "/online/reports", file_online, ("网上举报（仅工作台公众页）", "file a report; the desk's public page"),
        clauses=CLAUSE, keyed=True, takes="OnlineReportSent", answer="OnlineReceipt",
    ),
    Route(
        "POST", "/online/followed", follow_online, ("查询进度与答复（仅工作台公众页）", "follow a report; the desk's"),
        clauses=CLAUSE, takes="ReceiptAsked", answer="OnlineFollowed",
    ),
    Route(
        "POST", "/online/additions", add_online, ("补充举报（仅工作台公众页）", "add to a report; the desk's"),
        clauses=CLAUSE, keyed=True, takes="OnlineAdditionSent",
    ),
)  # fmt: skip
