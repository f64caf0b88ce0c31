"""What people paste is read row by row; nothing that stands there is lost."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingqu.modules.orders.pasted import PastedRow, read_pasted


def _short(rows: list[PastedRow]) -> list[tuple[int, str, int | None, str, str | None]]:
    return [(row.row, row.code, row.packs, row.pack, row.wrong) for row in rows]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("K0\t10\nK1\t3\t箱", [(1, "K0", 10, "", None), (2, "K1", 3, "箱", None)]),
        ("K0,10\r\n\r\nK1,3,BOX\r\n", [(1, "K0", 10, "", None), (3, "K1", 3, "BOX", None)]),
        ("Ｋ０，１０，箱\nK1；３", [(1, "K0", 10, "箱", None), (2, "K1", 3, "", None)]),
        ("K0 10 箱\nK1 3", [(1, "K0", 10, "箱", None), (2, "K1", 3, "", None)]),
        ("编码\t名称\t数量\t单位\nK0\t牛奶，纯\t2箱\t\n", [(2, "K0", 2, "箱", None)]),
        ("Qty;Item Code\n5;K0\n;K1\n", [(2, "K0", 5, "", None), (3, "K1", None, "", "no-quantity")]),
        ('K0,"1,200"\n"K1","7.0","Box, big"', [(1, "K0", 1200, "", None), (2, "K1", 7, "Box, big", None)]),
        ('6.90123E+12\t1\n="0012"\t2\n\'0013\t4', [(1, "6.90123E+12", None, "", "number-shortened"),
                                                  (2, "0012", 2, "", None), (3, "0013", 4, "", None)]),
        ("6901234567892.0\t1", [(1, "6901234567892", 1, "", None)]),
        ("\t5\nK0\tmany\nK1\t1.5\nK2\t-1\nK3\t0\nK4\t1000001", [
            (1, "", None, "", "no-code"), (2, "K0", None, "", "bad-quantity"), (3, "K1", None, "", "bad-quantity"),
            (4, "K2", None, "", "bad-quantity"), (5, "K3", None, "", "no-quantity"),
            (6, "K4", None, "", "bad-quantity")]),
        ('K0,1,"box\nK1,2\nK2,3', [(1, "K0", 1, '"box', None), (2, "K1", 2, "", None), (3, "K2", 3, "", None)]),
    ],
)  # fmt: skip
def test_rows_are_read_as_spreadsheets_write_them(
    text: str, expected: list[tuple[int, str, int | None, str, str | None]]
) -> None:
    assert _short(read_pasted(text)) == expected


def test_a_first_row_that_is_no_heading_is_a_row() -> None:
    assert _short(read_pasted("牛奶\t2\n数量\t3")) == [(1, "牛奶", 2, "", None), (2, "数量", 3, "", None)]


_CODES = st.text(st.sampled_from("ABCDEFGHKMNPQR0123456789-_/."), min_size=2, max_size=14).filter(
    lambda code: code.strip("0123456789.") not in {"", "E"} and not code.endswith(".0")
)


@given(st.lists(st.tuples(_CODES, st.integers(1, 1_000_000)), min_size=1, max_size=40), st.sampled_from("\t,;"))
def test_every_written_row_comes_out(rows: list[tuple[str, int]], delimiter: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    found = read_pasted(out.getvalue())
    assert [(row.code, row.packs) for row in found] == rows
    assert [row.row for row in found] == list(range(1, len(rows) + 1))


@given(st.text(max_size=300))
def test_any_text_is_read_and_no_line_with_signs_is_lost(text: str) -> None:
    read_pasted(text)
    if '"' not in text:
        rows = {row.row for row in read_pasted(text)}
        lines = text.removeprefix("\ufeff").replace("\0", "").splitlines()
        wordy = {number for number, line in enumerate(lines, start=1) if any(sign.isalnum() for sign in line)}
        assert len(wordy - rows) <= 1  # a heading, if the first row is one
