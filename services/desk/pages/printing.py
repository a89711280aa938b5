"""Papers to be printed: a petition's register entry and its cover letter, on A4."""

from __future__ import annotations

from typing import Any

from werkzeug.wrappers import Response

from services.chassis.http import Route
from services.desk.pages.browser import page
from services.desk.pages.items import people_in
from services.desk.pages.visit import NoSuchPage, Visit, segment
from services.desk.pages.words import Language

PRINTED = ("PetitionRegisterEntry", "PetitionCoverLetter")
"""Kinds of paper that have a printed form, in the order of printing."""


def printed(visit: Visit) -> Response:
    """The item's papers as they are printed; each reading is logged, and what is sealed is not printed here."""
    visit.language = Language("zh")  # what is printed is Chinese, whatever its reader prefers on the screen
    service, path = visit.context.path["service"], visit.context.path["path"]
    place = f"/{segment(path)}/{segment(visit.context.path['id'])}"
    item = visit.get(service, place)
    wanted = [p for kind in PRINTED for p in item["papers"] if p["kind"] == kind and not p["sealed"]]
    if not wanted:
        raise NoSuchPage
    papers: list[dict[str, Any]] = [visit.get(service, f"{place}/papers/{segment(p['id'])}") for p in wanted]
    people = [person for paper in papers for person in (*people_in(paper["form"]), paper["by"])]
    return visit.page("print.html", item=item, papers=papers, people=[*people, item.get("handler_id")])


ROUTES = (
    Route(
        "GET",
        "/items/<service>/<path>/<id>/print",
        page(printed),
        ("打印（阅览留痕）", "print; the reading is logged"),
    ),
)
