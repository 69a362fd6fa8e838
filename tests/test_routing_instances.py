"""Files of standard routing instances as people have them: every spelling is the same problem, and answers hold."""

import json
from math import dist, floor
from pathlib import Path

import numpy as np
import pytest

from benchmarks.instances import Unreadable, read
from benchmarks.routing import main
from tests.support.routes import Instance, faults
from zhegu.deliveries.rules.routing import Problem

PLACES = [(20, 20), (3, 4), (35, 12), (18, 41), (40, 40), (7, 29)]
DEMAND = [0, 4, 3, 5, 2, 6]
CAPACITY = 10
WINDOWS = [(0, 300), (10, 200), (0, 120), (60, 180), (20, 90), (0, 300)]
SERVICE = 9

ROUNDED = [[floor(dist(a, b) + 0.5) for b in PLACES] for a in PLACES]
TENTHS = [[floor(dist(a, b) * 10) for b in PLACES] for a in PLACES]

PLAIN = """NAME : small
COMMENT : "Six places: the first is the depot"
TYPE : CVRP
DIMENSION : 6
EDGE_WEIGHT_TYPE : EUC_2D
CAPACITY : 10
NODE_COORD_SECTION
1 20 20
2 3 4
3 35 12
4 18 41
5 40 40
6 7 29
DEMAND_SECTION
1 0
2 4
3 3
4 5
5 2
6 6
DEPOT_SECTION
 1
 -1
EOF
"""
TIMED = PLAIN.replace("TYPE : CVRP\n", "TYPE : CVRPTW\nVEHICLES : 4\nSERVICE_TIME : 9\n").replace(
    "DEPOT_SECTION", "TIME_WINDOW_SECTION\n1 0 300\n2 10 200\n3 0 120\n4 60 180\n5 20 90\n6 0 300\nDEPOT_SECTION"
)
SOLOMON = """small

VEHICLE
NUMBER     CAPACITY
   4          10

CUSTOMER
CUST NO.  XCOORD.   YCOORD.   DEMAND   READY TIME  DUE DATE   SERVICE   TIME

    0      20        20         0         0         300          0
    1       3         4         4        10         200          9
    2      35        12         3         0         120          9
    3      18        41         5        60         180          9
    4      40        40         2        20          90          9
    5       7        29         6         0         300          9
"""


def matrix(layout: str, rows: list[list[int]]) -> str:
    """The small problem by a matrix instead of coordinates."""
    body = "\n".join(" ".join(map(str, row)) for row in rows)
    head, _, rest = PLAIN.partition("NODE_COORD_SECTION")
    return (
        head.replace("EUC_2D", f"EXPLICIT\nEDGE_WEIGHT_FORMAT : {layout}")
        + f"EDGE_WEIGHT_SECTION\n{body}\n" + rest[rest.index("DEMAND_SECTION") :]
    )


def moved_depot() -> str:
    """The same places with the depot's line last, and lines of demand in another order."""
    moved = PLAIN.replace("1 20 20\n", "").replace("6 7 29\n", "6 7 29\n1 20 20\n")
    return moved.replace("1 0\n", "").replace("6 6\n", "6 6\n1 0\n")


def over_lines(triangle: list[list[int]]) -> list[list[int]]:
    stream = [number for row in triangle for number in row]
    return [stream[n : n + 4] for n in range(0, len(stream), 4)]


N = range(6)
SPELT = {
    "as it is": PLAIN,
    "line ends of Windows": PLAIN.replace("\n", "\r\n"),
    "a mark at the beginning": "\ufeff" + PLAIN,
    "tabs and blanks": PLAIN.replace(" ", "\t  ").replace("\n", "  \n\n"),
    "no blank before the colon": PLAIN.replace(" : ", ":"),
    "lower case": PLAIN.lower(),
    "colons after sections": PLAIN.replace("_SECTION", "_SECTION :"),
    "no comment, no depot, no end": PLAIN.replace(PLAIN[PLAIN.index("COMMENT") : PLAIN.index("TYPE")], "").split("DEPOT")[0],
    "facts last": PLAIN.replace("CAPACITY : 10\n", "").replace("EOF", "CAPACITY : 10\nEOF"),
    "decimal points": PLAIN.replace("18 41", "18.0 4.1e1").replace("CAPACITY : 10", "CAPACITY : 10.0"),
    "a depot with the number nought": PLAIN.replace("\n 1\n -1", "\n 0\n -1").replace("\n1 ", "\n0 "),
    "depot last": moved_depot(),
    "full matrix": matrix("FULL_MATRIX", ROUNDED),
    "full matrix over other lines": matrix("FULL_MATRIX", over_lines(ROUNDED)),
    "lower rows": matrix("LOWER_ROW", [ROUNDED[n][:n] for n in N]),
    "lower rows over other lines": matrix("LOWER_ROW", over_lines([ROUNDED[n][:n] for n in N])),
    "lower rows with the diagonal": matrix("LOWER_DIAG_ROW", [ROUNDED[n][: n + 1] for n in N]),
    "upper rows": matrix("UPPER_ROW", [ROUNDED[n][n + 1 :] for n in N]),
    "upper rows with the diagonal": matrix("UPPER_DIAG_ROW", [ROUNDED[n][n:] for n in N]),
    "lower columns": matrix("LOWER_COL", [[ROUNDED[m][n] for m in N if m > n] for n in N]),
    "upper columns": matrix("UPPER_COL", [[ROUNDED[m][n] for m in N if m < n] for n in N]),
}
SPELT_IN_TIME = {
    "a table": SOLOMON,
    "a table of Windows": SOLOMON.replace("\n", "\r\n") + "\x1a",
    "a table in lower case with tabs": SOLOMON.lower().replace("    ", "\t"),
    "a table without blank lines": SOLOMON.replace("\n\n", "\n"),
    "sections": TIMED,
    "sections of Windows": TIMED.replace("\n", "\r\n"),
    "service by place": TIMED.replace("SERVICE_TIME : 9\n", "").replace(
        "DEPOT_SECTION", "SERVICE_TIME_SECTION\n1 0\n2 9\n3 9\n4 9\n5 9\n6 9\nDEPOT_SECTION"
    ),
}


def of(tmp_path: Path, text: str, name: str = "small.vrp") -> Problem:
    return read(written(tmp_path, text, name))


def written(tmp_path: Path, text: str, name: str) -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode())
    return path


@pytest.mark.parametrize("spelling", SPELT)
def test_every_spelling_of_a_problem_of_capacity_is_the_same(tmp_path, spelling):
    problem = of(tmp_path, SPELT[spelling])
    assert problem.metres.tolist() == ROUNDED
    assert [task.deliver for task in problem.tasks] == DEMAND[1:]
    assert [task.window for task in problem.tasks] == [None] * 5
    assert (problem.fleets[0].capacity, problem.fleets[0].number, problem.fleets[0].shift) == (CAPACITY, 5, None)


@pytest.mark.parametrize("spelling", SPELT_IN_TIME)
def test_every_spelling_of_a_problem_in_time_is_the_same(tmp_path, spelling):
    problem = of(tmp_path, SPELT_IN_TIME[spelling], "SMALL.TXT")
    assert problem.metres.tolist() == problem.seconds.tolist() == TENTHS
    assert [task.deliver for task in problem.tasks] == DEMAND[1:]
    assert [task.window for task in problem.tasks] == [(a * 10, b * 10) for a, b in WINDOWS[1:]]
    assert {task.service for task in problem.tasks} == {SERVICE * 10}
    assert (problem.fleets[0].capacity, problem.fleets[0].number, problem.fleets[0].shift) == (CAPACITY, 4, 3000)


def test_vehicles_are_as_many_as_customers_where_nothing_is_said(tmp_path):
    assert of(tmp_path, TIMED.replace("VEHICLES : 4\n", "")).fleets[0].number == 5


def test_whole_minutes_of_a_matrix_stay_what_they_are_and_others_are_counted_in_tenths(tmp_path):
    late = TIMED[TIMED.index("TIME_WINDOW") : TIMED.index("DEPOT")]
    whole = matrix("FULL_MATRIX", ROUNDED).replace("DEPOT_SECTION", late + "DEPOT_SECTION")
    assert of(tmp_path, whole).metres.tolist() == ROUNDED
    exact = [[dist(a, b) for b in PLACES] for a in PLACES]
    broken = matrix("FULL_MATRIX", exact).replace("DEPOT_SECTION", late + "DEPOT_SECTION")  # type: ignore[arg-type]
    problem = of(tmp_path, broken)
    assert problem.metres.tolist() == TENTHS and problem.fleets[0].shift == 3000


@pytest.mark.parametrize(
    ("kind", "expected"), [("CEIL_2D", np.ceil), ("FLOOR_2D", np.floor), ("EXACT_2D", lambda far: np.rint(far * 1000))]
)
def test_distances_are_cut_as_the_file_says(tmp_path, kind, expected):
    exact = np.array([[dist(a, b) for b in PLACES] for a in PLACES])
    assert of(tmp_path, PLAIN.replace("EUC_2D", kind)).metres.tolist() == expected(exact).tolist()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (PLAIN.replace("DEMAND_SECTION", "BACKHAUL_SECTION"), "BACKHAUL_SECTION"),
        (PLAIN.replace("EUC_2D", "GEO"), "GEO"),
        (PLAIN.replace("6 7 29\n", ""), "places"),
        (PLAIN.replace("CAPACITY : 10\n", ""), "CAPACITY"),
        (PLAIN.replace("4 5\n", "4 five\n"), "4 FIVE"),
        (PLAIN.replace("\n 1\n -1", "\n 1\n 2\n -1"), "depot"),
        (matrix("LOWER_ROW", [[1, 2, 3]]), "3 numbers"),
        (SOLOMON.split("    1  ")[0], "customers"),
        ("", "neither"),
    ],
)
def test_what_is_not_understood_is_refused_by_name(tmp_path, text, reason):
    with pytest.raises(Unreadable, match=reason):
        of(tmp_path, text)


def answers(capsys, *files: Path) -> list[dict]:
    main([*map(str, files), "--seconds", "0.3", "--seed", "1"])
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_answers_keep_every_limit_and_cost_what_they_say(tmp_path, capsys):
    plain = Instance(ROUNDED, DEMAND, CAPACITY)
    tenths = [(a * 10, b * 10) for a, b in WINDOWS]
    timed = Instance(TENTHS, DEMAND, CAPACITY, 4, tenths, [0] + [SERVICE * 10] * 5)
    short = PLAIN.replace("CAPACITY : 10", "CAPACITY : 10\nDISTANCE : 100\nSERVICE_TIME : 9")
    limited = Instance(ROUNDED, DEMAND, CAPACITY, service=[0] + [SERVICE] * 5, longest=100)
    files = [
        written(tmp_path, PLAIN, "a.vrp"), written(tmp_path, TIMED, "b.vrp"),
        written(tmp_path, SOLOMON, "c.txt"), written(tmp_path, short, "d.vrp"),
    ]
    found = answers(capsys, *files)
    assert [answer["file"] for answer in found] == ["a.vrp", "b.vrp", "c.txt", "d.vrp"]
    for instance, answer in zip([plain, timed, timed, limited], found, strict=True):
        assert faults(instance, answer) == []
        assert set(answer) == {"file", "cost", "routes", "cpu_s"} and answer["cpu_s"] < 2


def test_a_file_that_cannot_be_planned_does_not_keep_the_others_from_it(tmp_path, capsys):
    bad, good = written(tmp_path, "no instance", "bad.vrp"), written(tmp_path, PLAIN, "good.vrp")
    assert main([str(bad), str(tmp_path / "none.vrp"), str(good), "--seconds", "0.1"]) == 1
    said = capsys.readouterr()
    assert "bad.vrp" in said.err and "none.vrp" in said.err
    assert [json.loads(line)["file"] for line in said.out.splitlines()] == ["good.vrp"]


def test_the_checker_sees_what_is_wrong():
    instance = Instance(ROUNDED, DEMAND, CAPACITY, 1, WINDOWS, [SERVICE] * 6)
    said = " ".join(faults(instance, {"cost": 0, "routes": [[5, 1, 2], [3, 4]]}))
    for fault in ("2 routes for 1", "carries 13 of 10", "comes to 4 at", "costs"):
        assert fault in said
    assert "not every customer once" in " ".join(faults(instance, {"cost": 0, "routes": [[1, 1]]}))
    assert "too long" in " ".join(faults(Instance(ROUNDED, DEMAND, 20, longest=9), {"cost": 0, "routes": [[1]]}))
