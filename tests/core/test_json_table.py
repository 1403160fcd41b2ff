"""A JSON list as a table; what is cut, badly encoded or not a list is refused in words."""

import pytest

from core.errors import DomainError
from core.json_table import read_any_table

REFUSED = [
    (b'[{"a": 1}, {"a"', "est coup"),
    ('[{"a": "é"}]'.encode("latin-1"), "mal encod"),
    (b"[1, 2]", "Fiche 1"),
    (b"[]", "liste de fiches"),
    (b'{"a": 1}', "liste de fiches"),
    (b'[{"a": NaN}]', "NaN"),
    (b"[" * 100_000, "profond"),
    (b'[{"a": "\\ud83d"}]', "moitié d’un signe"),
    (b'[{"a": 1' + b"0" * 5000 + b"}]", "profond"),
]


def test_objects_are_lines_and_keys_are_columns() -> None:
    table = read_any_table('[{"a": "é", "b": [1, "x"]}, {"c": true, "a": null}]'.encode())
    assert table.headings == ("a", "b", "c")
    assert [line.cells for line in table.lines] == [("é", "1\nx", ""), ("", "", "oui")]
    assert [line.number for line in table.lines] == [1, 2]


def test_the_only_list_of_an_object_is_read() -> None:
    assert len(read_any_table(b'{"total": 1, "fiches": [{"a": 1}]}').lines) == 1
    assert read_any_table(b"a;b\n1;2").headings == ("a", "b")


@pytest.mark.parametrize(("content", "said"), REFUSED)
def test_what_is_not_a_list_of_sheets_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(DomainError, match=said):
        read_any_table(content)


def test_more_than_ten_thousand_are_refused() -> None:
    with pytest.raises(DomainError, match="Plus de 10000 fiches"):
        read_any_table(b"[" + b"{}," * 10_000 + b"{}]")
