"""Lists as JSON: the rows with typed values, and where they come from."""

import json

from django.core.serializers.json import DjangoJSONEncoder

from trials.exports import rights
from trials.exports.column import Value, plain
from trials.exports.listing import Extract


def write(extract: Extract) -> bytes:
    """An object with the rows as `raekker`; lists are arrays, dates ISO, and what is not given is null."""
    document = {
        "titel": extract.sentence,
        "url": extract.url,
        "pr": extract.day,
        "kilde": rights.SOURCE,
        "rettigheder": rights.TERMS,
        "antal": len(extract.records),
        "raekker": [typed(record) for record in extract.records],
    }
    return json.dumps(document, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1).encode()


def typed(record: dict[str, Value]) -> dict[str, object]:
    """The values of a row as JSON has them: numbers are numbers, and an empty text is null."""
    return {name: _value(value) for name, value in record.items()}


def _value(value: Value) -> object:
    if isinstance(value, bool | int | list) or value is None:
        return value
    text = plain(value)
    if isinstance(value, str):
        return text or None
    if hasattr(value, "isoformat"):
        return text
    return float(text) if "." in text else int(text)
