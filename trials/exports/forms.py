"""The forms in which a list can be taken away, by the ending of the address."""

from collections.abc import Callable
from dataclasses import dataclass

from trials.exports import comma_separated, json_object, workbook
from trials.exports.listing import Extract


@dataclass(frozen=True)
class Form:
    """A form of a file: what a link calls it, its content type, and what writes it."""

    ending: str
    label: str
    content_type: str
    write: Callable[[Extract], bytes]


FORMS: dict[str, Form] = {
    form.ending: form
    for form in (
        Form("csv", "CSV", "text/csv; charset=utf-8; header=present", comma_separated.write),
        Form("excel.csv", "CSV til Excel", "text/csv; charset=utf-8; header=present", comma_separated.write_for_excel),
        Form("xlsx", "Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", workbook.write),
        Form("json", "JSON", "application/json", json_object.write),
    )
}
