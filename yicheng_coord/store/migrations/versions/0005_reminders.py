"""催办: letters about what is overdue."""

from alembic import op

revision = "0005"
down_revision = "0004"

STATEMENTS = (
    """
CREATE TABLE reminder (
  id INTEGER PRIMARY KEY,
  unit TEXT NOT NULL,
  level INTEGER NOT NULL CHECK (level IN (1, 2)),
  reminded_on TEXT NOT NULL CHECK (date(reminded_on, '+0 days') IS reminded_on)
) STRICT
    """,
    "CREATE INDEX reminder_by_unit ON reminder (unit, id)",
    """
CREATE TABLE reminder_item (
  id INTEGER PRIMARY KEY,
  reminder_id INTEGER NOT NULL REFERENCES reminder (id),
  duty_id INTEGER NOT NULL REFERENCES duty (id),
  due_on TEXT NOT NULL CHECK (date(due_on, '+0 days') IS due_on),
  due_at TEXT,
  assumed_start INTEGER NOT NULL CHECK (assumed_start IN (0, 1)),
  UNIQUE (reminder_id, duty_id)
) STRICT
    """,
    "CREATE INDEX reminder_item_by_duty ON reminder_item (duty_id)",
    "ALTER TABLE paper_number ADD COLUMN reminder_id INTEGER REFERENCES reminder (id)",
    """
CREATE INDEX paper_number_by_reminder ON paper_number (reminder_id) WHERE reminder_id IS NOT NULL
    """,
)


def upgrade() -> None:
    """Add the letters and what they are about; to numbers of papers, the letter that bears one."""
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
