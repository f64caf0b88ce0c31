import type { Problem } from "@lingqu/api";

import type { NewSale } from "../api/sell";

/** A pack as the basket needs it, so that it is shown without asking again. */
export interface TillPack {
  sku_id: number;
  pack_id: number;
  name_zh: string;
  name_en: string;
  pack_name_zh: string;
  pack_name_en: string;
  units: number;
}

export interface TillLine extends TillPack {
  packs: number;
}

export interface TillMember {
  id: string;
  name: string;
  code: string;
  points: number;
}

export interface Basket {
  lines: TillLine[];
  member: TillMember | null;
  /** When it was put aside; it is called by this time. */
  held_at: string;
  /** Why the server would not sell it, where it was tried. */
  problem: Problem | null;
}

/** A sale on its way to the server, with the key that makes sending it again harmless. */
export interface Unsent {
  key: string;
  sale: NewSale;
  basket: Basket;
  total_minor: number;
  currency: string;
  received_minor: number | null;
}

/** Everything a till holds on its device. */
export interface TillState {
  open: Basket;
  held: Basket[];
  unsent: Unsent[];
}

export const EMPTY: Basket = { lines: [], member: null, held_at: "", problem: null };
export const START: TillState = { open: EMPTY, held: [], unsent: [] };

function withOpen(state: TillState, open: Partial<Basket>): TillState {
  return { ...state, open: { ...state.open, problem: null, ...open } };
}

/** Put packs into the open basket: scanned again it is one more, in the same place. */
export function addPacks(state: TillState, pack: TillPack, packs = 1): TillState {
  const before = state.open.lines.find((line) => line.pack_id === pack.pack_id);
  return setPacks(state, pack, (before?.packs ?? 0) + packs);
}

/** Say how many packs the open basket holds; none takes the line out. */
export function setPacks(state: TillState, pack: TillPack, packs: number): TillState {
  const { lines } = state.open;
  const at = lines.findIndex((line) => line.pack_id === pack.pack_id);
  if (packs <= 0) return withOpen(state, { lines: lines.filter((_, index) => index !== at) });
  const { sku_id, pack_id, name_zh, name_en, pack_name_zh, pack_name_en, units } = pack;
  const line = { sku_id, pack_id, name_zh, name_en, pack_name_zh, pack_name_en, units, packs };
  return withOpen(state, { lines: at < 0 ? [...lines, line] : lines.map((one, index) => (index === at ? line : one)) });
}

export function setMember(state: TillState, member: TillMember | null): TillState {
  return withOpen(state, { member });
}

function isEmpty(basket: Basket): boolean {
  return basket.lines.length === 0 && basket.member === null;
}

/** Put the open basket aside and begin another. */
export function hold(state: TillState, at: string): TillState {
  if (isEmpty(state.open)) return state;
  return { ...state, open: EMPTY, held: [...state.held, { ...state.open, held_at: at }] };
}

/** Go on with a basket that was put aside; the open one, if it holds anything, takes its place. */
export function resume(state: TillState, index: number, at: string): TillState {
  const basket = state.held[index];
  if (!basket) return state;
  const held = isEmpty(state.open)
    ? state.held.filter((_, place) => place !== index)
    : state.held.map((one, place) => (place === index ? { ...state.open, held_at: at } : one));
  return { ...state, open: basket, held };
}

/** Throw a basket away that was put aside. */
export function drop(state: TillState, index: number): TillState {
  return { ...state, held: state.held.filter((_, place) => place !== index) };
}

export function empty(state: TillState): TillState {
  return { ...state, open: EMPTY };
}

/** The open basket is being sold: it is kept with its key until the server has answered. */
export function charge(state: TillState, unsent: Omit<Unsent, "basket">): TillState {
  return { ...state, open: EMPTY, unsent: [...state.unsent, { ...unsent, basket: state.open }] };
}

/** The server has sold it. */
export function settled(state: TillState, key: string): TillState {
  return { ...state, unsent: state.unsent.filter((one) => one.key !== key) };
}

/** The server will not sell it: the basket comes back with the reason, on the counter or among those put aside. */
export function refused(state: TillState, key: string, problem: Problem, at: string): TillState {
  const one = state.unsent.find((unsent) => unsent.key === key);
  if (!one) return state;
  const basket = { ...one.basket, problem };
  const rest = settled(state, key);
  if (isEmpty(state.open)) return { ...rest, open: basket };
  return { ...rest, held: [...state.held, { ...basket, held_at: at }] };
}
