import type { Problem } from "@lingqu/api";
import { expect, test } from "vitest";

import {
  addPacks,
  charge,
  drop,
  EMPTY,
  hold,
  refused,
  resume,
  setMember,
  setPacks,
  settled,
  START,
  type TillState,
} from "./till-state";

const MILK = { sku_id: 1, pack_id: 11, name_zh: "", name_en: "Milk", pack_name_zh: "", pack_name_en: "box", units: 1 };
const TEA = { ...MILK, sku_id: 2, pack_id: 21, name_en: "Tea" };
const ZHANG = { id: "m", name: "Zhang", code: "M1", points: 5 };
const NO: Problem = { type: "", title: "Out of stock", status: 409, code: "stock.out-of-stock", trace_id: "" };

function names(state: TillState): string[] {
  return state.open.lines.map((line) => `${line.packs} ${line.name_en}`);
}

function selling(state: TillState, key: string): TillState {
  const sale = { lines: state.open.lines.map(({ sku_id, packs }) => ({ sku_id, packs })) };
  return charge(state, { key, sale, total_minor: 100, currency: "CNY", received_minor: null });
}

test("what is scanned again is one more, in its place", () => {
  const state = addPacks(addPacks(addPacks(START, MILK), TEA), MILK);
  expect(names(state)).toEqual(["2 Milk", "1 Tea"]);
  expect(names(setPacks(state, MILK, 0))).toEqual(["1 Tea"]);
});

test("a basket put aside comes back, and the one on the counter takes its place", () => {
  const first = hold(setMember(addPacks(START, MILK), ZHANG), "10:00");
  expect(names(first)).toEqual([]);
  const second = resume(addPacks(first, TEA), 0, "10:05");
  expect(names(second)).toEqual(["1 Milk"]);
  expect(second.open.member).toEqual(ZHANG);
  expect(second.held.map((basket) => [basket.held_at, basket.lines[0]?.name_en])).toEqual([["10:05", "Tea"]]);
  expect(resume(drop(second, 0), 3, "").held).toEqual([]);
});

test("an empty basket is not put aside", () => {
  expect(hold(START, "10:00")).toBe(START);
});

test("a sale is kept with its key until the server has answered, and the counter is free meanwhile", () => {
  const sent = selling(addPacks(START, MILK), "k1");
  expect(sent.open).toEqual(EMPTY);
  expect(sent.unsent.map((one) => one.key)).toEqual(["k1"]);
  expect(settled(sent, "k1")).toEqual(START);
});

test("a refused sale comes back with the reason: on the counter, or aside where another customer stands", () => {
  const sent = selling(addPacks(START, MILK), "k1");
  const back = refused(sent, "k1", NO, "10:10");
  expect(names(back)).toEqual(["1 Milk"]);
  expect(back.open.problem).toEqual(NO);
  expect(back.unsent).toEqual([]);
  // What stood against it is gone with the first change.
  expect(setPacks(back, MILK, 2).open.problem).toBeNull();
  const beside = refused(addPacks(sent, TEA), "k1", NO, "10:10");
  expect(names(beside)).toEqual(["1 Tea"]);
  expect(beside.held).toMatchObject([{ held_at: "10:10", problem: NO, lines: [{ name_en: "Milk" }] }]);
});

test("an answer for a sale that is not kept changes nothing", () => {
  const state = addPacks(START, MILK);
  expect(refused(state, "gone", NO, "")).toBe(state);
});
