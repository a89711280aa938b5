"""Ledgers (台账) that come in through the browser; see `routes.py`. The command `dengwen import` needs none of it."""
