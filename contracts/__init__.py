"""What the services share, and all that they share: pure data and pure functions, no framework."""
