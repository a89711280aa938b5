"""Taking over an office's ledger: each row a petition, exactly once, in batches (LZ-12.1, LZ-12.2, LZ-12.3).

Rows without a class are their registrar's alone until they are classed. Open ones get the same-day clock of
LZ-12.3, overdue ones for digests only; closed ones get no clock and tell nobody. Names are not looked up in
the roster: they stay in the encrypted paper.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from pydantic import ValidationError
from sqlalchemy import Row, select

from contracts.refusals import Refusal, RefusalCode, problem
from services.chassis import bulk
from services.chassis.access import visible
from services.chassis.act import Act
from services.chassis.answers import remember, replayed
from services.chassis.audit.trail import lease
from services.chassis.http import Context, Route, json_response, signed_in
from services.chassis.perform import Request, audited
from services.chassis.performance import Performance
from services.chassis.subject import UNCLASSED
from services.chassis.tables import DirectoryOffice
from services.chassis.work import Work
from services.intake.acts.ledger_key import registrars_own
from services.intake.acts.register import CLOCKS, OFFICE
from services.intake.acts.vault import keep_identity
from services.intake.domain.ledger.values import Channel
from services.intake.papers.ledger import MOST_ROWS, LedgerEntry, LedgerFile
from services.intake.papers.petitioner import Naming, Petitioner
from services.intake.storage import ImportedLedger, Petition

Importing = Performance[Petition, LedgerEntry]

CHANNEL_NOT_STATED = "not_stated"
OUTCOME = "imported"


def dates_in_order(p: Importing) -> None:
    """Nothing is received or closed tomorrow, and nothing is closed before it came."""
    paper = p.paper
    if paper.received_on > p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="received_on")
    if paper.closed_on is None:
        return
    if not paper.closed:
        raise p.refuse(RefusalCode.OUT_OF_RANGE, field="closed")
    if not paper.received_on <= paper.closed_on <= p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="closed_on")


def occurrence_told(p: Importing) -> None:
    """A row without a number says which of its equals it is."""
    if (p.paper.ledger_no is None) is not (p.paper.occurrence > 0):
        raise p.refuse(RefusalCode.INVALID_FIELD, field="occurrence")


def open_imported(p: Importing) -> Petition:
    """The petition of a row. A transfer in a ledger names no unit and no days, so it measures no unit (LZ-12.5)."""
    actor, paper = p.work.actor, p.paper
    identity: _Identity = p.known["identity"]
    return Petition(
        id=uuid4().hex,
        no="",
        state="closed" if paper.closed else "registered",
        version=0,
        secrecy=UNCLASSED,
        office_id=actor.office_id,
        liaison_office_id=p.known["liaison_office"],
        unit_id="",
        registrar_id=actor.person_id,
        handler_id=actor.person_id,
        addressee_id="",
        opened_on=paper.received_on,
        changed_at=p.work.now,
        received_on=paper.received_on,
        channel=paper.channel.value if isinstance(paper.channel, Channel) else CHANNEL_NOT_STATED,
        class_code="",
        transferred=False,
        unit_received_on=None,
        transferred_on=None,
        in_scope=None,
        platform_no="",
        outcome_code=OUTCOME if paper.closed else "",
        clue_id="",
        department_id="",
        duplicate_of="",
        replied_on=None,
        imported=True,
        natural_key=identity.key,
        ledger_mark=identity.mark,
        sender_id="",
        rule_version="",
        naming=(Naming.NAMED if paper.reporters else Naming.ANONYMOUS).value,
        petitioners=len(paper.reporters),
    )


IMPORT_PETITION = Act(
    name="import_petition",
    zh="台账导入",
    en="Take over from a ledger",
    clauses=("LZ-12.1", "LZ-12.2", "LZ-12.3"),
    on=Petition,
    by=(),
    paper=LedgerEntry,
    new=open_imported,
    guards=(dates_in_order, occurrence_told),
    opens=CLOCKS,
)
"""Of one row. No office performs it by itself: it is done by the batch, for its own office."""


@dataclass(frozen=True)
class _Identity:
    """Keyed fingerprints of a row's natural key and of its content: found again, and not to be guessed."""

    key: str
    mark: bytes

    @classmethod
    def of(cls, p: Importing) -> _Identity:
        ring = p.work.runtime.ring
        key = p.paper.ledger_row.key_at(p.work.actor.office_id, p.paper.occurrence)
        return cls(ring.mark("ledger key", key.encode()).hex(), ring.mark("ledger row", p.paper.content))


def what_an_import_needs(_: Context, work: Work) -> Any:
    """The office that rows are imported for, the installation's date, and how many rows a batch may have."""
    check_may_import(work)
    return {"office_id": work.actor.office_id, "today": work.today.isoformat(), "most_rows": MOST_ROWS}


def import_rows(context: Context) -> Any:
    """`POST /petitions/import_rows`: `{"rows": […], "ledger": {"digest", "year"}}`, one transaction.

    Answers `{row, status: imported|repeated|refused, id?, code?, field?, reason_zh?, reason_en?}` for each row in
    its order; a bad row spoils no other. An `id` is given to who may know of the petition.
    """
    request = Request(
        claims=context.claims(),
        act=IMPORT_PETITION,
        path=context.place(),
        key=context.key(),
        paper=context.json(),
        traceparent=context.traceparent,
    )
    return json_response(
        audited(context.runtime, request, lambda work: import_batch(work, request), request.act, None)
    )


def import_batch(work: Work, request: Request) -> dict[str, Any]:
    """Take the rows of a request in this transaction, once for its key; raises Refusal for the batch as a whole."""
    check_may_import(work)
    before = replayed(work, "import_rows", request.path, request.key, request.digest)
    if before is not None:
        return before
    rows, ledger = _batch(request.paper)
    lease(work.session, f"import {work.actor.office_id}")
    _remember_ledger(work, ledger)
    lines = _Batch(work).take(rows)
    counts = Counter(line["status"] for line in lines)
    told = {status: counts[status] for status in ("imported", "repeated", "refused")}
    facts = {**told, "year": ledger.year or 0}
    entry = work.audit(
        "import_rows", "accepted", subject_kind="ledger", subject_id=ledger.digest,
        clauses=IMPORT_PETITION.clauses, facts=facts,
    )  # fmt: skip
    answer = {**told, "rows": lines, "audit_entry": entry, "clauses": list(IMPORT_PETITION.clauses)}
    remember(
        work, "import_rows", request.path, request.key, request.digest, ("ledger", ledger.digest), answer
    )
    return answer


class _Batch:
    """The rows of one batch on their way to petitions."""

    def __init__(self, work: Work) -> None:
        self.work = work
        office = work.session.get(DirectoryOffice, work.actor.office_id)
        self.liaison_office = office.liaison_office_id if office else ""
        self.lines: list[dict[str, Any]] = []
        self.new: dict[str, tuple[Importing, dict[str, Any]]] = {}

    def take(self, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        good = [(p, line, self._identified(p)) for p, line in map(self._checked, rows) if p is not None]
        known = self._known([identity.key for _, _, identity in good])
        marks = {key: row.ledger_mark for key, row in known.items()}
        for p, line, identity in good:
            if identity.key not in marks:
                marks[identity.key] = identity.mark
                self.new[identity.key] = (p, line)
                line["status"] = "imported"
            elif marks[identity.key] in (
                identity.mark,
                None,
            ):  # None: delivered, its content is not here any more
                line["status"] = "repeated"
                if identity.key in known and known[identity.key].shown:
                    line["id"] = known[identity.key].id
            else:
                _refuse(line, p.refuse(RefusalCode.DUPLICATE, field="ledger_no"))
        bulk.open_all(self.work, IMPORT_PETITION, [p for p, _ in self.new.values()])
        for p, line in self.new.values():
            line["id"] = p.subject.id
            petitioners = tuple(Petitioner(name=name) for name in p.paper.reporters)
            keep_identity(self.work.session, self.work.runtime.ring, p.subject.id, petitioners)
        return self.lines

    def _checked(self, given: Mapping[str, Any]) -> tuple[Importing | None, dict[str, Any]]:
        number = given.get("row")
        line: dict[str, Any] = {"row": number if isinstance(number, int) else None}
        self.lines.append(line)
        try:
            return bulk.checked(self.work, IMPORT_PETITION, given), line
        except Refusal as refusal:
            _refuse(line, refusal)
            return None, line

    def _identified(self, p: Importing) -> _Identity:
        identity = _Identity.of(p)
        p.known |= {"identity": identity, "liaison_office": self.liaison_office}
        return identity

    def _known(self, keys: Sequence[str]) -> dict[str | None, Row[str | None, str, bytes | None, bool]]:
        """Petitions under these keys or the actor's own ones; `shown`: whether the actor may know of it."""
        ring, person = self.work.runtime.ring, self.work.actor.person_id
        own = {registrars_own(ring, person, key): key for key in keys}
        knows = self.work.runtime.kinds[Petition.KIND].knows
        shown = visible(Petition, self.work.actor, knows).label("shown")
        query = select(Petition.natural_key, Petition.id, Petition.ledger_mark, shown)
        rows = self.work.session.execute(query.where(Petition.natural_key.in_([*keys, *own]))).all()
        others = {row.natural_key: row for row in rows if row.natural_key not in own}
        return others | {own[row.natural_key]: row for row in rows if row.natural_key in own}


def check_may_import(work: Work) -> None:
    """Raises Refusal(WRONG_ROLE) unless the actor imports for an office of their own."""
    if not OFFICE.has_role(work.actor) or not work.actor.office_id:
        raise Refusal(RefusalCode.WRONG_ROLE, clauses=IMPORT_PETITION.clauses)


def _batch(body: Mapping[str, Any]) -> tuple[list[Mapping[str, Any]], LedgerFile]:
    """The parts of the body; raises Refusal."""
    if set(body) - {"rows", "ledger"}:
        raise Refusal(RefusalCode.UNKNOWN_FIELD)
    rows = body.get("rows")
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise Refusal(RefusalCode.MALFORMED, field="rows")
    if len(rows) > MOST_ROWS:
        raise Refusal(RefusalCode.OUT_OF_RANGE, field="rows")
    try:
        return rows, LedgerFile.model_validate(body.get("ledger"), strict=True)
    except ValidationError:
        raise Refusal(RefusalCode.MALFORMED, field="ledger") from None


def _remember_ledger(work: Work, ledger: LedgerFile) -> None:
    """The year is part of natural keys: the same file under another year would double its rows."""
    key = (work.actor.office_id, ledger.digest)
    known = work.session.get(ImportedLedger, key)
    if known is None:
        work.session.add(ImportedLedger(office_id=key[0], digest=key[1], year=ledger.year, first_at=work.now))
    elif known.year != ledger.year:
        raise Refusal(
            RefusalCode.DUPLICATE,
            field="ledger.year",
            detail_zh="此台账文件已按另一年度导入;换年度会使每行重复登记,请用原年度。",
            detail_en="This file was imported under another year, which would double its rows; use that year.",
        )


def _refuse(line: dict[str, Any], refusal: Refusal) -> None:
    told = problem(refusal)
    name = (refusal.field or "").partition(".")[0]
    known = LedgerEntry.model_fields.get(name)
    zh, en = (f"{known.title}:", f"{name}: ") if known is not None else ("", "")
    line |= {
        "status": "refused",
        "code": refusal.code.value,
        "field": refusal.field,
        "reason_zh": f"{zh}{told['detail']}",
        "reason_en": f"{en}{told['detail_en']}",
    }


ROUTES = (
    Route(
        "GET",
        "/petitions/import_rows",
        signed_in(what_an_import_needs),
        ("导入所需信息", "what an import needs to know"),
        clauses=IMPORT_PETITION.clauses,
    ),
    Route(
        "POST",
        "/petitions/import_rows",
        import_rows,
        ("导入台账", "import rows of a ledger"),
        name="import_rows",
        clauses=IMPORT_PETITION.clauses,
        keyed=True,
        takes="application/json",
    ),
)
