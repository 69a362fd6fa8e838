"""`zhegu phones contract`: writes the contract with the phone app anew."""

import argparse


def add_commands(subparsers: argparse._SubParsersAction) -> None:
    phones = subparsers.add_parser("phones", help="phones and their door")
    verbs = phones.add_subparsers(required=True)
    contract = verbs.add_parser("contract", help="write contracts/phone.openapi.json")
    contract.set_defaults(handler=write_contract)


def write_contract(args: argparse.Namespace) -> int:
    """The file says what the door does."""
    from zhegu.sync.contract import PATH, contract

    PATH.parent.mkdir(exist_ok=True)
    PATH.write_text(contract(), encoding="utf-8")
    print(PATH)
    return 0
