"""docs/FEATURES.md: every row that says something is linked to a test that is there."""
import re

import pytest

from conftest import ROOT

MATRIX = ROOT / "docs" / "FEATURES.md"
ROWS = [line for line in MATRIX.read_text().splitlines() if re.match(r"\| (?!.*shown by)[^-]", line)]


@pytest.mark.parametrize("row", ROWS)
def test_the_row_is_shown(row):
    links = re.findall(r"\[(\w+)\]\(([^)]+)\)", row)
    cells = [cell.strip() for cell in row.strip("|").split(" | ")]
    assert links or any(cell.startswith("no:") for cell in cells), "neither shown nor refused with a reason"
    for name, path in links:
        text = (MATRIX.parent / path).read_text()
        assert re.search(rf"\b(func|def) {name}\b", text), f"{path} has no test {name}"


def test_partly_has_its_reason():
    assert not [row for row in ROWS if re.search(r"\bpartly\b(?!: )", row)]
