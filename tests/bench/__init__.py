"""`make bench`: what this machine gives, and what of it the system leaves. See `docs/performance.md`."""
