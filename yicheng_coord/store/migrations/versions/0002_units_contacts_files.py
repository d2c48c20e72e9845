"""Units and contacts that change, and material that is a file."""

from alembic import op

revision = "0002"
down_revision = "0001"

STATEMENTS = (
    "ALTER TABLE material ADD COLUMN file_hash TEXT",
    "ALTER TABLE material ADD COLUMN file_name TEXT",
    "ALTER TABLE material ADD COLUMN file_size INTEGER",
    "CREATE INDEX material_by_file ON material (file_hash) WHERE file_hash IS NOT NULL",
    """
CREATE TABLE unit_edition (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL,
  since TEXT NOT NULL CHECK (date(since, '+0 days') IS since),
  name TEXT NOT NULL CHECK (trim(name) <> ''),
  full_name TEXT NOT NULL CHECK (trim(full_name) <> ''),
  kind TEXT NOT NULL,
  is_member INTEGER NOT NULL CHECK (is_member IN (0, 1)),
  short_names TEXT NOT NULL,
  aliases TEXT NOT NULL,
  note TEXT,
  is_closed INTEGER NOT NULL CHECK (is_closed IN (0, 1)),
  successor TEXT,
  reason TEXT,
  UNIQUE (code, since)
) STRICT
    """,
    """
CREATE TABLE contact (
  id INTEGER PRIMARY KEY,
  unit TEXT NOT NULL,
  role TEXT NOT NULL,
  name TEXT NOT NULL CHECK (trim(name) <> ''),
  post TEXT,
  phone TEXT,
  since TEXT NOT NULL CHECK (date(since, '+0 days') IS since),
  until TEXT CHECK (until IS NULL OR (date(until, '+0 days') IS until AND until > since)),
  UNIQUE (unit, role, since)
) STRICT
    """,
)


def upgrade() -> None:
    """Add two tables, and three columns that may be empty."""
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
