"""The pages of the desk: server-made HTML that works without JavaScript."""

from __future__ import annotations

from dataclasses import replace

from services.chassis.http import Route
from services.desk.pages import (
    acting,
    administration,
    approvals,
    assessment,
    beside,
    charts,
    clauses,
    deadlines,
    entrance,
    figures,
    items,
    ledgers,
    lists,
    operations,
    own_registers,
    printing,
    reference,
    registers,
    sealed,
    second_factor,
    sessions,
    single_sign_on,
)
from services.desk.pages.public import filing, following

PAGES: tuple[Route, ...] = tuple(
    replace(route, page=True)
    for route in (
        *entrance.ROUTES,
        *second_factor.ROUTES,
        *sessions.ROUTES,
        *single_sign_on.ROUTES,
        *administration.ROUTES,
        *operations.ROUTES,
        *lists.ROUTES,
        *registers.ROUTES,
        *own_registers.ROUTES,
        *ledgers.ROUTES,
        *items.ROUTES,
        *approvals.ROUTES,
        *beside.ROUTES,
        *printing.ROUTES,
        *figures.ROUTES,
        *charts.ROUTES,
        *assessment.ROUTES,
        *deadlines.ROUTES,
        *acting.ROUTES,
        *sealed.ROUTES,
        *reference.ROUTES,
        *clauses.ROUTES,
        *filing.ROUTES,
        *following.ROUTES,
    )
)
