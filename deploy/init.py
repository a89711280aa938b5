"""Bring an installation's databases to the current schema, as their owners; grant what services need.

The one-shot container `init`: it alone holds the owners' password and may declare all queues. It runs
`python -m dengwen init` with the options of DENGWEN_INIT_OPTIONS, then `postgres/privileges.sql` in each
database. Running it again does nothing that is done.
"""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import psycopg2
from sqlalchemy.engine import make_url

from services.chassis.settings import SERVICES

PRIVILEGES = Path(__file__).with_name("postgres") / "privileges.sql"


def migrate() -> int:
    """Create or migrate all databases; the exit code of the command."""
    options = ["--sign-in", "/run/secrets/sign-in.json"]
    options += shlex.split(os.environ.get("DENGWEN_INIT_OPTIONS", ""))
    return subprocess.run([sys.executable, "-m", "dengwen", "init", *options], check=False).returncode


def grant(service: str) -> None:
    """Give the service's own role what it needs, and only inserting into the audit trail."""
    pattern = Path(os.environ["DENGWEN_DATABASE_URL_FILE"]).read_text(encoding="utf-8").strip()
    url = make_url(pattern.format(service=service))
    session = psycopg2.connect(
        host=url.host, port=url.port or 5432, user=url.username, password=url.password, dbname=url.database
    )
    with session, session.cursor() as cursor:
        cursor.execute(PRIVILEGES.read_text(encoding="utf-8"))
    session.close()


def main() -> int:
    """Migrate, then grant; the first failure ends it, and nothing that waits for `init` starts."""
    code = migrate()
    if code == 0:
        for service in SERVICES:
            grant(service)
        print("init: databases and privileges are current", flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main())
