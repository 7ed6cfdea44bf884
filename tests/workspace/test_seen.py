"""Fingerprints, by which a form knows what has changed since it was opened."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials.workspace.seen import fingerprint


@given(st.text(max_size=40), st.text(max_size=40))
def test_fingerprints_differ_when_words_do(one, other):
    if one == other:
        assert fingerprint(one) == fingerprint(other)
    if one.split() != other.split():
        assert fingerprint(one) != fingerprint(other)


@pytest.mark.parametrize(("one", "other"), [("a\r\nb ", "a\nb"), (None, ""), ([], None), (["b", "a"], ("a", "b"))])
def test_fingerprint_is_of_what_is_said(one, other):
    assert fingerprint(one) == fingerprint(other)
