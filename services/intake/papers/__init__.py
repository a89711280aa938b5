"""The papers of intake."""
