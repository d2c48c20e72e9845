"""The whole of a register as text: two dumps alike, and nothing changed."""

import sqlite3
from contextlib import closing

from conftest import Desk


def dump(coord: Desk) -> list[str]:
    with closing(sqlite3.connect(coord.database)) as connection:
        return list(connection.iterdump())
