"""`dengwen health`: the health check inside a service's container; exits 0 if the service answers."""

from __future__ import annotations

import os
import sys
import urllib.error
import urllib.request

import click


@click.command("health")
@click.option("--ready", is_flag=True, help="目录到齐才算 · only once the directory has arrived")
def command(ready: bool) -> None:
    """容器健康检查。The container's health check."""
    service, port = os.environ.get("DENGWEN_SERVICE", "intake"), os.environ.get("DENGWEN_HTTP_PORT", "8000")
    path = "ready" if ready else "health"
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/{service}/{path}", timeout=3) as answer:
            sys.exit(0 if answer.status == 200 else 1)
    except (OSError, urllib.error.URLError):
        sys.exit(1)
