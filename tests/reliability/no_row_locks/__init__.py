"""PostgreSQL as if `select_for_update` did nothing, as it does on SQLite: the guard of R2 switched off."""
