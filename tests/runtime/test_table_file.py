from lingqu.kernel.errors import Words
from lingqu.runtime.table_file import Cells, WrongCell, cells_of, read_table, write_table

COLUMNS = ("code", "count")
WRONG = Words("Write a number.", "请填写数字。")


def read(cells: Cells) -> int:
    if not cells["count"].isdigit():
        raise WrongCell("count", WRONG)
    return int(cells["count"])


def test_good_rows_keep_their_numbers_and_wrong_ones_are_named() -> None:
    good, errors = read_table("code,count\na,1\nb,x\nc,\nd, 4 \n", columns=COLUMNS, read=read)
    assert good == [(2, 1), (5, 4)]
    assert [(error.row, error.column, error.words) for error in errors] == [(3, "count", WRONG), (4, "count", WRONG)]


def test_without_a_column_nothing_is_read() -> None:
    good, errors = read_table("code\na\n", columns=COLUMNS, read=read)
    assert (good, [(error.row, error.column) for error in errors]) == ([], [(1, "count")])


def test_short_rows_further_columns_and_a_mark_at_the_start_do_no_harm() -> None:
    text = "\ufeffcode,count,note\r\na\r\nb,2,x,y\r\n"
    assert list(cells_of(text, columns=COLUMNS)) == [{"code": "a", "count": ""}, {"code": "b", "count": "2"}]


def test_what_is_written_is_read_back() -> None:
    rows = [['a,"b', 1], ["两\n行", 2]]
    text = write_table(COLUMNS, rows)
    assert [tuple(cells.values()) for cells in cells_of(text, columns=COLUMNS)] == [('a,"b', "1"), ("两\n行", "2")]
