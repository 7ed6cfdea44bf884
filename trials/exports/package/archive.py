"""A release as one zip file, the same bytes each time for the same register."""

import io
import json
import zipfile

from trials.exports import rights
from trials.exports.package.descriptor import describe
from trials.exports.package.release import Release

_DAY = (1980, 1, 1, 0, 0, 0)
"""The time of every file in it: the first that the format knows, since what counts stands in the description."""


def pack(release: Release) -> bytes:
    """The lists, their description, and the terms of use."""
    terms = f"Frikommuneregisteret {release.version}\n\nKilde: {rights.SOURCE}\n\n{rights.TERMS}\n"
    contents = {"datapackage.json": package_json(release), "RETTIGHEDER.txt": terms.encode()}
    contents |= {file.name: file.content for file in release.files}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in contents.items():
            entry = zipfile.ZipInfo(name, _DAY)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED, 9)
    return file.getvalue()


def package_json(release: Release) -> bytes:
    """The description of the release, as it stands beside its lists."""
    return json.dumps(describe(release), ensure_ascii=False, indent=1).encode()
