"""Bring an installation's databases to the current schema, as their owners; grant what services need.

The one-shot container `init`: it alone holds the owners' passwords. For each service it runs
`python -m dengwen init` with that service's settings and then `postgres/privileges.sql`. Exit code 1 names
the service that failed; running it again does nothing that is done.
"""

import os
import subprocess
import sys
from pathlib import Path

import psycopg2
from sqlalchemy.engine import make_url

SERVICES = ("intake", "clues", "inspection", "notifications", "archive", "desk")
SECRETS = Path("/run/secrets")
PRIVILEGES = Path(__file__).with_name("postgres") / "privileges.sql"


def migrate(service: str) -> bool:
    """Run the service's own `init` as the owner of its database."""
    secrets = SECRETS / service
    settings = {
        "DENGWEN_SERVICE": service,
        "DENGWEN_DATABASE_URL_FILE": str(secrets / "owner_url"),
        "DENGWEN_BROKER_URI_FILE": str(secrets / "broker_uri"),
        "DENGWEN_KEY_DIR": str(secrets / "keys"),
    }
    command = [sys.executable, "-m", "dengwen", "init", *sys.argv[1:]]
    return subprocess.run(command, env={**os.environ, **settings}, check=False).returncode == 0


def grant(service: str) -> None:
    """Give the service's own role what it needs, and only inserting into the audit trail."""
    url = make_url((SECRETS / service / "owner_url").read_text(encoding="utf-8").strip())
    session = psycopg2.connect(
        host=url.host, port=url.port or 5432, user=url.username, password=url.password, dbname=url.database
    )
    with session, session.cursor() as cursor:
        cursor.execute(PRIVILEGES.read_text(encoding="utf-8"))
    session.close()


def main() -> int:
    """All services, one after another."""
    for service in SERVICES:
        if not migrate(service):
            print(f"init: {service} could not be initialised", file=sys.stderr)
            return 1
        grant(service)
        print(f"init: {service} is current", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
