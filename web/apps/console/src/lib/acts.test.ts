import { expect, test } from "vitest";

import { type Act, fold } from "./acts";

const act = (key: string, more: Partial<Act> = {}): Act => ({ key, label: key, onAct: () => undefined, ...more });
const keys = (acts: Act[]) => {
  const { kept, folded } = fold(acts);
  return [kept.map(({ key }) => key), folded.map(({ key }) => key)];
};

test("what is waited for and what is kept beside it stay in sight, the rest folds in its order", () => {
  const acts = [act("cancel"), act("reject", { isKept: true }), act("change"), act("approve", { isMain: true })];
  expect(keys(acts)).toEqual([
    ["reject", "approve"],
    ["cancel", "change"],
  ]);
});

test("where nothing is waited for the last one stays", () => {
  expect(keys([act("keep"), act("return"), act("again")])).toEqual([["again"], ["keep", "return"]]);
});

test("a menu never holds a single act, and none of none", () => {
  expect(keys([act("change"), act("ship", { isMain: true })])).toEqual([["change", "ship"], []]);
  expect(keys([])).toEqual([[], []]);
});
