"""Backups of an installation: a directory of copies of one moment, with a manifest that says what they are."""
