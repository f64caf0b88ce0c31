import { act, renderHook } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";

import { useCart, withLines, withPacks } from "./cart-store";

const MILK = { sku_id: 1, pack_id: 11, name_zh: "", name_en: "Milk", pack_name_zh: "", pack_name_en: "box", units: 12 };
const TEA = { ...MILK, sku_id: 2, pack_id: 21, name_en: "Tea" };

beforeEach(() => {
  localStorage.clear();
});

test("a line keeps its place while its packs change, and leaves at none", () => {
  const two = withPacks(withPacks([], MILK, 1), TEA, 2);
  expect(withPacks(two, MILK, 5).map((line) => [line.name_en, line.packs])).toEqual([
    ["Milk", 5],
    ["Tea", 2],
  ]);
  expect(withPacks(two, MILK, 0).map((line) => line.name_en)).toEqual(["Tea"]);
});

test("what is put in again becomes as much more", () => {
  const filled = withLines(withPacks([], MILK, 1), [
    { ...TEA, packs: 2 },
    { ...MILK, packs: 4 },
  ]);
  expect(filled.map((line) => [line.name_en, line.packs])).toEqual([
    ["Milk", 5],
    ["Tea", 2],
  ]);
});

test("two tabs see one cart, two sellers two", () => {
  const first = renderHook(() => useCart(7, 1));
  const second = renderHook(() => useCart(7, 1));
  const other = renderHook(() => useCart(7, 2));
  act(() => {
    first.result.current.set(MILK, 3);
  });
  expect(second.result.current.lines).toEqual([{ ...MILK, packs: 3 }]);
  expect(other.result.current.lines).toEqual([]);
  act(() => {
    second.result.current.clear();
  });
  expect(first.result.current.lines).toEqual([]);
});

test("a cart survives a reload", () => {
  const { result, unmount } = renderHook(() => useCart(7, 1));
  act(() => {
    result.current.set(TEA, 2);
  });
  unmount();
  expect(renderHook(() => useCart(7, 1)).result.current.lines).toEqual([{ ...TEA, packs: 2 }]);
});
