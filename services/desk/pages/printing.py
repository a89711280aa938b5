"""Papers as they are printed: PDF on A4, with the title, signatories and copies that the text names."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path
from typing import Any

from werkzeug.wrappers import Response

from services.chassis.http import Route
from services.chassis.worker import Worker
from services.desk.pages.browser import page
from services.desk.pages.items import people_in
from services.desk.pages.printed_sheets import Wording, sheets
from services.desk.pages.render import secured
from services.desk.pages.visit import NoSuchPage, Visit, segment

TYPESETTER = Worker(Path(__file__).parents[1] / "typesetter.py")
"""The worker of this process: setting a page takes 50 ms and more of a core."""
TOGETHER = ("PetitionRegisterEntry", "PetitionCoverLetter")
"""Kinds of paper of one item that are printed together, in their order: what goes out with a letter."""


def print_paper(visit: Visit) -> Response:
    """One paper; the reading is logged by its service, and what is sealed is not printed here."""
    place, item = _item(visit)
    return _printed(visit, place, item, [visit.context.path["paper"]])


def print_together(visit: Visit) -> Response:
    """The item's papers that go out together; each reading is logged."""
    place, item = _item(visit)
    wanted = [p["id"] for kind in TOGETHER for p in item["papers"] if p["kind"] == kind and not p["sealed"]]
    return _printed(visit, place, item, wanted)


def _item(visit: Visit) -> tuple[str, dict[str, Any]]:
    place = f"/{segment(visit.context.path['path'])}/{segment(visit.context.path['id'])}"
    return place, visit.get(visit.context.path["service"], place)


def _printed(visit: Visit, place: str, item: dict[str, Any], wanted: list[str]) -> Response:
    known = {str(p["id"]) for p in item["papers"] if not p["sealed"]}
    if not wanted or not known.issuperset(wanted):
        raise NoSuchPage
    service = visit.context.path["service"]
    papers = [visit.get(service, f"{place}/papers/{segment(paper)}") for paper in wanted]
    persons = visit.names(person for paper in papers for person in (*people_in(paper["form"]), paper["by"]))
    offices = visit.offices()
    ready = [
        sheet for paper in papers for sheet in sheets(paper, item, Wording(persons, offices, paper["titles"]))
    ]
    response = Response(b64decode(TYPESETTER.ask({"sheets": ready})["pdf"]), mimetype="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="paper.pdf"'
    return secured(response)


ROUTES = (
    Route(
        "GET",
        "/items/<service>/<path>/<id>/print",
        page(print_together),
        (
            "打印随信文书（PDF，阅览留痕）",
            "print what goes out with the letter, as PDF; the reading is logged",
        ),
    ),
    Route(
        "GET",
        "/items/<service>/<path>/<id>/papers/<paper>/print",
        page(print_paper),
        ("打印文书（PDF，阅览留痕）", "print a paper as PDF; the reading is logged"),
    ),
)
