"""Staff from the command line: added, given roles, given a new password; refusals are said as such."""

import io
import json

import pytest
from django.contrib.auth import authenticate

from zhegu import __main__ as command_line
from zhegu.accounts.models import Role, RoleGrant, Staff
from zhegu.places.tests import make as places

pytestmark = pytest.mark.django_db


@pytest.fixture
def zhegu(monkeypatch, capsys):
    """Runs `zhegu staff …` with a line on standard input; its exit code and what it said."""
    monkeypatch.setattr("zhegu.config.start.ready", lambda: None)

    def run(*words: str, typed: str = "yak-butter-tea-9\n") -> tuple[int, dict]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = command_line.main(["staff", *words])
        return code, json.loads(capsys.readouterr().out)

    return run


def test_someone_is_added_with_a_role_and_can_log_in(zhegu):
    a = places.community()
    code, said = zhegu("add", "Dawa", "--name", "Dawa", "--community", a.code, "--role", "sampler", "--place", a.code + "002")
    assert code == 0 and said["staff"] == str(Staff.objects.get().pk)
    assert authenticate(username="dawa", password="yak-butter-tea-9")
    assert RoleGrant.objects.values_list("role", "place__code").get() == ("sampler", a.code + "002")


def test_a_new_password_replaces_the_old(zhegu):
    a = places.community()
    zhegu("add", "dawa", "--name", "Dawa", "--community", a.code)
    assert zhegu("password", "dawa", typed="another-long-one\n")[0] == 0
    assert authenticate(username="dawa", password="another-long-one")
    assert not authenticate(username="dawa", password="yak-butter-tea-9")


def test_a_role_is_given(zhegu):
    a = places.community()
    zhegu("add", "dawa", "--name", "Dawa", "--community", a.code)
    assert zhegu("role", "dawa", "lab", a.code)[0] == 0
    assert RoleGrant.objects.filter(until=None).count() == 2


@pytest.mark.parametrize("role", Role.values)
def test_every_role_can_be_given(zhegu, role):
    a = places.community()
    assert zhegu("add", "dawa", "--name", "Dawa", "--community", a.code, "--role", role)[0] == 0
    assert RoleGrant.objects.get().role == role


def test_whoever_works_above_communities_gets_a_new_password_too(zhegu):
    code = places.above().code
    zhegu("add", "dawa", "--name", "Dawa", "--community", code, "--role", "observer")
    assert zhegu("password", "dawa", typed="another-long-one\n")[0] == 0
    assert authenticate(username="dawa", password="another-long-one")


@pytest.mark.parametrize(
    ("words", "typed", "reason"),
    [
        (["add", "dawa", "--name", "x", "--community", places.A], "12345678\n", "accounts.password_weak"),
        (["add", "dawa", "--name", "x", "--community", places.A], "\n", "accounts.password_weak"),
        (["add", "taken", "--name", "x", "--community", places.A], "yak-butter-tea-9\n", "accounts.username_taken"),
        (["add", "dawa", "--name", "x", "--community", places.B], "yak-butter-tea-9\n", "not_found"),
        (["password", "nobody"], "yak-butter-tea-9\n", "not_found"),
        (["role", "taken", "lab", places.B], "", "not_found"),
    ],
)
def test_refusals_are_said_and_change_nothing(zhegu, words, typed, reason):
    a = places.community()
    zhegu("add", "taken", "--name", "T", "--community", a.code)
    code, said = zhegu(*words, typed=typed)
    assert (code, said["status"], said["reason"]) == (1, "refused", reason)
    assert Staff.objects.count() == 1 and RoleGrant.objects.count() == 1
