"""The shipped register in a test's database: loaded by Django's `loaddata` once, then copied.

`loaddata` looks every natural key up and takes many seconds; a copy of its rows a fraction of one. The rows are kept
in a file, for the other processes and the next run, as long as the fixture and the tables are the same. The fixture
itself is tested in `tests/test_fixture.py`.
"""

import hashlib
import pickle
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection

from trials.importers.fixture import MODELS

FIXTURE = "fixtures/vive_2019.json"

_rows: dict[str, tuple[list[str], list[tuple]]] = {}


def load_register() -> None:
    """Put the shipped register into the database, which holds none of its tables' rows."""
    if not _rows and (kept := _file()).exists():
        _rows.update(pickle.loads(kept.read_bytes()))
    if not _rows:
        call_command("loaddata", FIXTURE, verbosity=0)
        _remember()
        return
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table, (columns, rows) in _rows.items():
            names, values = ", ".join(map(quote, columns)), f"({', '.join(['%s'] * len(columns))})"
            for some in (rows[start : start + 200] for start in range(0, len(rows), 200)):
                cursor.execute(
                    f"INSERT INTO {quote(table)} ({names}) VALUES {', '.join([values] * len(some))}",
                    [value for row in some for value in row],
                )
        for statement in connection.ops.sequence_reset_sql(no_style(), _models()):
            cursor.execute(statement)
        if connection.vendor == "postgresql":
            # Rows that were rolled back stay in the tables until they are vacuumed. A planner that does not know how
            # large they have grown reads them from end to end, again and again.
            cursor.execute("ANALYZE")


def _remember() -> None:
    with connection.cursor() as cursor:
        for model in _models():
            table = model._meta.db_table
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} ORDER BY id")
            _rows[table] = ([column[0] for column in cursor.description], cursor.fetchall())
    kept = _file()
    kept.parent.mkdir(parents=True, exist_ok=True)
    # Written beside and moved, so that another process never reads half of it.
    with NamedTemporaryFile(dir=kept.parent, delete=False) as file:
        pickle.dump(_rows, file)
    Path(file.name).replace(kept)


def _file() -> Path:
    """Where the rows are kept: another file for another fixture, other tables or another database."""
    of = [Path(FIXTURE), *sorted(Path().glob("*/migrations/*.py"))]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in of)).hexdigest()[:16]
    return settings.DATA_DIR / "tests" / f"shipped-{connection.vendor}-{digest}.pickle"


def _models() -> list:
    """The fixture's models, and the tables between them that Django makes itself."""
    between = [f.remote_field.through for model in MODELS for f in model._meta.local_many_to_many]
    return MODELS + [through for through in between if through._meta.auto_created]
