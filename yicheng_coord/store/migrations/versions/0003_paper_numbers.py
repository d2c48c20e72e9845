"""Numbers of papers: the series of a unit, and the numbers that were given out."""

from alembic import op

revision = "0003"
down_revision = "0002"

STATEMENTS = (
    "CREATE INDEX transfer_by_number ON transfer (number) WHERE number IS NOT NULL",
    """
CREATE TABLE number_series (
  id INTEGER PRIMARY KEY,
  unit TEXT NOT NULL,
  kind TEXT NOT NULL,
  form TEXT NOT NULL,
  first_year INTEGER NOT NULL,
  first_seq INTEGER NOT NULL CHECK (first_seq > 0),
  UNIQUE (unit, kind)
) STRICT
    """,
    """
CREATE TABLE paper_number (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  unit TEXT NOT NULL,
  kind TEXT NOT NULL,
  case_id INTEGER REFERENCES case_file (id),
  addressee TEXT,
  form TEXT,
  year INTEGER,
  seq INTEGER,
  dated_on TEXT NOT NULL CHECK (date(dated_on, '+0 days') IS dated_on)
) STRICT
    """,
    "CREATE INDEX paper_number_by_case ON paper_number (case_id, kind)",
    "CREATE INDEX paper_number_by_form ON paper_number (form, year, seq) WHERE form IS NOT NULL",
    "CREATE INDEX paper_number_by_unit ON paper_number (unit, id)",
)


def upgrade() -> None:
    """Add two tables, and find a transfer by its number."""
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
