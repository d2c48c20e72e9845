"""The database: its tables, how it is opened, how it is written, what it remembers."""
