"""`zhegu staff`: people who work here, from the command line (the office page does the same)."""

import argparse
import json
import sys
from collections.abc import Callable
from functools import wraps

from zhegu.accounts.roles import Role
from zhegu.lib import terminal

ROLES = tuple(Role.values)


def add_commands(subparsers: argparse._SubParsersAction) -> None:
    staff = subparsers.add_parser("staff", help="people who work here and their roles")
    verbs = staff.add_subparsers(required=True)
    add = verbs.add_parser("add", help="someone who can log in; the password is read from standard input")
    add.add_argument("username")
    add.add_argument("--name", required=True)
    add.add_argument("--name-bo", default="")
    add.add_argument("--community", required=True, help="or the code of a town, county or prefecture")
    add.add_argument("--role", choices=ROLES, default="office")
    add.add_argument("--place", default="", help="code of a grid; the whole community if left out")
    add.set_defaults(handler=add_staff)
    password = verbs.add_parser("password", help="a new password, read from standard input")
    password.add_argument("username")
    password.set_defaults(handler=set_password)
    role = verbs.add_parser("role", help="give a role at a place (a grid, a community, or one above)")
    role.add_argument("username")
    role.add_argument("role", choices=ROLES)
    role.add_argument("place")
    role.set_defaults(handler=give_role)


def _typed() -> str:
    """The password from standard input; from a terminal it is asked twice and not shown."""
    if sys.stdin.isatty():
        import getpass

        first, second = getpass.getpass("password: "), getpass.getpass("again: ")
        return first if first == second else ""
    return sys.stdin.readline().rstrip("\n")


def _weak(password: str) -> bool:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    try:
        validate_password(password)
    except ValidationError:
        print(json.dumps({"status": "refused", "reason": "accounts.password_weak"}))
        return True
    return False


def _place(code: str):
    from zhegu.places import queries as places

    scope = terminal.scope()
    if len(code) < 12:
        return places.above(scope, code)
    return places.community(scope, code) if len(code) == 12 else places.grid(scope, code)


def _found(handler: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """A name or code that does not exist is said as a refusal."""

    @wraps(handler)
    def handled(args: argparse.Namespace) -> int:
        try:
            return handler(args)
        except LookupError as absent:
            print(json.dumps({"status": "refused", "reason": "not_found", "what": str(absent)}))
            return 1

    return handled


@_found
def add_staff(args: argparse.Namespace) -> int:
    """The person can log in and holds the role."""
    from zhegu.accounts import actions, queries

    community, password = _place(args.community), _typed()
    place = _place(args.place) if args.place else community
    if _weak(password):
        return 1
    answer = actions.add_staff(
        **terminal.acts(), community=community, username=args.username.lower(), name=args.name, name_bo=args.name_bo,
        password=password,
    )
    if not answer.accepted:
        return terminal.said(answer)
    person = queries.staff_named(terminal.scope(), args.username.lower())
    return terminal.said(actions.give_role(**terminal.acts(), staff=person, role=Role(args.role), place=place))


@_found
def set_password(args: argparse.Namespace) -> int:
    """The person logs in with it from now on."""
    from zhegu.accounts import actions, queries

    person, password = queries.staff_named(terminal.scope(), args.username.lower()), _typed()
    if _weak(password):
        return 1
    community = queries.community_of(terminal.scope(), person)
    return terminal.said(actions.set_password(**terminal.acts(), community=community, staff=person, password=password))


@_found
def give_role(args: argparse.Namespace) -> int:
    """The person holds the role there."""
    from zhegu.accounts import actions, queries

    person = queries.staff_named(terminal.scope(), args.username.lower())
    return terminal.said(actions.give_role(**terminal.acts(), staff=person, role=Role(args.role), place=_place(args.place)))
