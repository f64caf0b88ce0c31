"""What colours a product's packaging has: by what it tastes of, else by its family."""

from lingqu.roles.demo.plan.goods import Goods

Colour = tuple[int, int, int]

_BY_TASTE: tuple[tuple[str, Colour], ...] = (
    ("Strawberry", (222, 72, 98)), ("Peach", (244, 150, 84)), ("Blueberry", (86, 88, 178)), ("Aloe", (112, 172, 96)),
    ("Oat", (190, 146, 90)), ("Walnut", (140, 98, 66)), ("Jujube", (164, 58, 52)), ("Cocoa", (108, 70, 52)),
    ("Chocolate", (96, 60, 46)), ("Malt", (198, 152, 76)), ("Banana", (238, 200, 72)), ("Mango", (246, 172, 52)),
    ("Vanilla", (226, 200, 130)), ("Green Grape", (136, 184, 84)), ("Grape", (122, 78, 160)), ("Apple", (126, 190, 70)),
    ("Melon", (158, 204, 118)), ("Orange", (242, 142, 44)), ("Lychee", (232, 132, 148)), ("Matcha", (118, 158, 82)),
    ("Sea Salt", (94, 170, 202)), ("Mung Bean", (132, 168, 92)), ("Fruit", (236, 112, 96)), ("Coffee", (122, 86, 64)),
    ("Organic", (74, 146, 92)), ("Jersey", (176, 130, 82)), ("A2", (46, 116, 156)), ("High-calcium", (50, 132, 196)),
    ("Skimmed", (118, 176, 214)), ("Low-fat", (96, 158, 206)), ("Lactose-free", (128, 122, 190)),
    ("High-protein", (32, 82, 136)), ("DHA", (238, 160, 60)), ("Probiotic", (64, 170, 150)), ("Butter", (238, 196, 70)),
)  # fmt: skip
_BY_FAMILY: dict[str, Colour] = {
    "UHT": (36, 104, 176), "FRS": (44, 140, 178), "LTY": (70, 150, 200), "ATY": (60, 120, 186), "FLV": (168, 120, 76),
    "LAB": (232, 92, 84), "DRK": (64, 158, 120), "KID": (246, 166, 62), "CHS": (244, 178, 52), "PWD": (188, 148, 70),
    "ICE": (112, 190, 214), "CRM": (214, 176, 96), "GFT": (188, 50, 54),
}  # fmt: skip
_MILK: Colour = (250, 248, 242)


def colours(goods: Goods) -> tuple[Colour, Colour]:
    """Give the ground of a label and the lighter shade beside it."""
    main = next((colour for taste, colour in _BY_TASTE if taste in goods.en), _BY_FAMILY[goods.family.code])
    return main, mixed(main, _MILK, 0.78)


def mixed(one: Colour, other: Colour, part: float) -> Colour:
    """Mix two colours; ``part`` is the other's."""
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(one, other, strict=True))
    return red, green, blue
