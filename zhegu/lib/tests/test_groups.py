"""A list in groups is the list, and reads only what is asked for."""

import pytest

from zhegu.lib.groups import Groups

LETTERS = {"a": "abc", "b": "", "c": "defgh", "d": "i"}


def grouped(read: list[str]) -> Groups:
    sizes = [(key, len(letters)) for key, letters in LETTERS.items()]
    return Groups(sizes, lambda keys: read.append("".join(keys)) or "".join(map(LETTERS.get, keys)))


@pytest.mark.parametrize("first", range(11))
@pytest.mark.parametrize("end", range(11))
def test_every_slice_is_that_of_the_whole(first: int, end: int):
    assert grouped([])[first:end] == list("abcdefghi")[first:end]


def test_only_the_groups_of_a_slice_are_read():
    read: list[str] = []
    assert grouped(read)[4:6] == ["e", "f"] and read == ["c"]
    assert grouped(read)[7:9] == ["h", "i"] and read == ["c", "cd"]


def test_one_row_and_all_of_them():
    assert grouped([])[3] == "d" and grouped([])[-1] == "i" and list(grouped([])) == list("abcdefghi")
    with pytest.raises(IndexError):
        grouped([])[9]
