"""Another county's procedure on the same software: one file of clauses, one of declarations, nothing else."""
