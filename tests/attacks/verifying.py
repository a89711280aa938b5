"""The audit trails of a world, verified as `dengwen audit verify` does it."""

from __future__ import annotations

from contextlib import ExitStack

from services.chassis import keys
from services.chassis.audit.findings import Report
from services.chassis.audit.verify import verify_installation
from services.chassis.states import recompute_states
from tests.world import World


def verified(world: World) -> Report:
    """What the verification finds now; entries are given their leaves first."""
    world.pump()
    with ExitStack() as stack:
        parts = {name: stack.enter_context(rt.db.read()) for name, rt in world.runtimes.items()}
        folder = next(iter(world.runtimes.values())).settings.key_dir
        recompute = {name: recompute_states(rt.kinds) for name, rt in world.runtimes.items()}
        return verify_installation(parts, keys.load_trust(folder), recompute)
