"""What notifications is: its kinds, acts, reactions, views and what it does by the clock, in one place."""

from __future__ import annotations

from sqlalchemy import select

from services.chassis.runtime import Kind, Runtime, ServiceDefinition
from services.chassis.tables import Installation
from services.notifications.acts import delivery, offices
from services.notifications.mail import send_due
from services.notifications.placing import place_waiting
from services.notifications.reactions import REACTIONS
from services.notifications.reminders import digest, remind
from services.notifications.storage import Coverage, Notice, NotificationsBase, Office
from services.notifications.views import KNOWS_NOTICE, KNOWS_REGISTER, VIEWS


def on_tick(runtime: Runtime) -> None:
    """Reminders by business time, then notices that wait, then mail; each resumes where it was left."""
    with runtime.db.read() as session:
        if session.scalars(select(Installation.id)).first() is None:
            return
    remind(runtime)
    digest(runtime)
    place_waiting(runtime)
    send_due(runtime)


NOTIFICATIONS = ServiceDefinition(
    name="notifications", zh="通知与时限", en="Notifications", base=NotificationsBase,
    kinds=(
        Kind(Office, KNOWS_REGISTER, "offices"),
        Kind(Coverage, KNOWS_REGISTER, "coverage"),
        Kind(Notice, KNOWS_NOTICE, "notices"),
    ),
    acts=(
        offices.REGISTER_OFFICE, offices.CHANGE_OFFICE, offices.REMOVE_OFFICE, offices.SET_COVERAGE, *delivery.ALL,
    ),
    reactions=REACTIONS, views=VIEWS, on_tick=on_tick,
)  # fmt: skip
