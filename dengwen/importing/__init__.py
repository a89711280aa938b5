"""`dengwen import`: a ledger file on its way into a running installation."""
