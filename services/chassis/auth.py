"""Sign-in tokens: signed by the desk, valid for minutes, naming account, person, session and post in use."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from contracts.refusals import Refusal, RefusalCode
from services.chassis.access import Claims

TOKEN_LIFE = timedelta(minutes=5)
_MAX_TOKEN = 2048


def issue_token(
    key: SigningKey, key_id: str, claims: Claims, now: datetime, life: timedelta = TOKEN_LIFE
) -> str:
    """`<payload>.<signature>`, both base64url. `now` is real time."""
    payload = {
        "a": claims.account_id,
        "p": claims.person_id,
        "s": claims.session_id,
        "w": claims.assignment_id,
        "k": key_id,
        "x": int((now + life).timestamp()),
    }
    body = _b64(json.dumps(payload, separators=(",", ":")).encode())
    return f"{body}.{_b64(key.sign(body.encode()).signature)}"


def read_token(token: str, trusted: Mapping[str, VerifyKey], now: datetime) -> Claims:
    """The claims of a token; raises Refusal(UNAUTHENTICATED | TOKEN_EXPIRED)."""
    try:
        if len(token) > _MAX_TOKEN:
            raise ValueError
        body, _, signature = token.partition(".")
        payload = json.loads(_unb64(body))
        trusted[payload["k"]].verify(body.encode(), _unb64(signature))
        claims = Claims(*(str(payload[name]) for name in "apsw"))
        expires = int(payload["x"])
    except (ValueError, KeyError, TypeError, RecursionError, BadSignatureError):
        raise Refusal(RefusalCode.UNAUTHENTICATED) from None
    if expires < now.timestamp():
        raise Refusal(RefusalCode.TOKEN_EXPIRED)
    return claims


def service_token(key: SigningKey, key_id: str, service: str, now: datetime) -> str:
    """A token with which one service fetches a package from another; it signs in nobody."""
    return issue_token(key, key_id, Claims(f"service:{service}", "", "", ""), now)


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
