import createClient, { type Middleware } from "openapi-fetch";

import { newKey } from "./key";
import { OFFLINE, ProblemError, problemOf } from "./problem";
import type { paths } from "./schema";
import { tellIfLost } from "./session";

let language = "zh-CN";

/** Say in which language the server shall answer. */
export function answerIn(tag: string): void {
  language = tag;
}

/** In which language the server is asked to answer. */
export function languageOfAnswers(): string {
  return language;
}

const headers: Middleware = {
  onRequest({ request }) {
    request.headers.set("Accept-Language", language);
    if (request.method === "POST" && !request.headers.has("Idempotency-Key")) {
      request.headers.set("Idempotency-Key", newKey());
    }
    return request;
  },
};

// The browser's own fetch is looked up at each call, so that a test can stand in for it.
export const api = createClient<paths>({
  baseUrl: typeof location === "undefined" ? "" : location.origin,
  fetch: (request) => fetch(request),
});
api.use(headers);

interface Answered<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/** Wait for an answer and give its data; every refusal, fault and broken line is a ProblemError. */
export async function take<Data>(answer: Promise<Answered<Data>>): Promise<Data> {
  let answered: Answered<Data>;
  try {
    answered = await answer;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    const title = error instanceof Error ? error.message : String(error);
    throw new ProblemError({ type: "about:blank", title, status: 0, code: OFFLINE, trace_id: "" });
  }
  if (!answered.response.ok) {
    const problem = problemOf(answered.error, answered.response);
    tellIfLost(problem.code);
    throw new ProblemError(problem);
  }
  return answered.data as Data;
}

/** The header that says which version an edit starts from. */
export function match(version: number): { "If-Match": string } {
  return { "If-Match": `"${version}"` };
}
