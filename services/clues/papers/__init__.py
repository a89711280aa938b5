"""The papers of clues."""
