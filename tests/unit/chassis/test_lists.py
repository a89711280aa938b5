"""Lists and worklists show what the actor may know of: all of it, nothing else, in their order."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from services.chassis.access import Actor, Relation, in_general, listed_ids, load_actor, visible
from services.chassis.auth import issue_token
from services.chassis.clock import real_now
from services.chassis.http import Context
from services.chassis.lists import reading
from services.chassis.tables import Party, RevokedSession
from services.chassis.work import Work
from services.intake.definition import KNOWS_PETITION
from services.intake.storage import Petition
from tests.world import Client, World

ACCOUNTS = ("clerk1", "clerk2", "head1", "deputy1", "clerk3", "xf1", "xfhead", "ags1", "sys")
PERSONS = ("", "p-clerk1", "p-clerk2", "p-head1", "p-clerk3", "p-xf1", "p-xfhead")
REPORTED = ("p-edu-sec", "p-head1", "p-clerk1", "p-xf1", "p-deputy1")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    world = World(tmp_path_factory.mktemp("lists"), services=("intake",))
    dice = random.Random(20260302)
    with world.runtimes["intake"].db.write() as session:
        for number in range(400):
            session.add(_petition(dice, number))
            if dice.random() < 0.5:
                session.add(
                    Party(
                        subject_kind="petition", subject_id=f"x{number:04}", person_id=dice.choice(REPORTED),
                        capacity="reported",
                    )
                )  # fmt: skip
    yield world
    world.close()


def _petition(dice: random.Random, number: int) -> Petition:
    day = date(2026, 1, 1) + timedelta(days=dice.randrange(20))
    return Petition(
        id=f"x{number:04}", no=f"{number}", state=dice.choice(list(Petition.STATES)), version=1,
        secrecy=dice.choice(["unclassed", "normal", "restricted", "restricted", "sealed"]),
        office_id=dice.choice(["pz1", "pz2"]), liaison_office_id="jd1", unit_id="edu",
        registrar_id=dice.choice(PERSONS), handler_id=dice.choice(PERSONS), addressee_id=dice.choice(PERSONS),
        opened_on=day, received_on=day, changed_at=datetime(2026, 1, 1, tzinfo=UTC), channel="letter",
    )  # fmt: skip


def _pages(client: Client, **query: str) -> list[str]:
    found: list[str] = []
    cursor = ""
    while True:
        asked = query | ({"cursor": cursor} if cursor else {})
        page = client.get("/intake/petitions", limit="7", **asked).body
        found += [item["id"] for item in page["items"]]
        cursor = page["next"]
        if not cursor:
            return found


@pytest.mark.parametrize("state", ["", "registered", "closed"])
@pytest.mark.parametrize("account", ACCOUNTS)
def test_all_pages_together_are_what_the_actor_may_know_of(world: World, account: str, state: str) -> None:
    client = world.as_(account)
    with world.runtimes["intake"].db.read() as session:
        actor = load_actor(session, client.claims, date(2026, 3, 2))
        query = select(Petition.id).where(visible(Petition, actor, KNOWS_PETITION))
        if state:
            query = query.where(Petition.state == state)
        known = list(session.scalars(query.order_by(Petition.opened_on.desc(), Petition.id.desc())))
    assert _pages(client, **({"state": state} if state else {})) == known
    assert known or account in ("ags1", "sys")


@pytest.mark.parametrize("account", ACCOUNTS)
def test_the_worklist_holds_every_known_item_on_which_the_actor_can_act(world: World, account: str) -> None:
    client = world.as_(account)
    waiting = {item["id"] for item in client.get("/intake/worklist", limit="200").body["items"]}
    shown = {item: client.get(f"/intake/petitions/{item}").body for item in _pages(client)}
    acting = {item for item, body in shown.items() if [act for act in body["acts"] if not act["anytime"]]}
    assert waiting == acting if len(acting) < 200 else waiting <= acting


@pytest.mark.parametrize("account", ACCOUNTS)
def test_a_statement_made_for_anybody_finds_for_each_what_one_made_for_them_finds(
    world: World, account: str
) -> None:
    with world.runtimes["intake"].db.read() as session:
        actor = load_actor(session, world.as_(account).claims, date(2026, 3, 2))
        own = select(Petition.id).where(visible(Petition, actor, KNOWS_PETITION))
        general = select(Petition.id).where(visible(Petition, in_general(actor.shape), KNOWS_PETITION))
        assert set(session.scalars(general, actor.values)) == set(session.scalars(own))


@pytest.mark.parametrize("mine", ["p_1", "p%", "p/1", "p1"])
def test_an_id_among_several_is_found_letter_by_letter(world: World, mine: str) -> None:
    listed = Relation("no", "person_id", listed=True)
    actor = Actor("a", mine, "s", "post", "dispatched_office_staff", "pz1", "")
    others = ["pa1", "p1", "p_1", "p%", "p/1", "px"]
    with world.runtimes["intake"].db.write() as session:
        for number, person in enumerate(others):
            session.get_one(Petition, f"x{number:04}").no = listed_ids([person, "somebody"])
        session.flush()
        for asked in (
            session.scalars(
                select(Petition.no).where(listed.where(Petition, in_general(actor.shape))), actor.values
            ),
            session.scalars(select(Petition.no).where(listed.where(Petition, actor))),
        ):
            assert list(asked) == [listed_ids([mine, "somebody"])]


def test_a_reading_handler_cannot_write(world: World) -> None:
    def writes(_: Context, work: Work) -> object:
        work.session.add(RevokedSession(session_id="nobody's"))
        return {}

    client = world.as_("clerk1")
    runtime = world.runtimes["intake"]

    token = issue_token(world.desk_keys.signing, world.desk_keys.key_id, client.claims, real_now())
    request = Request(EnvironBuilder(headers=[("Authorization", f"Bearer {token}")]).get_environ())
    with pytest.raises(RuntimeError, match="use begin"):
        reading(writes)(Context(runtime, request))
