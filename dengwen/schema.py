"""Creating a service's tables straight from the models: for tests. Installations are made by migrations."""

from __future__ import annotations

from services.chassis.db import Database
from services.chassis.migrate import guard, lineages
from services.chassis.runtime import ServiceDefinition


def create_tables(db: Database, service: ServiceDefinition) -> None:
    """All tables of a service that are missing, and the guards that keep its audit trail append-only."""
    for lineage in lineages(service):
        lineage.metadata.create_all(db.engine)
    with db.write() as session:
        guard(session.connection())
