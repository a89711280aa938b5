"""Attacks that must fail: each file one way in, through the surfaces that a stranger, a reader or a peer has."""
