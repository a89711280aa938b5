"""The form of an act: drawn from its declaration, sent once, kept as typed when it is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from sqlalchemy.dialects import postgresql, sqlite
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from contracts.refusals import Refusal, RefusalCode, problem
from services.chassis.clock import real_now
from services.chassis.http import Context, Route
from services.desk.pages import drafting
from services.desk.pages.browser import LANGUAGE, page, set_cookie
from services.desk.pages.fields import Field, Typed, asked_now, fields_of, read, rows_typed
from services.desk.pages.references import holds_offices, registers_for
from services.desk.pages.render import redirect, secured
from services.desk.pages.visit import Away, NoSuchPage, Refused, Visit, answer_of, segment
from services.desk.pages.words import Language
from services.desk.passwords import hash_password
from services.desk.storage import DeskSession, FormUpload


@dataclass
class ActForm:
    """One showing of a form. `typed` is what stands in it; `people` are found persons by field name."""

    visit: Visit
    service: str
    act: dict[str, Any]
    item: dict[str, Any] | None
    typed: Typed
    key: str
    version: int | None
    fields: tuple[Field, ...]
    attached: list[tuple[str, str]] = field(default_factory=list)
    people: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    problem: dict[str, Any] | None = None
    drafted_at: datetime | None = None
    changes: list[dict[str, Any]] = field(default_factory=list)
    _listed: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    @property
    def keeps_draft(self) -> bool:
        return drafting.may_be_kept(self.fields, self.item)

    @property
    def asked(self) -> tuple[Field, ...]:
        """The fields that are asked for with what is chosen."""
        return asked_now(self.fields, self.typed)

    @property
    def unasked(self) -> list[tuple[str, str]]:
        """What was typed into fields that are not asked for any more: kept, and not sent on."""
        asked = {one.name for one in self.asked}
        kept = [one.name for one in self.fields if one.name not in asked]
        return [(name, value) for name in kept for value in self.typed.getlist(name) if value]

    def decides(self, one: Field) -> bool:
        """Whether other fields are asked for, or not, by what is chosen here."""
        return any(other.only_if is not None and other.only_if[0] == one.name for other in self.fields)

    def value(self, one: Field) -> str:
        return self.typed.get(one.name, "" if self.typed else one.default)

    def values(self, one: Field) -> list[str]:
        return [value for value in self.typed.getlist(one.name) if value]

    def offered(self, one: Field) -> list[tuple[str, str]]:
        """Id and name of the items or offices that may be chosen in a field for their ids; none for other fields."""
        if one.kind not in ("text", "lines"):
            return []
        if holds_offices(one.name):
            return [
                (office, self.visit.language.plain(*names)) for office, names in self.visit.offices().items()
            ]
        found: list[tuple[str, str]] = []
        for register in registers_for(self.service, one.name, one.title):
            if register not in self._listed:
                self._listed[register] = _listed(self.visit, self.service, register)
            found += self._listed[register]
        return found

    def rows(self, one: Field) -> int:
        return rows_typed(one, self.typed)

    def refused_at(self, name: str) -> bool:
        """Whether the refusal is about this field or something inside it."""
        given = str((self.problem or {}).get("field") or "")
        return given == name or given.startswith(f"{name}.")

    @property
    def refused_elsewhere(self) -> bool:
        names = [one.name for one in self.asked]
        names += [f"attachments.{document['kind']}" for document in self.act["documents"]]
        return self.problem is not None and not any(self.refused_at(name) for name in names)


def _listed(visit: Visit, service: str, register: str) -> list[tuple[str, str]]:
    """Id and name of each item of a register that the reader may know of; none while it cannot be had."""
    try:
        items = visit.get(service, f"/{register}", limit="200").get("items", [])
    except (Away, Refused, NoSuchPage):
        return []
    offices = visit.offices()
    return [(str(one["id"]), _named(visit, one, offices)) for one in items]


def _named(visit: Visit, item: Mapping[str, Any], offices: Mapping[str, tuple[str, str]]) -> str:
    unit = offices.get(str(item.get("unit_id") or ""), ("", ""))[0]
    said = [
        item.get("no") or str(item["id"])[:12],
        unit,
        visit.language.plain(item["state_zh"], item["state_en"]),
    ]
    return " · ".join(str(part) for part in said if part)


def form_page(visit: Visit) -> Response:
    """The form, with what was typed into it at this browser and not sent yet."""
    form = _form(visit)
    draft = drafting.found(visit.context, visit.session) if form.keeps_draft else None
    if draft is not None:
        form = _form(visit, drafting.typed_again(draft))
        form.drafted_at = draft.kept_at
    response = _shown(form)
    drafting.give_part(visit.context, response)
    return response


def submit(visit: Visit) -> Response:
    """Carry out what the button says: search a person, add a row, show what a choice asks for, or the act itself.

    What was typed is kept before anything is tried, so that it is there whatever happens.
    """
    try:
        form = _form(visit, MultiDict(visit.context.request.form.items(multi=True)))
    except Away:
        keep_for_later(visit.context, visit.session)
        raise
    try:
        shown = _short_of_the_act(form)
        if shown is not None:
            return shown
        answer = _perform(form)
    except Refused as refused:
        if refused.code in ("UNAUTHENTICATED", "TOKEN_EXPIRED"):
            raise
        return _shown_refused(form, refused)
    except Refusal as refusal:
        return _shown_refused(form, Refused(refusal.code.status, dict(problem(refusal))))
    if form.keeps_draft:
        drafting.carried_out(visit.context, visit.session, form.key)
    return redirect(_after(form, answer))


def _short_of_the_act(form: ActForm) -> Response | None:
    """What a button asks for that is not the act; None for the act itself, with its files uploaded."""
    request = form.visit.context.request
    do, _, name = request.form.get("_do", "").partition(":")
    if do == "discard":
        drafting.throw_away(form.visit.context, form.visit.session)
        return redirect(request.path)
    _keep(form)
    if do == "keep" and name:  # by a script: the page stays as it is
        return secured(Response(status=204))
    _upload(form)
    if do == "keep":
        _keep(form)
        return redirect(request.path)
    if do == "language":
        return _in_language(form, name)
    if do in ("search", "row", "fields"):
        _fill_in(form, do, name)
        return _shown(form)
    return None


def keep_for_later(context: Context, session: DeskSession) -> str:
    """What came after the session had run out is there again after signing in, at this browser."""
    typed: Typed = MultiDict(context.request.form.items(multi=True))
    drafting.keep(context, session, typed)
    return context.request.path


def _keep(form: ActForm) -> None:
    """A draft as typed, with what was uploaded so far in place of what was ticked."""
    if not form.keeps_draft:
        return
    typed: Typed = MultiDict(form.typed.items(multi=True))
    for document in form.act["documents"]:
        name = f"attached.{document['kind']}"
        typed.setlist(name, [one for kind, one in form.attached if kind == document["kind"]])
    drafting.keep(form.visit.context, form.visit.session, typed)


def _in_language(form: ActForm, code: str) -> Response:
    """The form as typed, from now on with the other language first."""
    form.visit.language = Language(code)
    response = _shown(form)
    set_cookie(form.visit.context, response, LANGUAGE, form.visit.language.code)
    return response


def _form(visit: Visit, typed: Typed | None = None) -> ActForm:
    path = visit.context.path
    act = act_of(visit, path["service"], path["path"], path["act"])
    item_id = path.get("id", "")
    if act["creates"] == bool(item_id):
        raise NoSuchPage
    item = visit.get(path["service"], f"/{segment(path['path'])}/{segment(item_id)}") if item_id else None
    typed = MultiDict() if typed is None else typed
    seen = typed.get("_version", "")
    return ActForm(
        visit=visit,
        service=path["service"],
        act=act,
        item=item,
        typed=typed,
        key=typed.get("_key") or uuid4().hex,
        version=int(seen) if seen.isascii() and seen.isdigit() else (item or {}).get("version"),
        fields=fields_of(act["form"]),
        attached=_attached(typed, act),
    )


def act_of(visit: Visit, service: str, path: str, name: str) -> dict[str, Any]:
    """The declaration of an act, from its service; raises NoSuchPage."""
    for act in visit.get(service, "/acts").get("acts", []):
        if act["path"] == path and act["name"] == name:
            return dict(act)
    raise NoSuchPage


def _attached(typed: Typed, act: dict[str, Any]) -> list[tuple[str, str]]:
    """Uploads of an earlier try of this form, minus those that were unticked."""
    return [(d["kind"], a) for d in act["documents"] for a in typed.getlist(f"attached.{d['kind']}")]


def _fill_in(form: ActForm, do: str, name: str) -> None:
    """What the page shows besides; the fields of a choice follow from what is typed."""
    if do == "search":
        _search(form, name)
    elif do == "row":
        _add_row(form, name)


def _search(form: ActForm, name: str) -> None:
    sought = form.typed.get(f"{name}._q", "").strip()
    if not sought:
        return
    try:
        answer = form.visit.call("archive", "POST", "/persons/search", body={"q": sought[:50]})
        found = answer_of("archive", answer)
        form.people[name] = list(found.get("persons", []))
    except Refused as refused:
        form.problem = refused.problem | {"field": name}


def _add_row(form: ActForm, name: str) -> None:
    for one in form.fields:
        if one.name == name and one.kind == "rows":
            form.typed.setlist(f"{name}._rows", [str(form.rows(one) + 1)])


def _upload(form: ActForm) -> None:
    """Send the files to the act's service. A second click finds the first one's uploads by their digests."""
    files = form.visit.context.request.files
    for document in form.act["documents"]:
        for file in files.getlist(f"document.{document['kind']}"):
            body = file.read()
            if file.filename or body:
                form.attached.append((document["kind"], _uploaded(form, document["kind"], body)))
    form.attached = list(dict.fromkeys(form.attached))


def _uploaded(form: ActForm, kind: str, body: bytes) -> str:
    runtime = form.visit.context.runtime
    place = {
        "form_key": form.key,
        "account_id": form.visit.session.account_id,
        "document": kind,
        "digest": runtime.ring.mark("upload", sha256(body).digest()),
    }
    key = tuple(place.values())
    with runtime.db.read() as session:
        known = session.get(FormUpload, key)
    if known is not None:
        return known.attachment_id
    answer = form.visit.call(form.service, "POST", "/attachments", raw=body)
    try:
        attachment = str(answer_of(form.service, answer)["id"])
    except Refused as refused:
        raise Refused(refused.status, refused.problem | {"field": f"attachments.{kind}"}) from None
    row = place | {"attachment_id": attachment, "made_at": real_now()}
    with runtime.db.write() as session:
        engine = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
        session.execute(engine.insert(FormUpload).values(**row).on_conflict_do_nothing())
        return session.get_one(FormUpload, key).attachment_id


def _perform(form: ActForm) -> dict[str, Any]:
    path = form.visit.context.path
    place = f"/{segment(path['path'])}" + (f"/{segment(path['id'])}" if form.item else "")
    headers = {"Idempotency-Key": form.key}
    if form.version is not None:
        headers["If-Match"] = f'"{form.version}"'
    body = {
        "paper": _with_hashes(read(form.asked, form.typed), form.fields),
        "attachments": [{"kind": kind, "id": attachment} for kind, attachment in form.attached],
    }
    answer = form.visit.call(
        form.service, "POST", f"{place}/{segment(form.act['name'])}", body=body, headers=headers
    )
    return answer_of(form.service, answer)


def _with_hashes(paper: dict[str, Any], fields: Iterable[Field]) -> dict[str, Any]:
    """Passwords leave the desk as hashes only; raises Refusal at the field."""
    for one in fields:
        if one.kind == "password" and one.name in paper:
            try:
                paper[one.name] = hash_password(paper[one.name])
            except Refusal as refusal:
                refusal.field = one.name
                raise
    return paper


def _shown_refused(form: ActForm, refused: Refused) -> Response:
    form.problem = refused.problem
    if refused.code == RefusalCode.STALE_VERSION and form.item is not None:
        seen = form.version or 0
        form.changes = [line for line in form.item.get("timeline", []) if line["version"] > seen]
        form.version = form.item["version"]
    return _shown(form, refused.status)


def _shown(form: ActForm, status: int = 200) -> Response:
    people = [
        v for one in _all(form, form.fields) if one.kind in ("person", "persons") for v in form.values(one)
    ]
    people += [line["person"] for line in form.changes]
    return form.visit.page(
        "act.html",
        here=form.visit.context.request.path,
        status=status,
        form=form,
        act=form.act,
        item=form.item,
        people=people,
        service=form.service,
        path=form.visit.context.path["path"],
    )


def _all(form: ActForm, fields: Iterable[Field]) -> Iterable[Field]:
    """The fields, with those in groups and in each row that is shown."""
    for one in fields:
        yield one
        if one.kind == "rows":
            for row in range(form.rows(one)):
                yield from _all(form, one.at(row))
        else:
            yield from _all(form, one.children)


def _after(form: ActForm, answer: dict[str, Any]) -> str:
    place = (
        f"/desk/items/{form.service}/{segment(form.visit.context.path['path'])}/{segment(str(answer['id']))}"
    )
    outcome = "proposed" if answer.get("proposal") else "done"
    return f"{place}?{urlencode({outcome: form.act['name']})}"


ROUTES = (
    Route("GET", "/new/<service>/<path>/<act>", page(form_page), ("新办表单", "form of a new item")),
    Route("POST", "/new/<service>/<path>/<act>", page(submit, keep_for_later), ("新办", "open a new item")),
    Route("GET", "/items/<service>/<path>/<id>/acts/<act>", page(form_page), ("办理表单", "form of an act")),
    Route(
        "POST",
        "/items/<service>/<path>/<id>/acts/<act>",
        page(submit, keep_for_later),
        ("办理", "perform an act"),
    ),
)
