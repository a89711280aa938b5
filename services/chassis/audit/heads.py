"""Signed tree heads: what a service states about its trail, and the others witness."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from services.chassis.audit.entry import instant

LATE_COMMIT_SECONDS = 600
"""How long before a head an entry may say it was recorded that only a later head covers.

An act reads the clock, then commits; a head may be signed in between. `sign_head` waits while an older
entry is still without its leaf, so only a transaction that is open longer than this breaks the bound.
"""
CLOCK_SKEW_SECONDS = 60
"""How far the clock of a replica that records may be ahead of the one that signs."""


@dataclass(frozen=True, slots=True)
class SignedHead:
    """A tree head: leaves, root (32 bytes), when signed (UTC), with which key, the Ed25519 signature.

    `previous_size` is the size of the head that the same service signed before (0: none); the consistency
    proof that travels with the head starts there. It is not signed: the proof speaks for itself.
    Raises ValueError where a field cannot be what it should.
    """

    size: int
    root: bytes
    signed_at: datetime
    key_id: str
    signature: bytes
    previous_size: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.previous_size < self.size < 1 << 62:
            raise ValueError("a head has more leaves than the one before it")
        if len(self.root) != 32 or len(self.signature) != 64:
            raise ValueError("a root has 32 bytes, a signature 64")
        if not self.key_id.isascii() or not 0 < len(self.key_id) <= 64:
            raise ValueError("a key id has 1 to 64 ASCII characters")
        if self.signed_at.tzinfo is None:
            raise ValueError("signed_at needs its time zone")
        object.__setattr__(self, "signed_at", self.signed_at.astimezone(UTC))

    @property
    def statement(self) -> bytes:
        """The bytes that are signed."""
        signed_at = instant(self.signed_at)
        lines = ("dengwen audit head v1", self.key_id, str(self.size), self.root.hex(), signed_at)
        return ("\n".join(lines) + "\n").encode()


def sign(
    size: int, root: bytes, signed_at: datetime, key: SigningKey, key_id: str, *, previous_size: int
) -> SignedHead:
    """A head signed with the service's own key. Each service has a key, and a key id, that no other has."""
    unsigned = SignedHead(size, root, signed_at, key_id, bytes(64), previous_size)
    signature = key.sign(unsigned.statement).signature
    return SignedHead(size, root, signed_at, key_id, signature, previous_size)


def is_signed_by(head: SignedHead, verify_keys: Mapping[str, VerifyKey]) -> bool | None:
    """Whether the head's key signed it; None if that key is not among those given."""
    key = verify_keys.get(head.key_id)
    if key is None:
        return None
    try:
        key.verify(head.statement, head.signature)
    except BadSignatureError:
        return False
    return True
