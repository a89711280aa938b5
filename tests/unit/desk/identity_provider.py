"""A small OpenID provider on a port of its own: discovery, keys, and a token endpoint that checks what it is given."""

from __future__ import annotations

import base64
import json
import threading
import time
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from werkzeug.serving import BaseWSGIServer, make_server
from werkzeug.wrappers import Request, Response

CLIENT, SECRET = "dengwen-desk", "a secret of the client"


@cache
def key_pair(kid: str) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Asked:
    """What a browser was sent with to the authorization endpoint."""

    state: str
    nonce: str
    challenge: str
    redirect_uri: str


@dataclass
class IdentityProvider:
    """`claims`, `header`, `sign_with`, `described` change what it answers: an issuer that errs, or an attacker's."""

    kid: str = "key-1"
    claims: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=dict)
    described: dict[str, Any] = field(default_factory=dict)
    algorithm: str = "RS256"
    sign_with: Any = None
    away: bool = False
    codes: dict[str, tuple[Asked, str]] = field(default_factory=dict)
    asked_for: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._server: BaseWSGIServer = make_server("127.0.0.1", 0, self._application, threaded=True)
        self.issuer = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def asked(self, address: str) -> Asked:
        """What the authorization endpoint reads in the address that a browser was sent to."""
        assert address.startswith(f"{self.issuer}/authorize?"), address
        given = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert (given["response_type"], given["client_id"], given["scope"]) == ("code", CLIENT, "openid")
        assert given["code_challenge_method"] == "S256"
        return Asked(given["state"], given["nonce"], given["code_challenge"], given["redirect_uri"])

    def grant(self, asked: Asked, subject: str) -> str:
        """A code for a subject who has just shown who they are."""
        code = uuid4().hex
        self.codes[code] = asked, subject
        return code

    def _application(self, environ: dict[str, Any], start_response: Any) -> Any:
        request = Request(environ)
        self.asked_for.append(request.path)
        answers = {
            "/.well-known/openid-configuration": self._discovery,
            "/keys": self._keys,
            "/token": self._token,
        }
        found = (503, {}) if self.away else answers[request.path](request)
        return Response(json.dumps(found[1]), status=found[0], mimetype="application/json")(
            environ, start_response
        )

    def _discovery(self, _: Request) -> tuple[int, Any]:
        return 200, {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        } | self.described

    def _keys(self, _: Request) -> tuple[int, Any]:
        public = jwt.algorithms.RSAAlgorithm.to_jwk(key_pair(self.kid).public_key(), as_dict=True)
        return 200, {"keys": [{**public, "kid": self.kid, "use": "sig"}, {"kty": "new", "kid": "other"}]}

    def _token(self, request: Request) -> tuple[int, Any]:
        """RFC 6749 4.1.3 and RFC 7636 4.6: the client, one use of the code, the address, the verifier."""
        form, client = request.form, request.authorization
        found = self.codes.pop(form.get("code", ""), None)
        proven = client is not None and (client.username, client.password) == (CLIENT, SECRET)
        if found is None or not proven or form.get("redirect_uri") != found[0].redirect_uri:
            return 400, {"error": "invalid_grant"}
        digest = sha256(form.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(digest).decode().rstrip("=") != found[0].challenge:
            return 400, {"error": "invalid_grant"}
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": self._id_token(*found)}

    def _id_token(self, asked: Asked, subject: str) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer, "sub": subject, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked.nonce,
        } | self.claims  # fmt: skip
        told = {name: value for name, value in claims.items() if value is not None}
        key = self.sign_with or key_pair(self.kid)
        return jwt.encode(told, key, algorithm=self.algorithm, headers={"kid": self.kid} | self.header)
