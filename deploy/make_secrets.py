"""Make the secrets of a new installation: passwords, connection addresses, the broker's users, all keys.

One directory for each container, mounted there as /run/secrets, with nothing in it that this container does
not need. The whole stands in a directory that only its owner can enter; the files in it are readable, since
each container runs under a number of its own.

    postgres/     password, owners.password, <service>.password
    rabbitmq/     definitions.json (salted hashes only; who may touch what: permissions.py beside deploy/rabbitmq)
    <service>/    database_url, broker_uri, keys/ (its own)
    init/         database_url (a pattern, as the owners), broker_uri (may declare all queues), keys/ (all),
                  sign-in.json: the first passwords of the administrators and of the example accounts
"""

import base64
import hashlib
import json
import secrets
import sys
import tempfile
from pathlib import Path

from dengwen.example import example_authority
from deploy.rabbitmq import permissions
from services.chassis.keys import generate
from services.chassis.settings import SERVICES

VHOST = "dengwen"
INIT = "init"
DATABASE = "postgresql+psycopg2://{}:{}@postgres:5432/{}"
BROKER = "amqp://{}:{}@rabbitmq:5672/" + VHOST
KEY_FILES = ("{}.signing.key", "{}.wrap.key", "{}.box.key", "trust.json")


def broker_hash(password: str) -> str:
    """RabbitMQ's salted SHA-256 of a password, as its definitions carry it."""
    salt = secrets.token_bytes(4)
    return base64.b64encode(salt + hashlib.sha256(salt + password.encode()).digest()).decode()


def definitions(passwords: dict[str, str]) -> dict[str, object]:
    """A user per service, with what it may touch, and the exchanges, which no service may make or delete."""
    users = [
        {
            "name": user,
            "password_hash": broker_hash(password),
            "hashing_algorithm": "rabbit_password_hashing_sha256",
            "tags": "",
        }
        for user, password in passwords.items()
    ]
    return {"vhosts": [{"name": VHOST}], "users": users, **permissions.of_vhost(VHOST, INIT)}


def refresh(directory: Path) -> bool:
    """Bring the broker's permissions to this release, keeping users and passwords; False if nothing changed."""
    path = directory / "rabbitmq" / "definitions.json"
    known = json.loads(path.read_text(encoding="utf-8"))
    current = known | permissions.of_vhost(VHOST, INIT)
    if current == known:
        return False
    write(path, json.dumps(current, indent=1))
    return True


def write(path: Path, text: str) -> None:
    """Write one secret, and the directories above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o644)


def fill(directory: Path) -> None:
    """Write all secrets into an empty directory."""
    broker = {user: secrets.token_urlsafe(24) for user in (*SERVICES, INIT)}
    owners = secrets.token_urlsafe(24)
    write(directory / "postgres" / "password", secrets.token_urlsafe(24))
    write(directory / "postgres" / "owners.password", owners)
    write(directory / "rabbitmq" / "definitions.json", json.dumps(definitions(broker), indent=1))
    write(directory / INIT / "database_url", DATABASE.format("{service}_owner", owners, "{service}"))
    generate(directory / INIT / "keys")
    accounts = dict.fromkeys(post.account for post in example_authority().posts)
    signing_in = {
        account: {"password": secrets.token_urlsafe(9), "passphrase": secrets.token_urlsafe(12)}
        for account in accounts
    }
    write(directory / INIT / "sign-in.json", json.dumps(signing_in, indent=1))
    for service in SERVICES:
        password = secrets.token_urlsafe(24)
        write(directory / "postgres" / f"{service}.password", password)
        write(directory / service / "database_url", DATABASE.format(service, password, service))
        for name in (form.format(service) for form in KEY_FILES):
            key = (directory / INIT / "keys" / name).read_text(encoding="utf-8")
            write(directory / service / "keys" / name, key)
    for user, password in broker.items():
        write(directory / user / "broker_uri", BROKER.format(user, password))
    for key_file in (directory / INIT / "keys").iterdir():
        key_file.chmod(0o644)
    (directory / INIT / "keys").chmod(0o755)


def main(directory: Path) -> int:
    """Make the directory at once, or not at all; exit code 1 when something else stands there."""
    if (directory / "postgres" / "password").exists():
        print(f"{directory}: secrets exist already and stay as they are", file=sys.stderr)
        if refresh(directory):
            print("the broker's permissions were brought to this release: restart rabbitmq", file=sys.stderr)
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
