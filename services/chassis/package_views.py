"""Handing packages to the archive: it fetches them by digest, with a service token, after the closing event."""

from __future__ import annotations

from typing import Any

from werkzeug.wrappers import Response

from contracts.refusals import concealed
from services.chassis.http import Context, Route
from services.chassis.packages import Package
from services.chassis.work import begin


def package_route() -> Route:
    return Route("GET", "/packages/<digest>", fetch_package, ("移交归档包", "a package, for the archive"))


def fetch_package(context: Context) -> Any:
    """The ciphertext of a package. Only the archive service may fetch it; the export is logged."""
    context.from_service("archive")
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
