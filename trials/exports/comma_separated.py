"""Lists as comma-separated values: the form for machines (RFC 4180), and the form that Danish Excel opens."""

import csv
import io

from trials.exports.column import plain
from trials.exports.listing import Extract


def write(extract: Extract) -> bytes:
    """UTF-8, comma, CRLF: the form for machines."""
    return _text(extract, delimiter=",").encode()


def write_for_excel(extract: Extract) -> bytes:
    """Semicolons, a decimal comma, and a byte order mark, as Excel with Danish settings takes them."""
    return _text(extract, delimiter=";", decimal_comma=True).encode("utf-8-sig")


def harmless(value: str) -> str:
    """`value` with an apostrophe before a sign that makes a spreadsheet take it for a formula."""
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def _text(extract: Extract, delimiter: str, decimal_comma: bool = False) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(column.name for column in extract.columns)
    for record in extract.records:
        writer.writerow(_field(value, decimal_comma) for value in record.values())
    return text.getvalue()


def _field(value, decimal_comma: bool) -> str:
    if isinstance(value, str | list):
        return harmless(plain(value))
    return plain(value).replace(".", ",") if decimal_comma else plain(value)
