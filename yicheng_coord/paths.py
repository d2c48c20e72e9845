"""Where files lie: the database by default, and what the package carries."""

import os
from contextlib import suppress
from pathlib import Path

_PACKAGE = Path(__file__).parent


def default_database() -> Path:
    """`coord.db` in the user's data folder of this platform."""
    from platformdirs import user_data_path

    return user_data_path("coord", appauthor=False) / "coord.db"


def followed(database: Path) -> Path:
    """Return the file itself where a link names it: what belongs to a register lies beside it."""
    with suppress(OSError):  # a folder that may not be entered: whoever opens the file says so
        if database.is_symlink():
            return Path(os.path.realpath(database))
    return database


def material_folder(database: Path) -> Path:
    """The files of the materials of a register, beside it: `<aa>/<SHA-256><suffix>`."""
    return database.with_name(f"{database.name}.files")


def carried(folder: str) -> Path:
    """Return a folder beside the code in a wheel, at the repository's root in a checkout."""
    installed = _PACKAGE / folder
    return installed if installed.is_dir() else _PACKAGE.parent / folder


def policy_folder() -> Path:
    """The policy pack that the program brings along."""
    return _PACKAGE / "policy"


def migrations_folder() -> Path:
    """The numbered steps from an older schema to this one."""
    return _PACKAGE / "store" / "migrations"
