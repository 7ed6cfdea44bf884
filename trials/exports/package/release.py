"""All of the public register as it is now, every list as a file, made anew only when the register has changed."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict

from trials import remembered
from trials.exports import comma_separated
from trials.exports.listing import Absolute, Extract, Listing
from trials.exports.listings import LISTINGS
from trials.exports.package.changed import last_changed

_MOST = 4
"""How many releases are remembered: one for each name that the site answers to."""

_remembered: dict[str, tuple[Any, "Release"]] = {}


@dataclass(frozen=True)
class ListFile:
    """A list as a file of a release."""

    listing: Listing
    rows: int
    content: bytes

    @property
    def name(self) -> str:
        """The name of the file."""
        return f"{self.listing.name}.csv"

    @cached_property
    def digest(self) -> str:
        """The SHA-256 checksum of the file, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Release:
    """Every list, as everyone may see it. `home` is the address of the site, `changed` when
    something in the public register was last written."""

    home: str
    changed: datetime | None
    files: tuple[ListFile, ...]

    @property
    def version(self) -> str:
        """The day of the last change, and a checksum of all that the release holds: 2026.1.5+1a2b3c4d."""
        day = f"{self.changed.year}.{self.changed.month}.{self.changed.day}" if self.changed else "0.0.0"
        digests = "".join(file.digest for file in self.files)
        return f"{day}+{hashlib.sha256(digests.encode()).hexdigest()[:8]}"

    def file(self, name: str) -> ListFile | None:
        """The file of the list `name`; None when there is no such list."""
        return next((file for file in self.files if file.listing.name == name), None)


def current(absolute: Absolute) -> Release:
    """The release of the register as it is now. One query, unless it has changed since it was last asked for."""
    home, state = absolute("/"), remembered.stamp()
    known = _remembered.get(home)
    if known and known[0] == state:
        return known[1]
    release = Release(home, last_changed(), tuple(_file(listing, absolute) for listing in LISTINGS.values()))
    if len(_remembered) >= _MOST:
        _remembered.clear()
    _remembered[home] = state, release
    return release


def forget() -> None:
    """Make it anew the next time, for rows that were changed past their models (as tests do)."""
    _remembered.clear()


def _file(listing: Listing, absolute: Absolute) -> ListFile:
    extract = Extract(listing, listing.filtered(QueryDict(), AnonymousUser()), absolute)
    return ListFile(listing, len(extract.records), comma_separated.write(extract))
