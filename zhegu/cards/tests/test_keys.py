"""Months, keys and sheets of paper: the pure part."""

import random
from datetime import datetime, timedelta

import pytest

from zhegu.cards.rules.issuing import (
    LONGEST,
    NOTICE,
    WINDOW,
    KeyFacts,
    Month,
    issued_and_expires,
    runs,
    unrolled,
    usable,
    whole_minute,
)
from zhegu.cards.rules.recovery import LINE, SHARE, WHOLE, BadSheet, read, secret_of, shares, written
from zhegu.cards.rules.states import CardState, card_state
from zhegu.cards.rules.verdict import Kind
from zhegu.lib.clock import LOCAL

SECRET = bytes(range(32))
DAY = timedelta(days=1)


def at(month: int, day: int, hour: int = 9) -> datetime:
    return datetime(2022, month, day, hour, tzinfo=LOCAL)


def key(name: str, month: int, listed: datetime | None, stopped: datetime | None = None) -> KeyFacts:
    opens = Month(2022, month).begins
    return KeyFacts(name, opens, opens + WINDOW, listed, stopped)


SEPTEMBER, OCTOBER = key("sep", 9, at(9, 1)), key("oct", 10, at(9, 1))


@pytest.mark.parametrize(
    ("keys", "when", "signs"),
    [
        ([SEPTEMBER, OCTOBER], at(9, 30), "sep"),
        ([SEPTEMBER, OCTOBER], at(10, 1, 0), "oct"),
        ([SEPTEMBER], at(10, 5), "sep"),
        ([SEPTEMBER], at(10, 7), None),
        ([SEPTEMBER], at(8, 31), None),
        ([], at(9, 9), None),
        ([key("first", 9, at(9, 9))], at(9, 9), "first"),
        ([SEPTEMBER, key("new", 10, at(9, 28))], at(10, 1), "sep"),
        ([SEPTEMBER, key("new", 10, at(9, 28))], at(9, 28) + NOTICE, "new"),
        ([SEPTEMBER, key("new", 10, at(10, 3))], at(10, 7), "new"),
        ([key("sep", 9, at(9, 1), at(9, 5))], at(9, 9), None),
        ([key("sep", 9, at(9, 1), at(9, 5)), key("again", 9, at(9, 5))], at(9, 5), "again"),
        ([key("unlisted", 9, None)], at(9, 9), None),
        ([key("later", 9, at(9, 8)), key("earlier", 9, at(9, 7))], at(9, 9), "earlier"),
    ],
)
def test_the_key_that_signs(keys, when, signs):
    chosen = usable(keys, when)
    assert (chosen.id if chosen else None) == signs


@pytest.mark.parametrize(
    ("start", "months", "reached"),
    [
        (Month(2022, 9), 0, "2022-09"),
        (Month(2022, 9), 4, "2023-01"),
        (Month(2022, 12), 1, "2023-01"),
        (Month(2022, 1), 24, "2024-01"),
    ],
)
def test_months_follow_each_other(start, months, reached):
    assert str(start.after(months)) == reached


def test_a_month_begins_where_people_live():
    assert str(Month.of(datetime(2022, 9, 30, 15, 59, tzinfo=LOCAL))) == "2022-09"
    from datetime import UTC

    assert str(Month.of(datetime(2022, 9, 30, 16, 0, tzinfo=UTC))) == "2022-10"


@pytest.mark.parametrize(
    ("kind", "days", "issued", "time"),
    [
        (Kind.SAMPLED, 14, at(9, 13), at(9, 13)),
        (Kind.PASS, 3, at(9, 13), at(9, 13)),
        (Kind.SUPPLY, 1, at(9, 13), at(9, 13)),
        (Kind.SAMPLED, 15, at(9, 12), at(9, 13)),
        (Kind.SAMPLED, 14, at(9, 14), at(9, 13)),
        (Kind.SAMPLED, 31, at(9, 1), at(9, 25)),
    ],
)
def test_a_card_lives_from_the_later_of_issue_and_sampling(kind, days, issued, time):
    iat, exp = issued_and_expires(kind, issued, time)
    assert iat == int(issued.timestamp())
    assert exp - iat == days * 86_400 <= LONGEST


def test_a_card_says_whole_minutes():
    assert whole_minute(at(9, 13) + timedelta(seconds=59.9)) == int(at(9, 13).timestamp())


@pytest.mark.parametrize("serials", [[], [5], [5, 6, 7], [7, 6, 5], [1, 2, 9, 10, 3], [4, 4]])
def test_runs_keep_the_order(serials):
    assert unrolled(runs(serials)) == serials
    assert sum(count for _, count in runs(serials)) == len(serials)


@pytest.mark.parametrize(
    ("handed_out", "revoked", "closed", "state"),
    [
        (False, False, False, CardState.WAITING),
        (False, False, True, CardState.LAPSED),
        (True, False, False, CardState.ACTIVE),
        (True, False, True, CardState.ACTIVE),
        (False, True, False, CardState.REVOKED),
        (True, True, True, CardState.REVOKED),
    ],
)
def test_what_became_of_a_card(handed_out, revoked, closed, state):
    assert card_state(handed_out=handed_out, revoked=revoked, round_closed=closed) == state


# --- paper


def test_a_sheet_has_four_lines_and_reads_back():
    sheet = written(SECRET)
    assert len(sheet) == 4 * LINE == 60
    assert read(sheet) == (WHOLE, SECRET)
    assert secret_of([" ".join(sheet[n : n + 4] for n in range(0, 60, 4)).lower()]) == SECRET


@pytest.mark.parametrize("line", [1, 2, 3, 4])
def test_a_slip_is_found_in_its_line(line):
    sheet = written(SECRET)
    for place in range((line - 1) * LINE, line * LINE):
        wrong = "Z" if sheet[place] != "Z" else "Y"
        with pytest.raises(BadSheet) as bad:
            read(sheet[:place] + wrong + sheet[place + 1 :])
        assert (bad.value.code, bad.value.line) == ("line", line)


@pytest.mark.parametrize(
    ("typed", "code"), [("", "length"), ("A" * 59, "length"), ("!" * 60, "line"), ("0" * 61, "length")]
)
def test_what_is_no_sheet_is_refused(typed, code):
    with pytest.raises(BadSheet) as bad:
        read(typed)
    assert bad.value.code == code


def test_lines_of_two_sheets_do_not_mix():
    one, other = written(SECRET), written(bytes(32))
    with pytest.raises(BadSheet) as bad:
        read(one[:30] + other[30:])
    assert bad.value.code == "whole"


def test_any_two_of_three_shares_give_the_secret_and_each_alone_says_nothing():
    chance = random.Random(9)
    for _ in range(20):
        secret, slope = chance.randbytes(32), chance.randbytes(32)
        three = shares(secret, slope)
        assert [read(one)[0] - SHARE for one in three] == [1, 2, 3]
        assert all(read(one)[1] != secret for one in three)
        for pair in ((0, 1), (1, 0), (0, 2), (1, 2), (2, 0), (2, 1)):
            assert secret_of([three[n] for n in pair]) == secret
        assert secret_of(three) == secret


def test_a_share_fits_every_secret_equally():
    """For each possible secret byte there is a slope that makes the same share: one share tells nothing."""
    share = read(shares(SECRET, bytes(32))[0])[1]
    found = {
        s: [a for a in range(256) if read(shares(bytes([s]) * 32, bytes([a]) * 32)[0])[1][5] == share[5]]
        for s in (0, 77, 255)
    }
    assert all(len(slopes) == 1 for slopes in found.values())


@pytest.mark.parametrize(("pick", "code"), [([0], "more"), ([1, 1], "share"), ([], "more")])
def test_too_few_shares_are_refused(pick, code):
    three = shares(SECRET, bytes(range(32)))
    with pytest.raises(BadSheet) as bad:
        secret_of([three[n] for n in pick])
    assert bad.value.code == code
