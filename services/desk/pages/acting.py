"""The form of an act: drawn from its declaration, sent once, kept as typed when it is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from sqlalchemy.dialects import postgresql, sqlite
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from contracts.refusals import Refusal, RefusalCode, problem
from services.chassis.clock import real_now
from services.chassis.http import Route
from services.desk.pages.browser import LANGUAGE, page, set_cookie
from services.desk.pages.fields import Field, Typed, asked_now, fields_of, read, rows_typed
from services.desk.pages.references import holds_offices, registers_for
from services.desk.pages.render import redirect
from services.desk.pages.visit import Away, NoSuchPage, Refused, Visit, answer_of, segment
from services.desk.pages.words import Language
from services.desk.passwords import hash_password
from services.desk.storage import FormUpload


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
    changes: list[dict[str, Any]] = field(default_factory=list)
    _listed: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

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
    return _shown(_form(visit))


def submit(visit: Visit) -> Response:
    """Carry out what the button says: search a person, add a row, show what a choice asks for, or the act itself."""
    form = _form(visit)
    do, _, name = visit.context.request.form.get("_do", "").partition(":")
    try:
        _upload(form)
        if do == "language":
            return _in_language(form, name)
        if do in ("search", "row", "fields"):
            _fill_in(form, do, name)
            return _shown(form)
        answer = _perform(form)
    except Refused as refused:
        if refused.code in ("UNAUTHENTICATED", "TOKEN_EXPIRED"):
            raise
        return _shown_refused(form, refused)
    except Refusal as refusal:
        return _shown_refused(form, Refused(refusal.code.status, dict(problem(refusal))))
    return redirect(_after(form, answer))


def _in_language(form: ActForm, code: str) -> Response:
    """The form as typed, from now on with the other language first."""
    form.visit.language = Language(code)
    response = _shown(form)
    set_cookie(form.visit.context, response, LANGUAGE, form.visit.language.code)
    return response


def _form(visit: Visit) -> ActForm:
    path = visit.context.path
    act = act_of(visit, path["service"], path["path"], path["act"])
    item_id = path.get("id", "")
    if act["creates"] == bool(item_id):
        raise NoSuchPage
    item = visit.get(path["service"], f"/{segment(path['path'])}/{segment(item_id)}") if item_id else None
    request = visit.context.request
    typed = MultiDict(request.form.items(multi=True))
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
    Route("POST", "/new/<service>/<path>/<act>", page(submit), ("新办", "open a new item")),
    Route("GET", "/items/<service>/<path>/<id>/acts/<act>", page(form_page), ("办理表单", "form of an act")),
    Route("POST", "/items/<service>/<path>/<id>/acts/<act>", page(submit), ("办理", "perform an act")),
)
