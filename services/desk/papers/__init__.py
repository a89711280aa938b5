"""Papers of the desk's own acts: accounts, keys of persons, the simulated clock."""
