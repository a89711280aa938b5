"""What the desk is: its kinds, acts, reactions, views and pages in one place."""

from __future__ import annotations

from collections.abc import Iterator

from services.chassis.access import Knows, Relation, anyone, post
from services.chassis.runtime import Kind, Runtime, ServiceDefinition
from services.desk import administration, directory_edition, operating, signing_in
from services.desk.acts import accounts, epochs, identities, person_keys, time
from services.desk.pages import PAGES, render, visit, words
from services.desk.reactions import REACTIONS
from services.desk.storage import Account, DeskBase, EpochOpening, PersonKey, TimeAdvance
from services.desk.views import VIEWS

OWN = anyone(Relation("person_id", "person_id"))


def on_tick(runtime: Runtime) -> None:
    """Confirm the directory, and forget what no longer counts."""
    directory_edition.publish_when_due(runtime)
    signing_in.forget_old(runtime)


def warms(runtime: Runtime) -> Iterator[None]:
    """The words and templates of the pages, and what the services declare."""
    yield from words.read_words()
    yield from render.compile_templates()
    yield from visit.learn_declarations(runtime)


DESK = ServiceDefinition(
    name="desk",
    zh="工作台",
    en="Desk",
    base=DeskBase,
    kinds=(
        Kind(
            Account, Knows((post("system_administrator", "security_administrator", at=None), OWN)), "accounts"
        ),
        Kind(PersonKey, Knows((OWN,)), "person_keys"),
        Kind(TimeAdvance, Knows((post(at=None),)), "time_advances"),
        Kind(EpochOpening, Knows((post("administrators", at=None),)), "epoch_openings"),
    ),
    acts=(
        accounts.OPEN_ACCOUNT,
        accounts.LOCK_ACCOUNT,
        accounts.UNLOCK_ACCOUNT,
        accounts.RESET_PASSWORD,
        accounts.CHANGE_PASSWORD,
        accounts.END_SESSIONS,
        accounts.RESET_SECOND_FACTOR,
        accounts.ENROL_SECOND_FACTOR,
        identities.BIND_IDENTITY,
        identities.UNBIND_IDENTITY,
        person_keys.REGISTER_PERSON_KEY,
        person_keys.CHANGE_PASSPHRASE,
        time.ADVANCE_TIME,
        epochs.OPEN_EPOCH,
    ),
    reactions=REACTIONS,
    views=(*VIEWS, *administration.ROUTES, *operating.VIEWS, *PAGES),
    on_tick=on_tick,
    warms=warms,
)
