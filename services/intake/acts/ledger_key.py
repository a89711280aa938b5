"""Under which key a petition of a ledger is found again, so that its row is imported once."""

from __future__ import annotations

from services.chassis.keys import KeyRing
from services.intake.storage import Petition


def registrars_own(ring: KeyRing, registrar_id: str, key: str) -> str:
    """A key that this registrar's imports alone look for."""
    return ring.mark("own ledger key", f"{registrar_id}/{key}".encode()).hex()


def take_out_of_the_offices_check(ring: KeyRing, petition: Petition) -> None:
    """A sealed item is in no check that others can ask (ruling 9): its row is known to its registrar only.

    To anybody else the ledger's row is as if it had never been imported.
    """
    if petition.natural_key is not None:
        petition.natural_key = registrars_own(ring, petition.registrar_id, petition.natural_key)
