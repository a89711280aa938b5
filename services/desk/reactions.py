"""What the desk does on other services' events: it keeps the directory, time and sessions like every service."""

from __future__ import annotations

from services.chassis.directory import everywhere
from services.chassis.inbox import Reactions

REACTIONS = Reactions(everywhere("desk"))
