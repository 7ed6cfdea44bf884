"""Refuses an interpreter that is too old, in one sentence.

The other scripts use today's syntax, which an old Python answers with a SyntaxError. This one runs first and therefore
keeps to what Python 2.7 and 3.6 understand: no annotations, no f-strings, ASCII only.
"""

import sys

OLDEST = (3, 11)


def complaint(version):
    """Returns the sentence that refuses this (major, minor, ...) version, or None when it is new enough."""
    if tuple(version[:2]) >= OLDEST:
        return None
    return (
        "Der skal bruges Python {} eller nyere, men her er Python {}. "
        "Har maskinen en nyere, kan den vises med PYTHON, for eksempel: make run PYTHON=python3.12"
    ).format(".".join(map(str, OLDEST)), ".".join(map(str, version[:3])))


if __name__ == "__main__":
    problem = complaint(sys.version_info)
    if problem:
        sys.stderr.write(problem + "\n")
        sys.exit(1)
