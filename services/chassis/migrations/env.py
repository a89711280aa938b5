"""Alembic's environment, one for all lineages. The caller hands over the connection and the lineage."""

from __future__ import annotations

from alembic import context

from services.chassis.migrations.upgrade import options

context.configure(**options(**context.config.attributes))
with context.begin_transaction():
    context.run_migrations()
