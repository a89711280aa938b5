"""Papers of notifications: the office register, and the slips that a notice's delivery is recorded on."""
