"""A sealed value opens only where it belongs."""

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhegu.vault import keyring
from zhegu.vault.sealing import BrokenSeal, blind_index, seal, unseal

KEY = bytes(range(32))


@given(st.text(max_size=200), st.text(max_size=40))
def test_a_sealed_value_opens_in_its_place(clear: str, place: str):
    assert unseal(KEY, seal(KEY, clear, place), place) == clear


def test_the_same_value_is_sealed_differently_each_time():
    assert seal(KEY, "x", "p") != seal(KEY, "x", "p")


@pytest.mark.parametrize("place", ["person.id_number.2", "person.phone.1", ""])
def test_a_value_moved_to_another_row_or_column_does_not_open(place: str):
    with pytest.raises(BrokenSeal):
        unseal(KEY, seal(KEY, "540526…", "person.id_number.1"), place)


def test_a_changed_value_does_not_open():
    sealed = seal(KEY, "540526", "p")
    changed = sealed[:-6] + ("A" if sealed[-6] != "A" else "B") + sealed[-5:]
    with pytest.raises(BrokenSeal):
        unseal(KEY, changed, "p")


def test_another_key_does_not_open():
    with pytest.raises(BrokenSeal):
        unseal(bytes(32), seal(KEY, "x", "p"), "p")


def test_equal_values_have_equal_indexes_only_in_the_same_place():
    assert blind_index(KEY, "138", "person.phone") == blind_index(KEY, "138", "person.phone")
    assert blind_index(KEY, "138", "person.phone") != blind_index(KEY, "138", "person.id")
    assert blind_index(KEY, "", "person.phone") == b""


def test_keys_are_closed_to_others_and_never_overwritten(tmp_path: Path):
    path = keyring.write_key(tmp_path, "a.key", b"1")
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    assert stat.S_IMODE(os.stat(path.parent).st_mode) == 0o700
    with pytest.raises(FileExistsError):
        keyring.write_key(tmp_path, "a.key", b"2")
    assert keyring.read_key(tmp_path, "a.key") == b"1"


def test_keys_differ_by_purpose_and_stay_the_same(tmp_path: Path):
    first = keyring.derived_key(tmp_path, "index")
    assert first != keyring.derived_key(tmp_path, "fields")
    keyring.derived_key.cache_clear()
    keyring._master.cache_clear()
    assert keyring.derived_key(tmp_path, "index") == first
