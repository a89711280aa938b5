"""Keys of a service: signing (audit heads, tokens, service calls), wrapping (case keys), boxes (sealed packages).

Files in the key directory: `<service>.signing.key`, `<service>.wrap.key`, `<service>.box.key` (hex, mode 600) and
`trust.json`: `{service: {"sign": {key_id: hex}, "box": hex}}`, public keys only.
"""

from __future__ import annotations

import hmac
import json
import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import Aead
from nacl.signing import SigningKey, VerifyKey
from nacl.utils import random as random_bytes

from services.chassis.settings import SERVICES


class KeyFileError(Exception):
    """A key file is missing or damaged; the message names the file, never its content."""


class CannotOpen(Exception):
    """The ciphertext does not open with this key."""


@dataclass(frozen=True)
class KeyRing:
    service: str
    signing: SigningKey
    wrap: bytes
    box: PrivateKey
    trust: dict[str, dict[str, VerifyKey]]
    boxes: dict[str, PublicKey]

    @property
    def key_id(self) -> str:
        return key_id(self.signing.verify_key)

    def wrap_case_key(self, case_key: bytes, subject_id: str) -> bytes:
        return bytes(Aead(self.wrap).encrypt(case_key, aad=subject_id.encode()))

    def mark(self, purpose: str, content: bytes) -> bytes:
        """A keyed fingerprint: equal contents can be found, and nobody without the key can try out guesses."""
        return hmac_sha256(hmac_sha256(self.wrap, purpose.encode()), content)

    def unwrap_case_key(self, wrapped: bytes, subject_id: str) -> bytes:
        return _open(self.wrap, wrapped, subject_id)


def hmac_sha256(key: bytes, content: bytes) -> bytes:
    return hmac.digest(key, content, "sha256")


def new_case_key() -> bytes:
    return random_bytes(Aead.KEY_SIZE)


def encrypt(key: bytes, plain: bytes, binding: str) -> bytes:
    """Encrypt under a case key; `binding` (the row's id) must be given again to open it."""
    return bytes(Aead(key).encrypt(plain, aad=binding.encode()))


def decrypt(key: bytes, cipher: bytes, binding: str) -> bytes:
    return _open(key, cipher, binding)


def seal(box_key_hex: str, plain: bytes) -> bytes:
    """Encrypt to a public key: only its holder can open it, the sender cannot."""
    return bytes(SealedBox(PublicKey(bytes.fromhex(box_key_hex))).encrypt(plain))


def unseal(private: PrivateKey, cipher: bytes) -> bytes:
    try:
        return bytes(SealedBox(private).decrypt(cipher))
    except CryptoError as error:
        raise CannotOpen from error


def key_id(key: VerifyKey) -> str:
    return sha256(bytes(key)).hexdigest()[:16]


def _open(key: bytes, cipher: bytes, binding: str) -> bytes:
    try:
        return bytes(Aead(key).decrypt(cipher, aad=binding.encode()))
    except CryptoError as error:
        raise CannotOpen from error


def generate(directory: Path) -> None:
    """Write the keys of all services; does nothing where they exist."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    if (directory / "trust.json").exists():
        return
    trust = {}
    for service in SERVICES:
        signing, box = SigningKey.generate(), PrivateKey.generate()
        _write(directory / f"{service}.signing.key", bytes(signing))
        _write(directory / f"{service}.wrap.key", random_bytes(Aead.KEY_SIZE))
        _write(directory / f"{service}.box.key", bytes(box))
        trust[service] = {
            "sign": {key_id(signing.verify_key): bytes(signing.verify_key).hex()},
            "box": bytes(box.public_key).hex(),
        }
    temporary = directory / "trust.json.new"
    temporary.write_text(json.dumps(trust, indent=1), encoding="utf-8")
    temporary.rename(directory / "trust.json")


def load(directory: Path, service: str) -> KeyRing:
    """Read a service's keys and the public keys of all; raises KeyFileError."""
    trust_file = directory / "trust.json"
    try:
        trust = json.loads(trust_file.read_text(encoding="utf-8"))
        return KeyRing(
            service=service,
            signing=SigningKey(_read(directory / f"{service}.signing.key")),
            wrap=_read(directory / f"{service}.wrap.key"),
            box=PrivateKey(_read(directory / f"{service}.box.key")),
            trust=load_trust(directory),
            boxes={name: PublicKey(bytes.fromhex(entry["box"])) for name, entry in trust.items()},
        )
    except (OSError, ValueError, KeyError) as error:
        raise KeyFileError(
            f"keys of {service} cannot be read from {directory}: {type(error).__name__}"
        ) from None


def load_trust(directory: Path) -> dict[str, dict[str, VerifyKey]]:
    """The public signing keys of all services, from `trust.json`."""
    trust = json.loads((directory / "trust.json").read_text(encoding="utf-8"))
    return {
        name: {kid: VerifyKey(bytes.fromhex(hexed)) for kid, hexed in entry["sign"].items()}
        for name, entry in trust.items()
    }


def _write(path: Path, key: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(key.hex())


def _read(path: Path) -> bytes:
    return bytes.fromhex(path.read_text(encoding="utf-8").strip())
