import json

from zhegu.cards.tests.vectors import FOLDER, colours, list_cases, serial_cases, verify_cases

FOLDER.mkdir(parents=True, exist_ok=True)
for name, built in {
    "card-verify": verify_cases(),
    "card-verdict": colours.build(),
    "card-serials": serial_cases.build(),
    "card-lists": list_cases.build(),
}.items():
    (FOLDER / f"{name}.json").write_text(json.dumps(built, indent=1) + "\n", encoding="ascii")
