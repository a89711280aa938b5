"""The pages of the desk: server-made HTML that works without JavaScript."""

from __future__ import annotations

from services.chassis.http import Route

PAGES: tuple[Route, ...] = ()
