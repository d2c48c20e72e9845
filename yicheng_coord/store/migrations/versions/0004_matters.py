"""事项: what duties hang on besides cases."""

from alembic import op

revision = "0004"
down_revision = "0003"

STATEMENTS = (
    """
CREATE TABLE matter (
  id INTEGER PRIMARY KEY,
  letter TEXT NOT NULL,
  number INTEGER NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL CHECK (trim(title) <> ''),
  owner TEXT,
  case_id INTEGER REFERENCES case_file (id),
  category INTEGER CHECK (category BETWEEN 1 AND 7),
  document TEXT,
  text TEXT,
  urgent INTEGER NOT NULL CHECK (urgent IN (0, 1)),
  urgent_on TEXT CHECK (urgent_on IS NULL OR date(urgent_on, '+0 days') IS urgent_on),
  secrecy TEXT NOT NULL CHECK (secrecy IN ('none', 'commercial', 'privacy')),
  meeting_id INTEGER REFERENCES matter (id),
  details TEXT,
  UNIQUE (letter, number)
) STRICT
    """,
    "CREATE INDEX matter_by_case ON matter (case_id) WHERE case_id IS NOT NULL",
    "CREATE INDEX matter_by_meeting ON matter (meeting_id) WHERE meeting_id IS NOT NULL",
    "CREATE INDEX matter_by_details ON matter (details) WHERE details IS NOT NULL",
    """
CREATE TABLE matter_party (
  id INTEGER PRIMARY KEY,
  matter_id INTEGER NOT NULL REFERENCES matter (id),
  role TEXT NOT NULL,
  unit TEXT NOT NULL,
  UNIQUE (matter_id, role, unit)
) STRICT
    """,
    "CREATE INDEX matter_party_by_unit ON matter_party (unit, matter_id)",
    """
CREATE TABLE happening (
  id INTEGER PRIMARY KEY,
  matter_id INTEGER NOT NULL REFERENCES matter (id),
  event TEXT NOT NULL,
  unit TEXT,
  happened_on TEXT NOT NULL CHECK (date(happened_on, '+0 days') IS happened_on),
  happened_at TEXT,
  medium TEXT,
  document TEXT,
  text TEXT,
  details TEXT
) STRICT
    """,
    "CREATE INDEX happening_by_matter ON happening (matter_id, id)",
    "CREATE INDEX happening_by_document ON happening (document) WHERE document IS NOT NULL",
    """
CREATE TABLE attendance (
  id INTEGER PRIMARY KEY,
  matter_id INTEGER NOT NULL REFERENCES matter (id),
  unit TEXT NOT NULL,
  name TEXT NOT NULL CHECK (trim(name) <> ''),
  post TEXT,
  status TEXT NOT NULL CHECK (status IN ('present', 'leave', 'guest')),
  reason TEXT,
  UNIQUE (matter_id, unit, name)
) STRICT
    """,
    "ALTER TABLE duty ADD COLUMN matter_id INTEGER REFERENCES matter (id)",
    "ALTER TABLE duty ADD COLUMN extended_by INTEGER",
    "ALTER TABLE paper_number ADD COLUMN matter_id INTEGER REFERENCES matter (id)",
    "CREATE INDEX paper_number_by_matter ON paper_number (matter_id) WHERE matter_id IS NOT NULL",
    "ALTER TABLE duty ADD COLUMN met_at TEXT",
    "ALTER TABLE case_file ADD COLUMN action_id INTEGER REFERENCES matter (id)",
    "CREATE INDEX case_by_action ON case_file (action_id) WHERE action_id IS NOT NULL",
    "ALTER TABLE change ADD COLUMN matter_id INTEGER",
    """
CREATE INDEX change_by_matter ON change (matter_id, operation_id) WHERE matter_id IS NOT NULL
    """,
    """
CREATE UNIQUE INDEX duty_by_matter ON duty (matter_id, subject, rule) WHERE matter_id IS NOT NULL
    """,
)


def upgrade() -> None:
    """Add four tables; to duties matter, extension, moment; to changes their matter."""
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
