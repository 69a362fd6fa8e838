"""The contract in the repository is what the door does; recorded pushes of released versions still count."""

import json

import pytest

from zhegu.sync.contract import PATH, contract


def test_the_contract_is_as_committed():
    assert PATH.read_text(encoding="utf-8") == contract(), "run: ./dev zhegu phones contract"


@pytest.mark.parametrize("path", ["hello", "enrol", "unlock", "pull", "push"])
def test_the_contract_names_every_door(path):
    assert f"/api/{path}" in json.loads(contract())["paths"]


def test_every_refusal_is_a_problem_document():
    for path, methods in json.loads(contract())["paths"].items():
        for method in methods.values():
            for status, answer in method["responses"].items():
                if status != "200":
                    assert answer["content"]["application/json"]["schema"]["$ref"].endswith("/Problem"), path
