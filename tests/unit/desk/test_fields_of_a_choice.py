"""A form asks for what belongs to what was chosen in it, and keeps what was typed into the rest."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from werkzeug.datastructures import MultiDict

from services.desk.pages.fields import asked_now, fields_of
from services.intake.domain.ways_in import OF_SOME_WAY, WAYS, Channel
from services.intake.papers.petition import PetitionRegisterEntry
from tests.unit.desk.visitor import Page, Visitor
from tests.world import World

Signed = Callable[[str], Visitor]
NEW = "/desk/new/intake/petitions/register_petition"
FIELDS = fields_of(PetitionRegisterEntry.model_json_schema())


@pytest.mark.parametrize("channel", [None, *Channel])
def test_of_the_fields_of_some_way_in_those_of_the_chosen_one_are_asked(channel: Channel | None) -> None:
    asked = asked_now(FIELDS, MultiDict([("channel", channel.value)] if channel else []))
    way = WAYS[channel] if channel else None
    wanted = OF_SOME_WAY & {*way.must, *way.may} if way else frozenset()
    assert {one.name for one in asked} & OF_SOME_WAY == wanted
    assert {one.name for one in FIELDS} - {one.name for one in asked} == OF_SOME_WAY - wanted
    always = {"received_on", "channel", "summary"}
    assert {one.name for one in asked if one.required} == always | set(way.must if way else ())


def inputs(page: Page) -> set[str]:
    """Fields of some way in that a reader can fill in."""
    return {name for name in OF_SOME_WAY if f'id="{name}"' in page.html or f'id="{name}-id"' in page.html}


def test_the_register_form_shows_the_fields_of_the_chosen_way_and_keeps_what_was_typed(
    world: World, visitor: Signed
) -> None:
    clerk = visitor("clerk1")
    page = clerk.get(NEW)
    assert inputs(page) == set()
    online = clerk.send(
        page, "register_petition", button="fields:channel", channel="online", summary="网上反映的问题"
    )
    assert (online.status, inputs(online)) == (200, {"online_no"})
    letter = clerk.send(
        online, "register_petition", button="fields:channel", channel="letter", online_no="WL-1"
    )
    assert inputs(letter) == {"postmarked_on"}
    values = letter.form("register_petition").values
    assert (values["summary"], values["online_no"]) == ("网上反映的问题", "WL-1")
    again = clerk.send(letter, "register_petition", button="fields:channel", channel="online")
    assert again.form("register_petition").values["online_no"] == "WL-1"


def test_what_was_typed_for_another_way_is_not_sent_on(world: World, visitor: Signed) -> None:
    clerk = visitor("clerk1")
    typed = {
        "received_on": "2026-03-02",
        "unit_id": "edu",
        "subject_ids": "p-edu-sec",
        "summary": "反映的问题",
    }
    page = clerk.send(clerk.get(NEW), "register_petition", channel="online", **typed)
    assert 'id="problem-online_no"' in page.html
    page = clerk.send(page, "register_petition", button="fields:channel", channel="letter", online_no="WL-1")
    assert clerk.follow(clerk.send(page, "register_petition")).status == 200
    [petition] = world.as_("clerk1").get("/intake/petitions").body["items"]
    assert petition["channel"] == "letter"
