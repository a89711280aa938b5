"""Operations (运行): whether the services are ready, for everybody; and what the system administrator does about them.

Counts of what waits, codes and ids of events: no business data. Each act is the service's own, audited there.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from contracts.clause import catalogue
from contracts.working_days import LONGEST, UNITS, calendar_alarm, due, published_calendar
from services.chassis.clock import local_date
from services.chassis.http import Route
from services.chassis.settings import SERVICES
from services.chassis.values import value_in_force
from services.desk.pages.browser import page
from services.desk.pages.render import redirect
from services.desk.pages.visit import Away, Visit, answer_of, segment

HERE = "/desk/operations"


def operations(visit: Visit) -> Response:
    """Whether the six services are ready; for the system administrator queues, parked events, backups, heads."""
    more = _administered(visit) if visit.is_administrator else {}
    return visit.page("operations.html", states=_states(visit), more=more, key=uuid4().hex)


def _states(visit: Visit) -> dict[str, dict[str, Any]]:
    states: dict[str, dict[str, Any]] = {}
    for service in SERVICES:
        try:
            states[service] = json.loads(visit.call(service, "GET", "/ready").body)
        except (Away, ValueError):
            states[service] = {}
    return states


def _administered(visit: Visit) -> dict[str, Any]:
    queues, away = visit.ask_all("/operations/state")
    parked, _ = visit.ask_all("/operations/parked")
    with visit.context.runtime.db.read() as session:
        calendar = _calendar(session, local_date(visit.time[0]))
    return {
        "queues": {service: queues[service] for service in SERVICES if service in queues},
        "away": away,
        "parked": [(service, row) for service in SERVICES for row in parked.get(service, {}).get("parked", [])],
        "damaged": {
            service: parked[service]["damaged_reasons"]
            for service in SERVICES
            if parked.get(service, {}).get("damaged")
        },
        "calendar": calendar,
        **visit.get("desk", "/operations-overview"),
    }  # fmt: skip


def _calendar(session: Session, today: date) -> dict[str, Any]:
    """How far the published calendar reaches, and the clocks that end beyond it if they are opened today.

    From the values in force alone: how many clocks are open is nothing that an administrator is told.
    """
    calendar = published_calendar()
    last = max((notice.year for notice in calendar.notices), default=0)
    alarm = calendar_alarm(today, calendar)
    provisional = []
    for clause in catalogue().clauses:
        for name in dict.fromkeys(v.name for v in catalogue().values(clause) if v.unit in UNITS):
            value = value_in_force(session, clause, name, today)
            if value.unit not in UNITS or not 0 <= value.amount <= LONGEST:
                continue
            ends = due(today, int(value.amount), value.unit, calendar)
            if ends.provisional:
                provisional.append({"clause": clause, "name": name, "due_on": ends.due_on.isoformat()})
    missing = alarm.missing_year if alarm else 0
    return {"last_year": last, "missing_year": missing, "provisional": provisional}


def release(visit: Visit) -> Response:
    """Release a parked event, with the reason; the service audits who and why."""
    path = visit.context.path
    reason = visit.context.request.form.get("reason", "")[:1000]
    _post(visit, path["service"], f"/operations/parked/{segment(path['event'])}/release", {"reason": reason})
    return redirect(f"{HERE}#h-parked")


def reconcile(visit: Visit) -> Response:
    _post(visit, "desk", "/operations/reconciliations", {})
    return redirect(f"{HERE}#h-reconciled")


def back_up(visit: Visit) -> Response:
    _post(visit, "desk", "/operations/backups", {})
    return redirect(f"{HERE}#h-backups")


def _post(visit: Visit, service: str, path: str, body: dict[str, str]) -> None:
    """The form's key goes with it: a double click does one thing."""
    headers = {"Idempotency-Key": visit.context.request.form.get("_key", "")[:64] or uuid4().hex}
    answer_of(service, visit.call(service, "POST", path, body=body, headers=headers))


ROUTES = (
    Route("GET", "/operations", page(operations), ("运行状态", "state of the services")),
    Route(
        "POST", "/operations/release/<service>/<event>", page(release), ("放行搁置事件", "release a parked event")
    ),
    Route("POST", "/operations/reconcile", page(reconcile), ("核对收发", "reconcile all streams")),
    Route("POST", "/operations/back-up", page(back_up), ("备份", "begin a backup")),
)  # fmt: skip
