"""What must always hold of stock; `lingqu verify` runs these."""

from lingqu.kernel.errors import Words
from lingqu.runtime.check import Check
from lingqu.runtime.sql import statements

SQL = statements(__package__)

CHECKS = (
    Check(
        "stock.on-hand-is-the-sum-of-moves",
        SQL["check_on_hand"],
        Words("On hand is the sum of its moves", "现存量等于全部出入库流水之和"),
    ),
    Check(
        "stock.reserved-is-the-sum-of-reservations",
        SQL["check_reserved"],
        Words("Reserved is the sum of what documents hold", "预留量等于各单据占用之和"),
    ),
    Check(
        "stock.lots-make-up-on-hand",
        SQL["check_lots"],
        Words("The lots of a SKU kept by lot sum to its stock", "批次管理商品的各批次数量之和等于现存量"),
    ),
    Check(
        "stock.lot-is-the-sum-of-its-moves",
        SQL["check_lot_moves"],
        Words("A lot's quantity is the sum of its moves", "批次数量等于该批次流水之和"),
    ),
    Check(
        "stock.next-expiry-is-the-earliest",
        SQL["check_expiry"],
        Words("The next expiry is that of the lot that expires first", "最近到期日等于最早到期批次的到期日"),
    ),
    Check(
        "stock.lot-has-one-expiry",
        SQL["check_lot_dates"],
        Words("A lot expires on the same day wherever it lies", "同一批次在各处的到期日一致"),
    ),
    Check(
        "stock.cost-covers-what-is-owned",
        SQL["check_cost_quantity"],
        Words("The quantity that is valued is the quantity that is owned", "计价数量等于所有者持有数量"),
    ),
    Check(
        "stock.value-is-the-sum-of-moves",
        SQL["check_cost_value"],
        Words("The value of stock is the sum of its moves' cost", "库存金额等于出入库成本之和"),
    ),
    Check(
        "stock.lies-in-its-home-cell",
        SQL["check_home"],
        Words("Stock lies in the home cell of its bin", "库存位于所属库位的归属单元"),
    ),
    Check(
        "stock.rows-belong",
        SQL["check_belong"],
        Words(
            "Balances and costs are of a bin, a SKU and an owner that there are",
            "结存与成本所属的库位、商品与所有者均存在",
        ),
    ),
)
