import { afterEach, expect, test, vi } from "vitest";

import { answerIn, api, newKey, onSessionLost, ProblemError, take } from ".";

function answer(status: number, body: unknown): void {
  vi.stubGlobal(
    "fetch",
    vi.fn(() => Promise.resolve(Response.json(body, { status }))),
  );
}

function asked(): Request {
  const [request] = vi.mocked(fetch).mock.lastCall ?? [];
  return request as Request;
}

afterEach(() => {
  vi.unstubAllGlobals();
});

test("every request says its language, every POST carries a key", async () => {
  answerIn("en");
  answer(201, {});
  await take(api.POST("/api/v1/sessions", { body: { login: "a", password: "b" } }));
  expect(asked().headers.get("accept-language")).toBe("en");
  expect(asked().headers.get("idempotency-key")).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-/);
});

test("a refusal is thrown with the server's words, and an ended session is told", async () => {
  const lost = vi.fn();
  const stop = onSessionLost(lost);
  answer(401, { type: "", title: "Please sign in", status: 401, code: "common.not-signed-in", trace_id: "x" });
  const refused = await take(api.GET("/api/v1/me")).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(ProblemError);
  expect((refused as ProblemError).code).toBe("common.not-signed-in");
  expect(lost).toHaveBeenCalledOnce();
  stop();
});

test("a broken line is a problem too", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
  await expect(take(api.GET("/api/v1/me"))).rejects.toMatchObject({ problem: { status: 0, code: "client.offline" } });
});

test("keys are in the order of their time", () => {
  const keys = [1_700_000_000_000, 1_700_000_000_001, 1_800_000_000_000].map((now) => newKey(now));
  expect([...keys].sort()).toEqual(keys);
});
