"""The families of goods a dairy sells: who makes them, how long they keep, how they are packed."""

from typing import Literal

from msgspec import Struct

Temper = Literal["gift", "fresh", "summer", "ice", "winter", "children", "plain"]
"""What moves the demand for a family over the year; `demand` says how."""


class Format(Struct, frozen=True):
    """A size: what is written on it, its base unit, the units of a case, the retail price of a unit, its weight.

    ``inner`` units make an inner pack (提) where there is one.
    """

    text: str
    text_en: str
    unit: str
    case: int
    retail_minor: int
    weight_g: int
    inner: int = 0


class Family(Struct, frozen=True, kw_only=True):
    """A category with its products; every product comes in every format. ``share`` is its part of all demand."""

    code: str
    zh: str
    en: str
    line: str
    supplier: int
    tax: Literal["TAX9", "TAX13"]
    shelf_days: int
    temper: Temper
    share: float
    products: tuple[tuple[str, str, float], ...]
    formats: tuple[Format, ...]


LINES = (
    ("UHT", "常温纯牛奶", "UHT milk"),
    ("FRESH", "低温鲜奶", "Fresh milk"),
    ("YOG", "酸奶", "Yogurt"),
    ("DRINK", "乳饮料", "Milk drinks"),
    ("KID", "儿童与营养", "Children and nutrition"),
    ("COLD", "奶酪与冰品", "Cheese and ice"),
)

FAMILIES = (
    Family(
        code="UHT", zh="常温纯牛奶", en="UHT milk", line="UHT", supplier=0, tax="TAX9", shelf_days=180,
        temper="gift", share=18.0,
        products=(
            ("全脂纯牛奶", "Whole Milk", 1.0), ("低脂纯牛奶", "Low-fat Milk", 1.0), ("脱脂纯牛奶", "Skimmed Milk", 1.0),
            ("高钙纯牛奶", "High-calcium Milk", 1.15), ("有机纯牛奶", "Organic Milk", 1.8),
            ("娟姗纯牛奶", "Jersey Milk", 1.9), ("A2纯牛奶", "A2 Milk", 1.7),
        ),
        formats=(
            Format("250ml", "250 ml", "盒", 12, 380, 260), Format("200ml", "200 ml", "盒", 24, 300, 210),
            Format("1L", "1 L", "盒", 6, 1390, 1040), Format("250ml梦幻盖", "250 ml cap", "盒", 10, 560, 265),
        ),
    ),
    Family(
        code="FRS", zh="低温鲜牛奶", en="Fresh milk", line="FRESH", supplier=1, tax="TAX9", shelf_days=19,
        temper="fresh", share=22.0,
        products=(
            ("鲜牛奶", "Fresh Milk", 1.0), ("高钙鲜牛奶", "High-calcium Fresh Milk", 1.1),
            ("4.0高蛋白鲜牛奶", "High-protein Fresh Milk", 1.5), ("有机鲜牛奶", "Organic Fresh Milk", 1.8),
            ("娟姗鲜牛奶", "Jersey Fresh Milk", 1.9), ("A2鲜牛奶", "A2 Fresh Milk", 1.7),
            ("零乳糖鲜牛奶", "Lactose-free Fresh Milk", 1.4),
        ),
        formats=(
            Format("236ml", "236 ml", "瓶", 6, 560, 250), Format("450ml", "450 ml", "瓶", 6, 890, 470),
            Format("780ml", "780 ml", "瓶", 4, 1490, 810), Format("950ml", "950 ml", "盒", 4, 1690, 980),
        ),
    ),
    Family(
        code="LTY", zh="低温酸奶", en="Chilled yogurt", line="YOG", supplier=1, tax="TAX13", shelf_days=25,
        temper="fresh", share=18.0,
        products=(
            ("原味酸奶", "Plain Yogurt", 1.0), ("草莓酸奶", "Strawberry Yogurt", 1.1),
            ("黄桃酸奶", "Peach Yogurt", 1.1), ("蓝莓酸奶", "Blueberry Yogurt", 1.1), ("芦荟酸奶", "Aloe Yogurt", 1.1),
            ("燕麦酸奶", "Oat Yogurt", 1.2), ("无蔗糖酸奶", "Unsweetened Yogurt", 1.2),
            ("希腊酸奶", "Greek Yogurt", 1.6),
        ),
        formats=(
            Format("100g", "100 g", "杯", 8, 250, 110), Format("160g", "160 g", "杯", 6, 420, 170),
            Format("250g", "250 g", "瓶", 6, 650, 265), Format("1kg", "1 kg", "桶", 4, 1890, 1050),
        ),
    ),
    Family(
        code="ATY", zh="常温酸奶", en="Ambient yogurt", line="YOG", supplier=0, tax="TAX13", shelf_days=150,
        temper="gift", share=10.0,
        products=(
            ("原味常温酸奶", "Plain Ambient Yogurt", 1.0), ("草莓常温酸奶", "Strawberry Ambient Yogurt", 1.05),
            ("黄桃燕麦常温酸奶", "Peach Oat Ambient Yogurt", 1.1), ("蓝莓常温酸奶", "Blueberry Ambient Yogurt", 1.05),
            ("芒果百香果常温酸奶", "Mango Ambient Yogurt", 1.1), ("香草常温酸奶", "Vanilla Ambient Yogurt", 1.05),
        ),
        formats=(
            Format("205g", "205 g", "盒", 12, 520, 215), Format("200g", "200 g", "盒", 10, 500, 210),
            Format("230g瓶", "230 g bottle", "瓶", 10, 650, 240), Format("350g瓶", "350 g bottle", "瓶", 8, 890, 365),
        ),
    ),
    Family(
        code="FLV", zh="调制乳", en="Flavoured milk", line="DRINK", supplier=0, tax="TAX13", shelf_days=180,
        temper="winter", share=7.0,
        products=(
            ("核桃牛奶", "Walnut Milk", 1.0), ("红枣牛奶", "Jujube Milk", 1.0), ("燕麦牛奶", "Oat Milk Drink", 1.0),
            ("可可牛奶", "Cocoa Milk", 1.0), ("麦香牛奶", "Malt Milk", 1.0), ("草莓牛奶", "Strawberry Milk", 1.0),
            ("香蕉牛奶", "Banana Milk", 1.0),
        ),
        formats=(
            Format("250ml", "250 ml", "盒", 12, 420, 260), Format("200ml", "200 ml", "盒", 12, 350, 210),
            Format("190ml", "190 ml", "盒", 15, 330, 200),
        ),
    ),
    Family(
        code="LAB", zh="乳酸菌饮品", en="Lactic drinks", line="DRINK", supplier=1, tax="TAX13", shelf_days=30,
        temper="summer", share=6.0,
        products=(
            ("原味乳酸菌", "Lactic Drink", 1.0), ("低糖乳酸菌", "Low-sugar Lactic Drink", 1.0),
            ("白桃乳酸菌", "White Peach Lactic Drink", 1.05), ("葡萄乳酸菌", "Grape Lactic Drink", 1.05),
            ("青提乳酸菌", "Green Grape Lactic Drink", 1.05),
        ),
        formats=(
            Format("100ml", "100 ml", "瓶", 10, 200, 110, 5), Format("200ml", "200 ml", "瓶", 6, 380, 215, 6),
            Format("340ml", "340 ml", "瓶", 6, 500, 355), Format("435ml", "435 ml", "瓶", 6, 650, 450),
        ),
    ),
    Family(
        code="DRK", zh="含乳饮料", en="Milk beverages", line="DRINK", supplier=0, tax="TAX13", shelf_days=270,
        temper="summer", share=6.0,
        products=(
            ("AD钙奶", "AD Calcium Milk", 1.0), ("草莓乳饮料", "Strawberry Milk Beverage", 1.0),
            ("苹果乳饮料", "Apple Milk Beverage", 1.0), ("哈密瓜乳饮料", "Melon Milk Beverage", 1.0),
            ("香橙乳饮料", "Orange Milk Beverage", 1.0), ("荔枝乳饮料", "Lychee Milk Beverage", 1.0),
        ),
        formats=(
            Format("125ml", "125 ml", "盒", 12, 180, 135, 4), Format("220ml", "220 ml", "瓶", 12, 250, 235, 4),
            Format("450ml", "450 ml", "瓶", 8, 450, 470), Format("1.25L", "1.25 L", "瓶", 6, 890, 1300),
        ),
    ),
    Family(
        code="KID", zh="儿童奶", en="Children's milk", line="KID", supplier=0, tax="TAX13", shelf_days=180,
        temper="children", share=5.0,
        products=(
            ("成长牛奶", "Growing-up Milk", 1.0), ("DHA儿童牛奶", "DHA Children's Milk", 1.1),
            ("高钙儿童牛奶", "High-calcium Children's Milk", 1.05),
            ("益生菌儿童酸奶", "Probiotic Children's Yogurt", 1.1),
            ("低糖儿童牛奶", "Low-sugar Children's Milk", 1.05),
        ),
        formats=(
            Format("125ml", "125 ml", "盒", 16, 350, 135, 4), Format("190ml", "190 ml", "盒", 12, 450, 200),
            Format("200ml", "200 ml", "盒", 12, 480, 210), Format("125ml礼装", "125 ml gift", "盒", 20, 380, 135, 4),
        ),
    ),
    Family(
        code="CHS", zh="奶酪", en="Cheese", line="COLD", supplier=2, tax="TAX13", shelf_days=180,
        temper="children", share=4.0,
        products=(
            ("原味奶酪棒", "Plain Cheese Stick", 1.0), ("草莓奶酪棒", "Strawberry Cheese Stick", 1.0),
            ("水果奶酪棒", "Fruit Cheese Stick", 1.0), ("芝士片", "Cheese Slices", 1.1),
            ("马苏里拉碎", "Shredded Mozzarella", 1.2), ("奶油奶酪", "Cream Cheese", 1.3),
        ),
        formats=(
            Format("100g", "100 g", "袋", 6, 1290, 110), Format("180g", "180 g", "袋", 6, 1990, 195),
            Format("500g", "500 g", "袋", 4, 4590, 520), Format("1kg", "1 kg", "袋", 4, 7990, 1030),
        ),
    ),
    Family(
        code="PWD", zh="奶粉", en="Milk powder", line="KID", supplier=2, tax="TAX13", shelf_days=540,
        temper="gift", share=3.0,
        products=(
            ("全脂奶粉", "Whole Milk Powder", 1.0), ("脱脂奶粉", "Skimmed Milk Powder", 1.0),
            ("中老年奶粉", "Senior Milk Powder", 1.2), ("学生奶粉", "Student Milk Powder", 1.1),
            ("女士奶粉", "Women's Milk Powder", 1.2), ("有机奶粉", "Organic Milk Powder", 1.8),
        ),
        formats=(
            Format("25g×16", "25 g x 16", "袋", 6, 2990, 430), Format("400g", "400 g", "袋", 6, 2690, 420),
            Format("700g", "700 g", "罐", 4, 5990, 850), Format("800g", "800 g", "罐", 4, 6990, 960),
        ),
    ),
    Family(
        code="ICE", zh="冰淇淋", en="Ice cream", line="COLD", supplier=2, tax="TAX13", shelf_days=540,
        temper="ice", share=6.0,
        products=(
            ("香草冰淇淋", "Vanilla Ice Cream", 1.0), ("巧克力冰淇淋", "Chocolate Ice Cream", 1.0),
            ("草莓冰淇淋", "Strawberry Ice Cream", 1.0), ("抹茶冰淇淋", "Matcha Ice Cream", 1.2),
            ("老酸奶雪糕", "Yogurt Ice Bar", 0.9), ("海盐冰淇淋", "Sea Salt Ice Cream", 1.1),
            ("绿豆雪糕", "Mung Bean Ice Bar", 0.7),
        ),
        formats=(
            Format("65g", "65 g", "支", 10, 400, 70), Format("75g", "75 g", "杯", 8, 500, 80),
            Format("90g", "90 g", "支", 8, 650, 95), Format("480g", "480 g", "盒", 4, 2590, 500),
        ),
    ),
    Family(
        code="CRM", zh="黄油与奶油", en="Butter and cream", line="COLD", supplier=2, tax="TAX13", shelf_days=240,
        temper="winter", share=2.5,
        products=(
            ("淡奶油", "Whipping Cream", 1.0), ("黄油", "Butter", 1.3), ("炼乳", "Condensed Milk", 0.8),
            ("咖啡奶", "Coffee Creamer", 0.7),
        ),
        formats=(
            Format("200g", "200 g", "盒", 4, 1590, 215), Format("250g", "250 g", "盒", 4, 1890, 265),
            Format("500g", "500 g", "盒", 4, 3290, 520), Format("1L", "1 L", "盒", 4, 4990, 1050),
        ),
    ),
    Family(
        code="GFT", zh="礼盒", en="Gift boxes", line="UHT", supplier=0, tax="TAX9", shelf_days=180,
        temper="gift", share=3.0,
        products=(
            ("纯牛奶礼盒", "Milk Gift Box", 1.0), ("有机牛奶礼盒", "Organic Milk Gift Box", 1.6),
            ("娟姗牛奶礼盒", "Jersey Milk Gift Box", 1.8), ("高钙牛奶礼盒", "High-calcium Milk Gift Box", 1.1),
        ),
        formats=(
            Format("250ml×12", "250 ml x 12", "提", 4, 5990, 3300),
            Format("250ml×16", "250 ml x 16", "提", 4, 7990, 4300),
            Format("200ml×24", "200 ml x 24", "提", 2, 9900, 5200),
        ),
    ),
)  # fmt: skip
