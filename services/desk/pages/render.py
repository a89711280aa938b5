"""Templates to answers, with the headers that every page has. Scripts: our own files, on signed-in pages alone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from werkzeug.utils import redirect as werkzeug_redirect
from werkzeug.wrappers import Response

from services.desk.pages.words import Language, day, day_of_year, moment, named, readable

HERE = Path(__file__).parent.parent
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


WITH_SCRIPTS = HEADERS["Content-Security-Policy"] + "; script-src 'self'; connect-src 'self'"
"""For pages of signed-in readers: files of ours, nothing inline, nothing evaluated; each page works without them."""


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"day": day, "moment": moment, "day_of_year": day_of_year}
    environment.globals |= {"named": named}
    return environment


def compile_templates() -> Iterator[None]:
    """All of them, one at a time; they are kept, as those that a page was made from."""
    environment = _environment()
    for name in environment.list_templates(extensions=["html"]):
        environment.get_template(name)
        yield


def render(template: str, language: Language, *, status: int = 200, **values: Any) -> Response:
    """A page; `t`, `plain` and `label` are the language's."""
    html = (
        _environment()
        .get_template(template)
        .render(
            t=language.both,
            plain=language.plain,
            label=language.label,
            readable=partial(readable, language),
            language=language,
            **values,
        )
    )
    return secured(Response(html, status=status, mimetype="text/html"))


def secured(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def redirect(location: str) -> Response:
    """To another of our pages, by GET."""
    return secured(werkzeug_redirect(location, code=303, Response=Response))
