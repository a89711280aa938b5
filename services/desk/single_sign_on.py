"""Single sign-on by OpenID Connect: the authorization code flow with PKCE, against the one issuer that is configured.

The issuer says who somebody is, and nothing else: which account that is, its posts, second factor and sessions are
ours. What is checked of an ID token: signature by a key of the issuer, issuer, audience, times, nonce.
"""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from typing import Any
from urllib.parse import urlencode, urlsplit

import jwt
import requests

from services.chassis.clock import monotonic, real_now
from services.chassis.keys import CannotOpen, KeyRing, decrypt, encrypt
from services.chassis.settings import SingleSignOn

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures by a key pair alone: neither `none`, nor HS256 with a secret that others may know."""
CLAIMS = ("iss", "sub", "aud", "exp", "iat", "nonce")
SECONDS, LARGEST = 5.0, 200_000
LEEWAY = timedelta(seconds=60)
KNOWN_FOR, KEYS_AGAIN = 600.0, 60.0
"""Seconds that what the issuer says of itself is kept; and at least between two fetches for an unknown key."""
ATTEMPT_LIFE = timedelta(minutes=10)
LONGEST_SUBJECT = 255
_PURPOSE = "single sign-on"


class NotSignedOn(Exception):
    """The issuer, or what came back in its name, is not to be trusted or not there; `reason` is a code for the log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Identity:
    issuer: str
    subject: str


@dataclass(frozen=True)
class Attempt:
    """What was sent away with a browser, and is expected back from the same one. `target`: a page of the desk."""

    state: str
    nonce: str
    verifier: str
    target: str
    at: str

    @property
    def digest(self) -> bytes:
        return sha256(self.state.encode()).digest()


def new_attempt(target: str) -> Attempt:
    return Attempt(
        secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48), target,
        real_now().isoformat(),
    )  # fmt: skip


def sealed(ring: KeyRing, attempt: Attempt) -> str:
    """The attempt for the browser's cookie; the browser can neither read nor change it."""
    return base64.urlsafe_b64encode(
        encrypt(ring.wrap, json.dumps(asdict(attempt)).encode(), _PURPOSE)
    ).decode()


def opened(ring: KeyRing, cookie: str) -> Attempt:
    """Raises NotSignedOn for none of ours, or one that is older than ATTEMPT_LIFE."""
    try:
        attempt = Attempt(
            **json.loads(decrypt(ring.wrap, base64.urlsafe_b64decode(cookie.encode()), _PURPOSE))
        )
        age = real_now() - datetime.fromisoformat(attempt.at)
    except (CannotOpen, ValueError, TypeError):
        raise NotSignedOn("no_attempt") from None
    if age > ATTEMPT_LIFE:
        raise NotSignedOn("attempt_expired")
    return attempt


class Provider:
    """The issuer, as it describes itself. One for each desk process; answers are kept for KNOWN_FOR seconds."""

    def __init__(self, settings: SingleSignOn) -> None:
        self.settings = settings
        self._described: tuple[float, dict[str, Any]] | None = None
        self._keys: dict[str, jwt.PyJWK] = {}
        self._fetched = float("-inf")

    def address(self, attempt: Attempt) -> str:
        """Where to send the browser; raises NotSignedOn."""
        challenge = base64.urlsafe_b64encode(sha256(attempt.verifier.encode()).digest()).decode().rstrip("=")
        asked = {
            "response_type": "code",
            "client_id": self.settings.client_id,
            "redirect_uri": self.settings.redirect_uri,
            "scope": "openid",
            "state": attempt.state,
            "nonce": attempt.nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        place = self._endpoint("authorization_endpoint")
        return f"{place}{'&' if '?' in place else '?'}{urlencode(asked)}"

    def identity(self, attempt: Attempt, answer: Mapping[str, str]) -> Identity:
        """Who came back with these parameters of the redirection; raises NotSignedOn."""
        if not compare_digest(answer.get("state", "").encode(), attempt.state.encode()):
            raise NotSignedOn("state")
        self._from_this_issuer(answer.get("iss", ""))
        if answer.get("error") or not answer.get("code"):
            raise NotSignedOn("refused_by_issuer")
        told = self._exchange(answer["code"], attempt.verifier)
        claims = self._verified(str(told.get("id_token", "")))
        if not compare_digest(str(claims["nonce"]).encode(), attempt.nonce.encode()):
            raise NotSignedOn("nonce")
        if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and "azp" not in claims:
            raise NotSignedOn("audience")
        if claims.get("azp", self.settings.client_id) != self.settings.client_id:
            raise NotSignedOn("audience")
        subject = claims["sub"]
        if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
            raise NotSignedOn("subject")
        return Identity(self.settings.issuer, subject)

    def _from_this_issuer(self, given: str) -> None:
        """RFC 9207: an answer that names another issuer was mixed up; one that says it always does has to."""
        always = self._described_now().get("authorization_response_iss_parameter_supported") is True
        if given != self.settings.issuer if (given or always) else False:
            raise NotSignedOn("other_issuer")

    def _exchange(self, code: str, verifier: str) -> dict[str, Any]:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.settings.redirect_uri,
            "code_verifier": verifier,
        }
        client = (self.settings.client_id, self.settings.client_secret)
        methods = self._described_now().get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        basic = bool(self.settings.client_secret) and "client_secret_basic" in methods
        if not basic:
            form["client_id"] = client[0]
            form |= {"client_secret": client[1]} if client[1] else {}
        place = self._endpoint("token_endpoint")
        return _asked("POST", place, data=form, auth=client if basic else None)

    def _verified(self, token: str) -> dict[str, Any]:
        try:
            header = jwt.get_unverified_header(token)
            algorithm = header.get("alg")
            if algorithm not in ALGORITHMS:
                raise NotSignedOn("algorithm")
            claims: dict[str, Any] = jwt.decode(
                token,
                self._key(str(header.get("kid", "")), str(algorithm)),
                algorithms=[str(algorithm)],
                audience=self.settings.client_id,
                issuer=self.settings.issuer,
                leeway=LEEWAY,
                options={"require": list(CLAIMS)},
            )
        except jwt.PyJWTError as error:
            raise NotSignedOn(type(error).__name__) from None
        return claims

    def _key(self, kid: str, algorithm: str) -> jwt.PyJWK:
        """The issuer's key of that id; a token without an id is by the only key. Asked for anew when it is unknown."""
        if (key := self._find(kid)) is None and monotonic() - self._fetched >= KEYS_AGAIN:
            self._fetched = monotonic()
            found = _asked("GET", self._endpoint("jwks_uri")).get("keys", [])
            self._keys = {str(one.get("kid", "")): key for one in found if (key := _usable(one)) is not None}
            key = self._find(kid)
        if key is None or (key.key_type == "oct") or not _fits(key, algorithm):
            raise NotSignedOn("unknown_key")
        return key

    def _find(self, kid: str) -> jwt.PyJWK | None:
        if not kid and len(self._keys) == 1:
            return next(iter(self._keys.values()))
        return self._keys.get(kid)

    def _endpoint(self, name: str) -> str:
        place = self._described_now().get(name)
        if not isinstance(place, str) or not is_safe(place):
            raise NotSignedOn("discovery")
        return place

    def _described_now(self) -> dict[str, Any]:
        if self._described is None or monotonic() - self._described[0] > KNOWN_FOR:
            told = _asked("GET", f"{self.settings.issuer.rstrip('/')}/.well-known/openid-configuration")
            if told.get("issuer") != self.settings.issuer:
                raise NotSignedOn("discovery")
            self._described = (monotonic(), told)
        return self._described[1]


def is_safe(address: str) -> bool:
    """Whether what goes there cannot be read on the way: HTTPS, or this very machine."""
    parts = urlsplit(address)
    here = parts.hostname in ("127.0.0.1", "::1", "localhost")
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and here))


def _asked(method: str, address: str, **options: Any) -> dict[str, Any]:
    """A JSON object from the issuer; no redirection is followed, no long answer read."""
    try:
        with requests.request(
            method, address, timeout=SECONDS, allow_redirects=False, stream=True, **options
        ) as answer:
            body = answer.raw.read(LARGEST + 1, decode_content=True)
            told = json.loads(body) if answer.status_code == 200 and len(body) <= LARGEST else None
    except (requests.RequestException, OSError, ValueError):
        raise NotSignedOn("issuer_away") from None
    if not isinstance(told, dict):
        raise NotSignedOn("refused_by_issuer")
    return told


def _usable(key: Any) -> jwt.PyJWK | None:
    """A key for signatures; of what we do not know (an encryption key, a new curve) nothing."""
    if not isinstance(key, dict) or key.get("use", "sig") != "sig":
        return None
    try:
        return jwt.PyJWK(key)
    except (jwt.PyJWTError, ValueError, TypeError):
        return None


def _fits(key: jwt.PyJWK, algorithm: str) -> bool:
    """No algorithm of another family than the key's; one that the key names is the only one."""
    families = {"RSA": ("RS", "PS"), "EC": ("ES",), "OKP": ("Ed",)}
    return algorithm.startswith(families.get(str(key.key_type), ()))
