"""What must always be true of orders, told by SQL that knows nothing of the steps."""

from lingqu.kernel.errors import Words
from lingqu.runtime.check import Check
from lingqu.runtime.sql import statements

SQL = statements(__package__)

CHECKS = (
    Check(
        "orders.totals-add-up",
        SQL["check_totals"],
        Words("An order costs what its lines and freight cost", "订单金额等于各行与运费之和"),
    ),
    Check(
        "orders.payments-cover",
        SQL["check_payments"],
        Words("The accounts of an order pay exactly its total", "订单各账户支付之和等于订单金额"),
    ),
    Check(
        "orders.goods-are-reserved",
        SQL["check_reserved"],
        Words("What a line has reserved is reserved in stock", "订单行预留与库存预留一致"),
    ),
    Check(
        "orders.money-is-held",
        SQL["check_held"],
        Words("What an order still holds is held in the ledger", "订单冻结与账本冻结一致"),
    ),
    Check(
        "orders.money-is-posted",
        SQL["check_posted"],
        Words("What an order settled and refunded is posted in the ledger", "订单结算与退款均已入账"),
    ),
    Check(
        "orders.shipments-add-up",
        SQL["check_shipped"],
        Words("A line shipped and received what its shipments say", "订单行的发货与收货等于各发货单之和"),
    ),
    Check(
        "orders.standing-runs-stand",
        SQL["check_standing"],
        Words(
            "A date that a standing order placed has its order, of the same two sides and for that date",
            "周期订单已下单的每个日期都有对应订单，买卖双方与日期一致",
        ),
    ),
    Check(
        "orders.changes-are-steps",
        SQL["check_revisions"],
        Words("A change of an order is a step of its history", "订单的每次变更都在操作记录中"),
    ),
    Check(
        "orders.waiting-is-asked",
        SQL["check_asked"],
        Words(
            "An order that its seller's rules hold has an open request, and only such an order has one",
            "按规则待审批的订单有且仅有一份待审申请",
        ),
    ),
    Check(
        "orders.rows-belong",
        SQL["check_belong"],
        Words(
            "Lines and payments belong to an order, lines of shipments to theirs; orders and lines name what exists",
            "订单行、付款与发货明细均属于其单据，且所指对象存在",
        ),
    ),
    Check(
        "orders.parts-belong",
        SQL["check_parts"],
        Words("A part of a line is a line of the same goods at the same price", "拆分行与原行商品、包装、单价一致"),
    ),
    Check(
        "orders.direct-pairs-stand-alike",
        SQL["check_direct_pairs"],
        Words(
            "A line that a supplier sends straight to the buyer stands as the line that buys it",
            "直发订单行与其对应采购行的数量与进度一致",
        ),
    ),
    Check(
        "orders.direct-returns-stand-alike",
        SQL["check_direct_returns"],
        Words("Both halves of a return of direct delivery stand alike", "直发退货的两张退货单状态与数量一致"),
    ),
    Check(
        "orders.service-fee-is-the-rate",
        SQL["check_direct_fee"],
        Words(
            "A service fee is its rate of what was charged and not refunded, in both books",
            "直发服务费等于已结算减退款后的净额乘以费率，双方账本一致",
        ),
    ),
    Check(
        "orders.direct-goods-only-pass",
        SQL["check_passing"],
        Words("Goods sent straight on lie nowhere on their way", "直发商品不在中间环节滞留"),
    ),
    Check(
        "orders.returns-add-up",
        SQL["check_returned"],
        Words("What a line says was returned its returns have brought back", "订单行的已退数量等于各退货单收回之和"),
    ),
    Check(
        "orders.joint-returns-add-up",
        SQL["check_joint"],
        Words(
            "A return over many orders has the state and the refund of its parts, line by line",
            "合并退货的状态与退款等于各订单、各行之和",
        ),
    ),
)
