"""The audit trail: one per service, append-only, a Merkle tree whose signed heads the others witness."""
