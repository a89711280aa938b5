"""The vault of the petitioners' identities: each under a key of its own, apart from the papers and their keys."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from services.chassis import keys
from services.chassis.keys import KeyRing
from services.chassis.papers import canonical, case_key, erase
from services.chassis.tables import CaseKey
from services.intake.papers.petitioner import KeptIdentity, Petitioner
from services.intake.storage import PetitionerIdentity


def keep_identity(
    session: Session, ring: KeyRing, petition_id: str, petitioners: tuple[Petitioner, ...]
) -> None:
    """Put the petitioners into the vault, under a key of their own; nothing is kept of an anonymous petition."""
    if not petitioners:
        return
    vault, key = vault_of(petition_id), keys.new_case_key()
    session.add(CaseKey(subject_id=vault, wrapped=ring.wrap_case_key(key, vault)))
    plain = canonical(KeptIdentity(petitioners=petitioners).model_dump(mode="json"))
    session.add(PetitionerIdentity(petition_id=petition_id, body=keys.encrypt(key, plain, vault)))


def open_identity(session: Session, ring: KeyRing, petition_id: str) -> KeptIdentity | None:
    """The petitioners as they were kept; None: nobody gave a name, or it is not here any more."""
    row = session.get(PetitionerIdentity, petition_id)
    if row is None:
        return None
    vault = vault_of(petition_id)
    return KeptIdentity.model_validate_json(keys.decrypt(case_key(session, ring, vault), row.body, vault))


def take_identity_out(session: Session, ring: KeyRing, petition_id: str) -> list[dict[str, Any]]:
    """What the vault held, as a form to be sealed with the papers; the vault forgets it."""
    kept = open_identity(session, ring, petition_id)
    if kept is None:
        return []
    session.delete(session.get_one(PetitionerIdentity, petition_id))
    session.flush()
    erase(session, [vault_of(petition_id)])
    return [{"kind": KeptIdentity.__name__, "paper": {"form": kept.model_dump(mode="json"), "attached": {}}}]


def vault_of(petition_id: str) -> str:
    """Under which id the vault keeps its key; what encrypts the case opens nothing here."""
    return f"vault-{petition_id}"
