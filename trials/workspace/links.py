"""Addresses that open something to whoever has them: a random name of a row, signed with the site's secret key.

A copy of the database alone makes no such address, and whoever guesses or changes one finds nothing.
"""

from django.core.signing import BadSignature, Signer
from django.db.models import Model, QuerySet

from trials.models import CalendarKey, ConfirmationRequest

_SIGNERS: dict[type[Model], Signer] = {
    model: Signer(sep=".", salt=model._meta.label_lower) for model in (ConfirmationRequest, CalendarKey)
}


def token_of(row: Model) -> str:
    """The signed name of `row`, as it stands in an address."""
    return _SIGNERS[type(row)].sign(row.key)


def at_token(rows: QuerySet, token: str):
    """The one of `rows` whose signed name `token` is, or None."""
    try:
        return rows.filter(key=_SIGNERS[rows.model].unsign(token)).first()
    except BadSignature:
        return None
