"""Alembic's part of migrations. Imported only when a database is behind, or a revision is written."""
