"""What people and programs see: table, plain lines, JSON and CSV of the same rows."""
