"""Reading: SQL views to plain rows, by plain DB-API; the ORM is never loaded for a list."""
