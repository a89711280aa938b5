"""Persons' private keys: made, wrapped under a passphrase, opened for a session and kept in memory only.

An opened key lives in this process alone. A second replica of the desk asks for the passphrase again; a restart
forgets them all.
"""

from __future__ import annotations

import threading
from datetime import datetime

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey
from nacl.secret import Aead
from sqlalchemy import select
from sqlalchemy.orm import Session

from contracts.refusals import Refusal, RefusalCode
from services.chassis.perform import perform_as_service
from services.chassis.work import Work
from services.desk.acts.person_keys import CHANGE_PASSPHRASE, REGISTER_PERSON_KEY
from services.desk.papers.person_key import PassphraseChange, PersonKeyRegistration
from services.desk.passwords import LONGEST, SHORTEST, Derivation, derive_key
from services.desk.storage import PersonKey


def key_of(session: Session, person_id: str) -> PersonKey | None:
    """The person's key row, or None before first use."""
    return session.scalars(select(PersonKey).where(PersonKey.person_id == person_id)).one_or_none()


def new_registration(person_id: str, passphrase: str) -> PersonKeyRegistration:
    """A fresh key pair, wrapped. Slow: call it outside any transaction. Raises Refusal(INVALID_FIELD)."""
    private = PrivateKey.generate()
    return PersonKeyRegistration(
        person_id=person_id,
        public_key=bytes(private.public_key).hex(),
        **_wrapped(private, person_id, passphrase),
    )


def register(work: Work, paper: PersonKeyRegistration) -> None:
    """Keep the key and tell every service its public half; raises Refusal(DUPLICATE)."""
    perform_as_service(work, REGISTER_PERSON_KEY, paper)


def opened(key: PersonKey, passphrase: str) -> PrivateKey:
    """The private key; slow. Raises Refusal(INVALID_FIELD) for a wrong passphrase."""
    try:
        wrap = derive_key(passphrase[:LONGEST], Derivation(key.salt, key.passes, key.memory))
        return PrivateKey(bytes(Aead(wrap).decrypt(key.wrapped, aad=key.person_id.encode())))
    except CryptoError:
        raise Refusal(
            RefusalCode.INVALID_FIELD,
            field="passphrase",
            detail_zh="密件口令不正确。",
            detail_en="The passphrase is wrong.",
        ) from None


def new_wrapping(private: PrivateKey, person_id: str, passphrase: str) -> PassphraseChange:
    """The same key under a new passphrase; slow."""
    return PassphraseChange(**_wrapped(private, person_id, passphrase))


def change_passphrase(work: Work, key: PersonKey, paper: PassphraseChange) -> None:
    perform_as_service(work, CHANGE_PASSPHRASE, paper, key)


def _wrapped(private: PrivateKey, person_id: str, passphrase: str) -> dict[str, str | int]:
    if not SHORTEST <= len(passphrase) <= LONGEST:
        raise Refusal(
            RefusalCode.INVALID_FIELD,
            field="passphrase",
            detail_zh=f"密件口令须为{SHORTEST}至{LONGEST}个字符。",
            detail_en=f"A passphrase has {SHORTEST} to {LONGEST} characters.",
        )
    how = Derivation.new()
    wrapped = Aead(derive_key(passphrase, how)).encrypt(bytes(private), aad=person_id.encode())
    return {
        "wrapped": bytes(wrapped).hex(),
        "salt": how.salt.hex(),
        "passes": how.passes,
        "memory": how.memory,
    }


class OpenedKeys:
    """Private keys by session, each with its end."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._keys: dict[str, tuple[PrivateKey, datetime]] = {}

    def keep(self, session_id: str, key: PrivateKey, until: datetime) -> None:
        with self._turn:
            self._keys[session_id] = (key, until)

    def find(self, session_id: str, now: datetime) -> PrivateKey | None:
        self.forget_old(now)
        found = self._keys.get(session_id)
        return found[0] if found else None

    def forget(self, session_id: str) -> None:
        with self._turn:
            self._keys.pop(session_id, None)

    def forget_old(self, now: datetime) -> None:
        with self._turn:
            for session_id in [s for s, (_, until) in self._keys.items() if until <= now]:
                del self._keys[session_id]


OPENED = OpenedKeys()
"""The opened keys of this process; session ids are random, so installations in one process do not meet."""
