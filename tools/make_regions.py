"""Write the tables of regions anew from the packages they come from (ADR 0006).

`python -m tools.make_regions FOLDER`, where FOLDER holds, as downloaded:
china-division-2.7.0.tgz and us-atlas-3.0.1.tgz (npm), cpca-0.5.5-py3-none-any.whl (PyPI).
"""

import csv
import io
import json
import sys
import tarfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pypinyin import lazy_pinyin

TABLES = Path(__file__).parent.parent / "src/lingqu/modules/identity/regions"
COLUMNS = ("id", "parent_id", "level", "code", "name_zh", "name_en", "latitude", "longitude")
CHINA, AMERICA = 156_000_000, 840_000_000

Row = tuple[int, int | None, str, str, str, str, float | None, float | None]
Centre = tuple[float, float]

# What pinyin alone gets wrong, and the regions that GB/T 2260 has beyond the mainland.
_ENGLISH = {
    "内蒙古自治区": "Inner Mongolia",
    "广西壮族自治区": "Guangxi",
    "西藏自治区": "Tibet",
    "宁夏回族自治区": "Ningxia",
    "新疆维吾尔自治区": "Xinjiang",
    "陕西省": "Shaanxi",
    "重庆市": "Chongqing",
    "台湾省": "Taiwan",
    "香港特别行政区": "Hong Kong",
    "澳门特别行政区": "Macao",
    "朝阳市": "Chaoyang",
    "朝阳区": "Chaoyang",
    "朝阳县": "Chaoyang",
    "市辖区": "Municipal districts",
    "县": "Municipal counties",
    "省直辖县级行政区划": "Counties under the province",
    "自治区直辖县级行政区划": "Counties under the region",
}
_BEYOND = {"710000": "台湾省", "810000": "香港特别行政区", "820000": "澳门特别行政区"}
_SUFFIXES = ("自治县", "自治州", "自治旗", "地区", "林区", "特区", "新区", "矿区", "省", "市", "区", "县", "旗", "盟")


def english(name: str) -> str:
    """Spell a Chinese place in pinyin, without the word for its kind."""
    if name in _ENGLISH:
        return _ENGLISH[name]
    suffix = next((s for s in _SUFFIXES if name.endswith(s) and len(name) > len(s) + 1), "")
    return "".join(lazy_pinyin(name.removesuffix(suffix))).capitalize()


def china(folder: Path) -> Iterator[Row]:
    """Take codes and names of china-division and centres of cpca; a code without a centre has its parent's."""
    centres = _china_centres(folder / "cpca-0.5.5-py3-none-any.whl")
    with tarfile.open(folder / "china-division-2.7.0.tgz") as package:
        provinces, cities, areas = (_json(package, f"dist/{name}.json") for name in ("provinces", "cities", "areas"))
    yield (CHINA, None, "country", "CN", "中国", "China", 35.0, 105.0)
    yield from (_chinese(centres, p["code"] + "0000", None, "province", p["name"]) for p in provinces)
    yield from (_chinese(centres, code, None, "province", name) for code, name in _BEYOND.items())
    # A few prefectures (东莞 and its like) have no counties and stand among them under their own code.
    undivided = {area["code"] for area in areas if area["code"].endswith("00")}
    for city in cities:
        if city["code"] + "00" not in undivided:
            yield _chinese(centres, city["code"] + "00", city["provinceCode"] + "0000", "prefecture", city["name"])
    for area in areas:
        parent = area["provinceCode"] + "0000" if area["code"] in undivided else area["cityCode"] + "00"
        yield _chinese(centres, area["code"], parent, "county", area["name"])


def _chinese(centres: dict[str, Centre], code: str, parent: str | None, level: str, name: str) -> Row:
    centre = centres.get(code) or (centres.get(parent[:2] + "0000") if parent else None)
    if parent and code not in centres and parent in centres:
        centre = centres[parent]
    parent_id = CHINA if parent is None else CHINA + int(parent)
    return (CHINA + int(code), parent_id, level, code, name, english(name), *(centre or (None, None)))


def _china_centres(wheel: Path) -> dict[str, Centre]:
    with zipfile.ZipFile(wheel) as package, package.open("cpca/resources/adcodes.csv") as raw:
        rows = list(csv.DictReader(io.TextIOWrapper(raw, encoding="utf-8-sig")))
    return {
        row["adcode"][:6]: (round(float(row["latitude"]), 4), round(float(row["longitude"]), 4))
        for row in rows
        if row["latitude"] and row["adcode"].endswith("000000")
    }


def america(folder: Path) -> Iterator[Row]:
    """Take states and counties of us-atlas, whose ids are FIPS codes, and the middle of each shape."""
    with tarfile.open(folder / "us-atlas-3.0.1.tgz") as package:
        atlas = _json(package, "counties-10m.json")
    arcs = _arcs(atlas)
    yield (AMERICA, None, "country", "US", "美国", "United States", 39.8, -98.6)
    for state in sorted(atlas["objects"]["states"]["geometries"], key=lambda g: g["id"]):
        yield _american(state, arcs, AMERICA, AMERICA + int(state["id"]) * 1000, "province")
    for county in sorted(atlas["objects"]["counties"]["geometries"], key=lambda g: g["id"]):
        parent = AMERICA + int(county["id"][:2]) * 1000
        yield _american(county, arcs, parent, AMERICA + int(county["id"]), "county")


def _american(shape: dict[str, Any], arcs: list[list[Centre]], parent: int, number: int, level: str) -> Row:
    name = shape["properties"]["name"]
    points = [point for index in _indexes(shape["arcs"]) for point in arcs[index if index >= 0 else ~index]]
    latitudes = [point[1] for point in points]
    # Alaska's islands reach over the 180th meridian; its middle does not.
    longitudes = [point[0] for point in points if point[0] < 0] or [point[0] for point in points]
    middle = (min(latitudes) + max(latitudes)) / 2, (min(longitudes) + max(longitudes)) / 2
    return (number, parent, level, shape["id"], name, name, round(middle[0], 4), round(middle[1], 4))


def _arcs(atlas: dict[str, Any]) -> list[list[Centre]]:
    """Decode TopoJSON's arcs: differences of whole numbers, scaled."""
    (scale_x, scale_y), (move_x, move_y) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    decoded = []
    for arc in atlas["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + move_x, y * scale_y + move_y))
        decoded.append(points)
    return decoded


def _indexes(nested: Any) -> Iterator[int]:
    if isinstance(nested, int):
        yield nested
    else:
        for part in nested:
            yield from _indexes(part)


def _json(package: tarfile.TarFile, name: str) -> Any:
    file = package.extractfile(f"package/{name}")
    assert file is not None, name  # noqa: S101 - the package of this version holds it
    return json.load(file)


def write(name: str, rows: Iterable[Row]) -> None:
    """Write one table."""
    with (TABLES / name).open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(COLUMNS)
        table.writerows(rows)


if __name__ == "__main__":
    source = Path(sys.argv[1])
    write("cn.csv", china(source))
    write("us.csv", america(source))
