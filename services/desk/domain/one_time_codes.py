"""One-time codes of an authenticator (TOTP, RFC 6238) and recovery codes. Plain values in, a decision out."""

from __future__ import annotations

import base64
import hmac
import secrets
from datetime import datetime

import pyotp

STEP = 30
"""Seconds for which a code is shown."""
EITHER_SIDE = 1
"""Steps before and after the present one that are taken: a phone's clock is not ours (RFC 6238, 5.2)."""
DIGITS = 6
RECOVERY_CODES, RECOVERY_BYTES = 10, 10
ISSUER = "Dengwen"


def new_secret() -> str:
    """160 random bits in base32, as RFC 4226 asks for."""
    return pyotp.random_base32(32)


def step_of(secret: str, code: str, at: datetime, after: int) -> int | None:
    """The step that a code belongs to, among those taken at this moment and later than `after`; None: a wrong code.

    Whoever keeps the step as the next `after` takes no code twice.
    """
    if len(code) != DIGITS or not (code.isascii() and code.isdigit()):
        return None
    now = int(at.timestamp()) // STEP
    generator = pyotp.TOTP(secret, digits=DIGITS, interval=STEP)
    fitting = [
        step
        for step in range(now - EITHER_SIDE, now + EITHER_SIDE + 1)
        if hmac.compare_digest(generator.at(step * STEP), code)
    ]
    return next((step for step in fitting if step > after), None)


def address_of(secret: str, account: str) -> str:
    """The `otpauth` address that authenticators read."""
    return pyotp.TOTP(secret, digits=DIGITS, interval=STEP).provisioning_uri(name=account, issuer_name=ISSUER)


def new_recovery_codes() -> tuple[str, ...]:
    """Codes of 80 bits, to be written down: `XXXX-XXXX-XXXX-XXXX`."""
    return tuple(_grouped(secrets.token_bytes(RECOVERY_BYTES)) for _ in range(RECOVERY_CODES))


def plain(code: str) -> str:
    """A code as typed, without blanks and dashes, in capitals."""
    return "".join(code.split()).replace("-", "").upper()


def _grouped(random: bytes) -> str:
    text = base64.b32encode(random).decode()
    return "-".join(text[at : at + 4] for at in range(0, len(text), 4))
