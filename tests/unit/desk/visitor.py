"""A browser without a screen: follows links, fills in forms as they stand on the page, keeps cookies."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from typing import Any

from werkzeug.datastructures import MultiDict
from werkzeug.test import Client, TestResponse
from werkzeug.wrappers import Request

from services.chassis.perform import perform_as_service
from services.chassis.work import begin
from services.desk.acts.accounts import OPEN_ACCOUNT
from services.desk.papers.account import AccountOpening
from services.desk.passwords import hash_password
from tests.clause_proof import saw
from tests.world import World

CLAUSE = re.compile(r"[A-Z]{2}-\d+\.\d+[a-z]?")
NO_TEXT = ("application/pdf", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
PASSWORD = "correct horse battery"


@cache
def password_hash() -> str:
    return hash_password(PASSWORD)


def open_account(world: World, account: str, person: str = "", *, must_change: bool = False) -> None:
    """An account of the example authority with PASSWORD, as set-up opens it but hashed once a test run."""
    paper = AccountOpening(
        account_id=account,
        person_id=person or f"p-{account}",
        password_hash=password_hash(),
        must_change=must_change,
    )
    with begin(world.runtimes["desk"]) as work:
        perform_as_service(work, OPEN_ACCOUNT, paper)
    world.pump()


@dataclass
class Form:
    """One form of a page, with what a browser would send."""

    action: str
    values: MultiDict[str, str] = field(default_factory=MultiDict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class Page(HTMLParser):
    """What a test looks at: forms, links, and the text that a reader sees."""

    def __init__(self, answer: TestResponse) -> None:
        super().__init__()
        text = answer.mimetype not in NO_TEXT
        self.status, self.answer, self.html = answer.status_code, answer, answer.text if text else ""
        self.forms: list[Form] = []
        self.links: dict[str, str] = {}
        self.tags: list[str] = []
        self.words: list[str] = []
        self.documents: list[str] = []
        self._select = self._area = self._link = ""
        self.feed(self.html)
        clauses = [text for text in self.links if CLAUSE.fullmatch(text)]
        saw("page", clauses, f"{answer.request.method} {answer.request.path} {self.status}")

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def form(self, action: str) -> Form:
        return next(form for form in self.forms if form.action.endswith(action))

    def link(self, words: str) -> str:
        return next(target for text, target in self.links.items() if words in text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        if tag == "form":
            self.forms.append(Form(given["action"]))
        elif tag == "a":
            self._link = given["href"]
        elif tag == "textarea":
            self._area = given["name"]
        elif tag == "select":
            self._select = given["name"]
        elif tag == "option" and "selected" in given:
            self.forms[-1].values.add(self._select, given["value"])
        elif tag == "button" and self.forms:
            self.forms[-1].buttons.append((given.get("name", ""), given.get("value", "")))
        elif tag == "input" and given.get("type") == "file":
            self.documents.append(given["name"])
        elif tag == "input" and _is_sent(given):
            self.forms[-1].values.add(given["name"], given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        self._link = "" if tag == "a" else self._link
        self._area = "" if tag == "textarea" else self._area

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self._link:
            self.links[data.strip()] = self._link
        if self._area:
            self.forms[-1].values.add(self._area, data.removeprefix("\n"))


def _is_sent(given: dict[str, str]) -> bool:
    kind = given.get("type", "text")
    return "name" in given and (kind not in ("radio", "checkbox") or "checked" in given)


class Visitor:
    """One person at the desk."""

    def __init__(self, world: World, *, https: bool = False) -> None:
        self.world = world
        self.client = Client(self._application)
        self.base = "https://desk.test" if https else "http://desk.test"

    def _application(self, environ: dict[str, Any], start_response: Any) -> Any:
        return self.world.apis["desk"].answer(Request(environ))(environ, start_response)

    def get(self, path: str, **options: Any) -> Page:
        return Page(self.client.get(path, base_url=self.base, **options))

    def follow(self, page: Page) -> Page:
        assert page.status == 303, page.text
        return self.get(page.answer.headers["Location"])

    def send(self, page: Page, action: str, *, button: str = "submit", scan: Any = b"", **typed: Any) -> Page:
        """Send the form whose action ends so, with what it holds, what is typed and the button pressed.

        A `scan` is attached to each of the form's documents.
        """
        form = page.form(action)
        values: MultiDict[str, Any] = MultiDict(form.values)
        for name in page.documents if scan else ():
            values.add(name, (io.BytesIO(scan), "来信<script>.pdf"))
        values["_do"] = button
        for name, value in typed.items():
            values.setlist(name.replace("__", "."), value if isinstance(value, list) else [value])
        return self.post(form.action, values)

    def post(self, path: str, values: Any, **options: Any) -> Page:
        return Page(self.client.post(path, data=values, base_url=self.base, **options))

    def sign_in(self, account: str, password: str = PASSWORD, target: str = "") -> Page:
        entrance = self.get(f"/desk/sign-in?next={target}" if target else "/desk/sign-in")
        return self.send(entrance, "/sign-in", account=account, password=password)
