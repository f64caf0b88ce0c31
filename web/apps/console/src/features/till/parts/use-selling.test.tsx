import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { useKept } from "../../../lib/kept";
import { addPacks, START } from "./till-state";
import { useSelling } from "./use-selling";

const MILK = { sku_id: 1, pack_id: 11, name_zh: "", name_en: "Milk", pack_name_zh: "", pack_name_en: "box", units: 1 };
const SALE = {
  key: "k1",
  sale: { lines: [{ sku_id: 1, pack_id: 11, packs: 1 }] },
  total_minor: 100,
  currency: "CNY",
  received_minor: 200,
};

function around({ children }: { children: ReactNode }) {
  return <QueryClientProvider client={new QueryClient()}>{children}</QueryClientProvider>;
}

function useTillOf() {
  const [state, change] = useKept("till", START);
  return { state, change, selling: useSelling(state, change) };
}

function answer(status: number, body: object): Response {
  return new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });
}

/** What the server was asked, in order: the key of each sale that came. */
function serve(...answers: (Response | Error)[]): string[] {
  const keys: string[] = [];
  vi.stubGlobal("fetch", (request: Request) => {
    keys.push(request.headers.get("Idempotency-Key") ?? "");
    const next = answers.shift();
    return next instanceof Response ? Promise.resolve(next) : Promise.reject(next ?? new TypeError("unexpected"));
  });
  return keys;
}

beforeEach(() => {
  localStorage.clear();
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const SOLD = { id: "s1", status: "completed", approval_status: "none", currency: "CNY", total_minor: 100 };

test("after the line broke the same key is sent again, also by a page opened anew", async () => {
  const keys = serve(new TypeError("broken"), answer(201, SOLD));
  const first = renderHook(useTillOf, { wrapper: around });
  act(() => {
    first.result.current.change((before) => addPacks(before, MILK));
  });
  act(() => {
    first.result.current.selling.sell(SALE);
  });
  await waitFor(() => {
    expect(first.result.current.selling.isSending).toBe(false);
  });
  expect(first.result.current.state.unsent.map((one) => one.key)).toEqual(["k1"]);
  first.unmount();
  const again = renderHook(useTillOf, { wrapper: around });
  act(() => {
    window.dispatchEvent(new Event("online"));
  });
  await waitFor(() => {
    expect(again.result.current.selling.done?.sold.id).toBe("s1");
  });
  expect(keys).toEqual(["k1", "k1"]);
  expect(again.result.current.state).toEqual(START);
});

test("pressing twice sends once while the first is under way", async () => {
  const keys = serve(answer(201, SOLD));
  const { result } = renderHook(useTillOf, { wrapper: around });
  act(() => {
    result.current.change((before) => addPacks(before, MILK));
  });
  act(() => {
    result.current.selling.sell(SALE);
  });
  act(() => {
    result.current.selling.sendAll();
  });
  await waitFor(() => {
    expect(result.current.selling.done).not.toBeNull();
  });
  expect(keys).toEqual(["k1"]);
});

test("what the server refuses comes back with its reason and is not sent again", async () => {
  const keys = serve(answer(409, { code: "stock.out-of-stock", title: "Out of stock", status: 409 }));
  const { result } = renderHook(useTillOf, { wrapper: around });
  act(() => {
    result.current.change((before) => addPacks(before, MILK));
  });
  act(() => {
    result.current.selling.sell(SALE);
  });
  await waitFor(() => {
    expect(result.current.state.open.problem?.code).toBe("stock.out-of-stock");
  });
  act(() => {
    result.current.selling.sendAll();
  });
  expect(result.current.state.open.lines).toHaveLength(1);
  expect(keys).toEqual(["k1"]);
});

test("an answer that is not the server's own decides nothing", async () => {
  serve(answer(502, {}));
  const { result } = renderHook(useTillOf, { wrapper: around });
  act(() => {
    result.current.selling.sell(SALE);
  });
  await waitFor(() => {
    expect(result.current.selling.isSending).toBe(false);
  });
  expect(result.current.state.unsent).toHaveLength(1);
});
