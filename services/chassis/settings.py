"""Settings of one service: from the environment, checked at start. Secrets may come from files (`…_FILE`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from services.chassis.scanning import scanner_address

_ROLE = re.compile(r"[a-z][a-z0-9_]{0,63}")
SERVICES = ("intake", "clues", "inspection", "notifications", "archive", "desk")


RETURN = "/desk/single-sign-on/return"
"""The page that an issuer of single sign-on sends browsers back to."""


class SettingsError(Exception):
    """A setting is missing or wrong; the message names it."""


@dataclass(frozen=True)
class SingleSignOn:
    """The one issuer of single sign-on (OpenID Connect). `redirect_uri`: our page, as it is registered there."""

    issuer: str
    client_id: str
    redirect_uri: str
    client_secret: str = ""


@dataclass(frozen=True)
class Settings:
    """`peer_url` is a pattern such as `http://{service}:8000`; sizes are in bytes, times in seconds.

    `behind_gateway`: requests come through a gateway of ours that says in `X-Forwarded-For` from where.
    `sender_accounts`: each service has a broker account of its own, named after it, and a message counts only if
    it came from the account of the service that it names. False where all share one account.
    `second_factor`: roles and groups of roles whose holders sign in with a one-time code as well; `everybody`: all.
    `public_page`: citizens may file and follow online reports without an account.
    `malware_scanner`: `tcp://host:3310` or `unix:///path` of a clamd; empty: uploads are told by their content only.
    """

    service: str
    database_url: str
    broker_uri: str
    key_dir: Path
    http_host: str = "127.0.0.1"
    http_port: int = 8000
    peer_url: str = "http://127.0.0.1:8000"
    max_body: int = 12_000_000
    max_attachment: int = 10_000_000
    directory_stale_after: int = 86_400
    announce_every: float = 5.0
    poll_every: float = 1.0
    smtp_url: str = ""
    mail_from: str = "dengwen@localhost.invalid"
    behind_gateway: bool = False
    sender_accounts: bool = False
    malware_scanner: str = ""
    second_factor: tuple[str, ...] = ()
    public_page: bool = True
    single_sign_on: SingleSignOn | None = None

    def for_service(self, service: str, **changes: Any) -> Settings:
        """The same settings for another service of this installation."""
        return replace(self, service=service, **changes)


def yes_or_no(text: str) -> bool:
    if text.lower() not in ("true", "false", "1", "0"):
        raise ValueError
    return text.lower() in ("true", "1")


def second_factor_roles(text: str) -> tuple[str, ...]:
    """`off`, or codes of roles and of groups of roles (`everybody`, `administrators`), with commas between.

    Which roles there are, the directory alone knows: raises ValueError for what is no code only.
    """
    names = tuple(name.strip() for name in text.split(",") if name.strip() not in ("", "off"))
    if not all(_ROLE.fullmatch(name) for name in names):
        raise ValueError
    return names


_NAMES: dict[str, Callable[[str], Any]] = {
    "service": str,
    "database_url": str,
    "broker_uri": str,
    "key_dir": Path,
    "http_host": str,
    "http_port": int,
    "peer_url": str,
    "max_body": int,
    "max_attachment": int,
    "directory_stale_after": int,
    "announce_every": float,
    "poll_every": float,
    "smtp_url": str,
    "mail_from": str,
    "behind_gateway": yes_or_no,
    "sender_accounts": yes_or_no,
    "malware_scanner": scanner_address,
    "second_factor": second_factor_roles,
    "public_page": yes_or_no,
}


_OIDC = ("issuer", "client_id", "redirect_uri", "client_secret")
_LOCAL = ("127.0.0.1", "::1", "localhost")


def single_sign_on(environment: Mapping[str, str]) -> SingleSignOn | None:
    """From `DENGWEN_OIDC_ISSUER`, `…_CLIENT_ID`, `…_REDIRECT_URI`, `…_CLIENT_SECRET(_FILE)`; None without an issuer.

    Raises SettingsError: all but the secret are needed together, and addresses are HTTPS or this machine's.
    """
    found = {name: environment.get(f"DENGWEN_OIDC_{name.upper()}", "").strip() for name in _OIDC}
    if not found["issuer"]:
        return None
    if path := environment.get("DENGWEN_OIDC_CLIENT_SECRET_FILE", ""):
        try:
            found["client_secret"] = Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SettingsError(f"DENGWEN_OIDC_CLIENT_SECRET_FILE cannot be read: {error.strerror}") from None
    for name in ("client_id", "redirect_uri"):
        if not found[name]:
            raise SettingsError(f"set DENGWEN_OIDC_{name.upper()}")
    for name in ("issuer", "redirect_uri"):
        parts = urlsplit(found[name])
        if parts.scheme != "https" and (parts.scheme != "http" or parts.hostname not in _LOCAL):
            raise SettingsError(f"DENGWEN_OIDC_{name.upper()} has to begin with https://")
    if not found["redirect_uri"].endswith(RETURN):
        raise SettingsError(f"DENGWEN_OIDC_REDIRECT_URI has to end with {RETURN}")
    return SingleSignOn(**found)


def from_environment(environment: Mapping[str, str], **given: Any) -> Settings:
    """Settings from `DENGWEN_<NAME>` or `DENGWEN_<NAME>_FILE`; SettingsError names the first bad one.

    `sender_accounts` is on by itself where the broker account bears the service's name.
    """
    values: dict[str, Any] = dict(given)
    for name, kind in _NAMES.items():
        key = f"DENGWEN_{name.upper()}"
        text = environment.get(key)
        if (path := environment.get(f"{key}_FILE")) is not None:
            try:
                text = Path(path).read_text(encoding="utf-8").strip()
            except OSError as error:
                raise SettingsError(f"{key}_FILE cannot be read: {error.strerror}") from None
        if text is not None and name not in given:
            try:
                values[name] = kind(text)
            except ValueError:
                raise SettingsError(f"{key} is not a valid {getattr(kind, '__name__', 'value')}") from None
    missing = [n for n in ("service", "database_url", "broker_uri", "key_dir") if n not in values]
    if missing:
        raise SettingsError(f"set DENGWEN_{missing[0].upper()}")
    if values["service"] not in SERVICES:
        raise SettingsError(f"DENGWEN_SERVICE must be one of {', '.join(SERVICES)}")
    values.setdefault("single_sign_on", single_sign_on(environment))
    own = urlsplit(values["broker_uri"]).username == values["service"]
    if values.setdefault("sender_accounts", own) and not own:
        raise SettingsError("DENGWEN_SENDER_ACCOUNTS needs a broker account named after the service")
    return Settings(**values)
