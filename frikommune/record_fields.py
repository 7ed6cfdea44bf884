"""Choices of records in forms that take whatever is sent: what is no number of a record is refused in words."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from frikommune.keys import read_key


class RecordsField(forms.ModelMultipleChoiceField):
    """Any number of records. Django asks the database for numbers that it has no room for."""

    def _check_values(self, value: Iterable) -> Any:
        strange = next((each for each in value if read_key(each) is None), None)
        if strange is not None:
            raise ValidationError(
                self.error_messages["invalid_pk_value"], code="invalid_pk_value", params={"pk": str(strange)[:40]}
            )
        return super()._check_values(value)  # type: ignore[misc]
