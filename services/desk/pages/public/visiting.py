"""One request of a citizen: no session, no name, no cookie before there is a form; calls with the desk's own token."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from contracts.refusals import Refusal, RefusalCode, problem
from services.chassis.auth import service_token
from services.chassis.clock import real_now
from services.chassis.http import Context, Handler, Route
from services.chassis.peers import PeerUnavailable
from services.desk.pages.browser import ForeignForm, check_form, new_form_token, set_cookie
from services.desk.pages.public.tries import Tries
from services.desk.pages.render import render
from services.desk.pages.visit import Away, Refused, answer_of
from services.desk.pages.words import Language

FORM = "dengwen_public"
PLACE = "/public"
MOST_FILES, MOST_BYTES = 5, 8_000_000


@dataclass
class Citizen:
    """Who asks is not known. `shown` stands on every page."""

    context: Context
    language: Language
    shown: dict[str, Any] = field(default_factory=dict)

    def typed(self, name: str, longest: int = 20_000) -> str:
        """A field of the form; raises Refusal for one that is longer, or holds a NUL."""
        value = self.context.request.form.get(name, "").strip()
        if len(value) > longest or "\x00" in value:
            raise Refusal(RefusalCode.INVALID_FIELD, field=name)
        return value

    def count(self, tries: Tries) -> None:
        tries.count(self._installation, self.context.source(), real_now())

    def take_back(self, tries: Tries) -> None:
        tries.take_back(self._installation, self.context.source())

    @property
    def _installation(self) -> str:
        return self.context.runtime.settings.database_url

    def ask(
        self, service: str, method: str, path: str, body: Mapping[str, Any] | None = None, key: str = ""
    ) -> dict[str, Any]:
        """The answer of a service to the desk itself; raises Away and Refused."""
        runtime = self.context.runtime
        if runtime.peers is None:
            raise Away(service)
        token = service_token(runtime.ring.signing, runtime.ring.key_id, "desk", real_now())
        headers = {"Idempotency-Key": key} if key else {}
        try:
            answer = runtime.peers.call(
                service, method, f"/{service}{path}", token=token, body=body, headers=headers
            )
        except PeerUnavailable as error:
            raise Away(service) from error
        return answer_of(service, answer)

    def files(self) -> list[str]:
        """What was attached, in base64; raises Refusal(TOO_LARGE | OUT_OF_RANGE) at `files`."""
        found = [file.read() for file in self.context.request.files.getlist("files")]
        found = [body for body in found if body]
        if len(found) > MOST_FILES:
            raise Refusal(RefusalCode.OUT_OF_RANGE, field="files")
        if sum(map(len, found)) > MOST_BYTES:
            raise Refusal(RefusalCode.TOO_LARGE, field="files")
        return [base64.b64encode(body).decode() for body in found]

    def page(
        self,
        template: str,
        *,
        status: int = 200,
        refused: Refused | None = None,
        form: bool = False,
        **values: Any,
    ) -> Response:
        """A page; with a `form`, its token stands in it and in a cookie that ends with the browser."""
        token = (self.context.request.cookies.get(FORM) or new_form_token()) if form else ""
        response = render(
            template,
            self.language,
            status=refused.status if refused else status,
            problem=refused.problem if refused else None,
            form_token=token,
            lang=self.language.code,
            **self.shown,
            **values,
        )
        response.headers["Referrer-Policy"] = "no-referrer"
        if form:
            set_cookie(self.context, response, FORM, token, path=PLACE)
        return response


PublicHandler = Callable[[Citizen], Response]


def public(handler: PublicHandler) -> Handler:
    """A page for anybody; raises Refusal(NOT_FOUND_ROUTE) where the public page is switched off."""

    def handle(context: Context) -> Response:
        if not context.runtime.settings.public_page:
            raise Refusal(RefusalCode.NOT_FOUND_ROUTE)
        citizen = Citizen(context, Language(context.request.args.get("lang", "zh")))
        try:
            if context.request.method == "POST":
                check_form(context.request, context.request.cookies.get(FORM, ""))
            return handler(citizen)
        except ForeignForm:
            return citizen.page("public/expired.html", status=403)
        except Away:
            return citizen.page("public/away.html", status=503)
        except (Refused, Refusal, HTTPException) as reason:
            return citizen.page("public/refused.html", refused=as_refused(reason))
        finally:
            context.request.close()  # what was uploaded may stand in temporary files

    return handle


def public_route(method: str, path: str, handler: PublicHandler, summary: tuple[str, str]) -> Route:
    """A page below `/public`, for anybody."""
    return Route(method, PLACE + path, public(handler), summary, signed_in=False, absolute=True)


def as_refused(reason: Refused | Refusal | HTTPException) -> Refused:
    """What was refused, by the desk or by a service, as a page shows it."""
    if isinstance(reason, Refused):
        return reason
    if isinstance(reason, HTTPException):
        reason = Refusal(RefusalCode.TOO_LARGE if reason.code == 413 else RefusalCode.MALFORMED)
    return Refused(reason.code.status, problem(reason))


def new_key() -> str:
    """Stands in one showing of a form: a double click files once."""
    return uuid4().hex


def rows(*columns: Sequence[str]) -> list[tuple[str, ...]]:
    """What stands in the rows of a table of fields, without the empty rows."""
    return [row for row in zip(*columns, strict=False) if any(row)]
