"""Make the secrets of a new installation: passwords, connection addresses, the broker's users, all keys.

One directory for each container, mounted there as /run/secrets, with nothing in it that this container does
not need. The whole stands in a directory that only its owner can enter; the files in it are readable, since
each container runs under a number of its own.

    postgres/     password, <service>.password, <service>.owner_password
    rabbitmq/     definitions.json (salted hashes only)
    <service>/    database_url, broker_uri, keys/
    init/<service>/    owner_url, broker_uri, keys/
"""

import base64
import hashlib
import json
import secrets
import shutil
import sys
import tempfile
from pathlib import Path

from services.chassis.keys import generate
from services.chassis.settings import SERVICES

VHOST = "dengwen"
KEY_FILES = ("{}.signing.key", "{}.wrap.key", "{}.box.key", "trust.json")


def broker_hash(password: str) -> str:
    """RabbitMQ's salted SHA-256 of a password, as its definitions carry it."""
    salt = secrets.token_bytes(4)
    return base64.b64encode(salt + hashlib.sha256(salt + password.encode()).digest()).decode()


def definitions(passwords: dict[str, str]) -> dict[str, object]:
    """One user for each service. It can touch the shared exchanges and what is named after it, no more."""
    own = r"^dengwen\.(events|dead|{0}(\..+)?)$"
    return {
        "vhosts": [{"name": VHOST}],
        "users": [
            {
                "name": service,
                "password_hash": broker_hash(password),
                "hashing_algorithm": "rabbit_password_hashing_sha256",
                "tags": "",
            }
            for service, password in passwords.items()
        ],
        "permissions": [
            {
                "user": service,
                "vhost": VHOST,
                **dict.fromkeys(("configure", "write", "read"), own.format(service)),
            }
            for service in passwords
        ],
    }


def write(path: Path, text: str) -> None:
    """Write one secret, and the directories above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o644)


def fill(directory: Path) -> None:
    """Write all secrets into an empty directory."""
    broker = {service: secrets.token_urlsafe(24) for service in SERVICES}
    write(directory / "postgres" / "password", secrets.token_urlsafe(24))
    write(directory / "rabbitmq" / "definitions.json", json.dumps(definitions(broker), indent=1))
    generate(directory / "all-keys")
    for service in SERVICES:
        passwords = {kind: secrets.token_urlsafe(24) for kind in ("password", "owner_password")}
        for kind, password in passwords.items():
            write(directory / "postgres" / f"{service}.{kind}", password)
        address = "postgresql+psycopg2://{}:{}@postgres:5432/" + service
        uri = f"amqp://{service}:{broker[service]}@rabbitmq:5672/{VHOST}"
        init = directory / "init" / service
        write(directory / service / "database_url", address.format(service, passwords["password"]))
        write(init / "owner_url", address.format(f"{service}_owner", passwords["owner_password"]))
        for home in (directory / service, init):
            write(home / "broker_uri", uri)
            for name in KEY_FILES:
                key = (directory / "all-keys" / name.format(service)).read_text(encoding="utf-8")
                write(home / "keys" / name.format(service), key)
    shutil.rmtree(directory / "all-keys")


def main(directory: Path) -> int:
    """Make the directory at once, or not at all; exit code 1 when something else stands there."""
    if (directory / "postgres" / "password").exists():
        print(f"{directory}: secrets exist already and stay as they are", file=sys.stderr)
        return 0
    if directory.exists() and any(directory.iterdir()):
        print(f"{directory} is neither empty nor a directory of secrets", file=sys.stderr)
        return 1
    directory.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=directory.parent, prefix=".secrets-") as half_made:
        fill(Path(half_made) / "new")
        if directory.exists():
            directory.rmdir()
        (Path(half_made) / "new").chmod(0o700)
        (Path(half_made) / "new").rename(directory)
    print(f"{directory}: passwords and keys made. Back them up: without the wrap keys no case can be read.")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
