"""Handing packages to the archive: it fetches them by digest, with a service token, after the closing event."""

from __future__ import annotations

from typing import Any

from werkzeug.wrappers import Response

from contracts.refusals import Refusal, RefusalCode, concealed
from services.chassis.auth import read_token
from services.chassis.clock import real_now
from services.chassis.http import Context, Route
from services.chassis.packages import Package
from services.chassis.work import begin


def package_route() -> Route:
    return Route("GET", "/packages/<digest>", fetch_package, ("移交归档包", "a package, for the archive"))


def fetch_package(context: Context) -> Any:
    """The ciphertext of a package. Only the archive service may fetch it; the export is logged."""
    scheme, _, token = context.request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise Refusal(RefusalCode.UNAUTHENTICATED)
    claims = read_token(token, context.runtime.ring.trust["archive"], real_now())
    if claims.account_id != "service:archive":
        raise Refusal(RefusalCode.UNAUTHENTICATED)
    with begin(context.runtime) as work:
        package = work.session.get(Package, context.path["digest"])
        if package is None:
            raise concealed()
        work.audit(
            "hand_over_package",
            "exported",
            subject_kind=package.subject_kind,
            subject_id=package.subject_id,
            clauses=("LZ-22.7",),
            facts={"package": package.digest},
        )
        return Response(package.body, mimetype="application/octet-stream")
