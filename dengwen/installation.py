"""An installation: where its parts are, and how a service's runtime is put together."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from sqlalchemy import select

from dengwen.definitions import definition
from dengwen.example import Authority
from services.archive import loading as archive
from services.chassis import keys
from services.chassis.bus.publisher import ConfirmingPublisher
from services.chassis.clock import ZONE, real_now
from services.chassis.db import Database
from services.chassis.http import Api
from services.chassis.migrate import MigrationRefused, migrate
from services.chassis.resources import routing
from services.chassis.runtime import Runtime
from services.chassis.scanning import ScannerAddressError, scanner_address
from services.chassis.serving import Control
from services.chassis.settings import Settings, SettingsError, second_factor_roles, single_sign_on, yes_or_no
from services.chassis.tables import Installation
from services.chassis.work import begin
from services.desk import loading as desk
from services.notifications import loading as notifications

SIMULATED_START = datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)
"""Where the example installation's time begins: a Monday."""


@dataclass(frozen=True)
class Folder:
    """An embedded installation's folder, `./var` unless told otherwise."""

    root: Path

    @property
    def keys(self) -> Path:
        return self.root / "keys"

    @property
    def sign_in(self) -> Path:
        """Accounts, passwords and passphrases of the example authority (mode 600)."""
        return self.root / "sign-in.json"

    @property
    def address(self) -> Path:
        """Where the running installation listens, and its process id."""
        return self.root / "running.json"

    @property
    def backups(self) -> Path:
        """Where the running installation puts the backups that it is asked for: `DENGWEN_BACKUP_DIR`, or in here."""
        return Path(os.environ.get("DENGWEN_BACKUP_DIR") or self.root / "backups").resolve()

    def settings(self, service: str, host: str, port: int) -> Settings:
        """A service's settings, some from the environment; raises SettingsError."""
        return Settings(
            service=service,
            database_url=f"sqlite:///{self.root / service}.db",
            broker_uri="dengwen-local://dengwen",
            key_dir=self.keys,
            http_host=host,
            http_port=port,
            peer_url=f"http://{host}:{port}",
            smtp_url=os.environ.get("DENGWEN_SMTP_URL", ""),
            mail_from=os.environ.get("DENGWEN_MAIL_FROM", "dengwen@localhost.invalid"),
            malware_scanner=_scanner(),
            second_factor=_second_factor(),
            public_page=_public_page(),
            single_sign_on=single_sign_on(os.environ),
        )


def _public_page() -> bool:
    try:
        return yes_or_no(os.environ.get("DENGWEN_PUBLIC_PAGE", "true"))
    except ValueError:
        raise SettingsError("DENGWEN_PUBLIC_PAGE: true / false") from None


def _scanner() -> str:
    try:
        return scanner_address(os.environ.get("DENGWEN_MALWARE_SCANNER", ""))
    except ScannerAddressError:
        raise SettingsError("DENGWEN_MALWARE_SCANNER: tcp://host:3310 / unix:///path") from None


def _second_factor() -> tuple[str, ...]:
    try:
        return second_factor_roles(os.environ.get("DENGWEN_SECOND_FACTOR", ""))
    except ValueError:
        raise SettingsError("DENGWEN_SECOND_FACTOR: off / everybody / administrators / roles") from None


def build_runtime(settings: Settings) -> Runtime:
    """A service's runtime on its database and keys; raises KeyFileError, SQLAlchemy's errors."""
    service = definition(settings.service)
    db = Database(settings.database_url)
    runtime = Runtime(service, settings, db, keys.load(settings.key_dir, settings.service))
    runtime.api = Api(runtime, routing(runtime.definition))
    runtime.control = Control(ConfirmingPublisher(settings.broker_uri))
    return runtime


def create(settings: Settings, installation_id: str, time_mode: str, now: datetime | None) -> None:
    """Create or upgrade a service's tables and say what installation it belongs to; does nothing where that is done.

    Raises MigrationRefused.
    """
    db = Database(settings.database_url)
    migrate(db, definition(settings.service))
    runtime = Runtime(
        definition(settings.service), settings, db, keys.load(settings.key_dir, settings.service)
    )
    runtime.create_installation(installation_id, time_mode, now.astimezone(UTC) if now else None)
    db.dispose()


def upgrade(settings: Settings) -> None:
    """Bring an installed service's database to this release's schema; raises MigrationRefused, also if it is empty."""
    db = Database(settings.database_url)
    migrate(db, definition(settings.service))
    with db.read() as session:
        lost = session.scalars(select(Installation)).first() is None
    db.dispose()
    if lost:
        raise MigrationRefused(
            f"{settings.service} 的数据库是空的,请恢复备份 · the database of {settings.service} is empty:"
            " restore a backup"
        )


def load_authority(
    runtimes: dict[str, Runtime], authority: Authority, sign_in: Path, *, first_passwords: bool = False
) -> None:
    """Load offices, persons, posts and accounts by acts; what is there stays as it is.

    `first_passwords`: those in the file are changed at the first sign-in. The example's last: its walk needs them.
    """
    secrets_of = _sign_ins(authority, sign_in)
    _load_offices(runtimes["notifications"], authority)
    _load_roster(runtimes["archive"], authority)
    persons = {post.account: post.person for post in authority.posts}
    for account, person in persons.items():
        with begin(runtimes["desk"]) as work:
            desk.load_account(
                work,
                account_id=account,
                person_id=person,
                password=secrets_of[account]["password"],
                passphrase=secrets_of[account]["passphrase"],
                must_change=first_passwords,
            )
    with begin(runtimes["desk"]) as work:
        desk.publish_directory(
            work,
            persons=len(authority.persons),
            assignments=len(authority.posts),
            offices=len(authority.offices),
            coverages=len(authority.coverage),
            accounts=len(persons),
        )


def _load_offices(runtime: Runtime, authority: Authority) -> None:
    with begin(runtime) as work:
        for office in authority.offices:
            notifications.load_office(
                work,
                office_id=office.id,
                kind=office.kind,
                name_zh=office.zh,
                name_en=office.en,
                liaison_office_id=office.liaison,
            )
        for row in authority.coverage:
            notifications.load_coverage(
                work, unit_id=row.unit, office_id=row.office, liaison_office_id=row.liaison
            )
        for account, person in {post.account: post.person for post in authority.posts}.items():
            notifications.load_address(
                work, account_id=account, person_id=person, address=f"{account}@dengwen.example"
            )


def _load_roster(runtime: Runtime, authority: Authority) -> None:
    with begin(runtime) as work:
        for person in authority.persons:
            archive.load_person(
                work,
                person.id,
                person.zh,
                level=person.level,
                managing_authority=person.managed_by,
                unit_id=person.unit,
                office_id=person.office,
                superior_id=person.superior,
                leadership_member=person.leader,
                party_head=person.party_head,
            )
        for post in authority.posts:
            archive.load_assignment(
                work, post.id, post.person, post.role, office_id=post.office, unit_id=post.unit
            )


def _sign_ins(authority: Authority, path: Path) -> dict[str, dict[str, str]]:
    """Invented passwords, written before the accounts are made, so that a start killed half-way keeps them."""
    if path.exists():
        stored: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
        return stored
    accounts = {
        account: {"password": secrets.token_urlsafe(9), "passphrase": secrets.token_urlsafe(12)}
        for account in dict.fromkeys(post.account for post in authority.posts)
    }
    temporary = path.with_suffix(".new")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(accounts, file, indent=1)
    temporary.rename(path)
    return accounts


def take_lock(root: Path) -> TextIO | None:
    """The lock of an embedded installation, held until it is closed; None if another process holds it."""
    file = (root / "lock").open("a")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file


def installed_at(root: Path) -> bool:
    """Whether an installation was completely set up here."""
    return (root / "installed").exists()


def mark_installed(root: Path) -> None:
    (root / "installed").write_text(real_now().isoformat(), encoding="utf-8")
