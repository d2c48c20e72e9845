"""The index of provisional duties holds those alone: open duties need not be written into it."""

from alembic import op

revision = "0005"
down_revision = "0004"

STATEMENTS = (
    "DROP INDEX duty_open_provisional",
    """
CREATE INDEX duty_open_provisional ON duty (id)
  WHERE provisional = 1 AND met_on IS NULL AND cancelled_on IS NULL
    """,
)


def upgrade() -> None:
    """Make the index of provisional duties anew."""
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
