"""Which operation made a row, where taking that one back undoes nothing else."""

from yicheng_coord.queries.reading import Reading

_MADE_BY = (
    "SELECT max(operation_id) FROM change WHERE table_name = ? AND row_id = ? AND before IS NULL"
)
_WENT_ON = (
    "SELECT 1 FROM change AS own JOIN change AS later ON later.matter_id = own.matter_id "
    "AND later.operation_id > own.operation_id WHERE own.operation_id = ? LIMIT 1"
)


def last_of_its_matters(reading: Reading, table: str, row_id: int) -> str | None:
    """Return the operation (P12) that made a row; None where one went on with what it touched."""
    (number,) = reading.connection.execute(_MADE_BY, (table, row_id)).fetchone()
    went_on = reading.connection.execute(_WENT_ON, (number,)).fetchone()
    return None if number is None or went_on else f"P{number}"
