"""Creating a service's tables."""

from __future__ import annotations

import services.chassis.packages
import services.chassis.tables
import services.chassis.values  # noqa: F401  (the chassis's tables are known once these are imported)
from services.chassis.audit.tables import append_only_ddl
from services.chassis.db import ChassisBase, Database
from services.chassis.runtime import ServiceDefinition


def create_tables(db: Database, service: ServiceDefinition) -> None:
    """All tables of a service that are missing, and the guards that keep its audit trail append-only."""
    ChassisBase.metadata.create_all(db.engine)
    service.base.metadata.create_all(db.engine)
    with db.write() as session:
        for statement in append_only_ddl(session.get_bind().dialect.name):
            session.connection().exec_driver_sql(statement)
