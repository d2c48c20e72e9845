"""Files → clean rows: decode, header, cells, checks. Nothing here knows the database."""
