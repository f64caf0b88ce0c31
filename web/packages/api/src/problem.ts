/** What is wrong with one field of a request; `path` is a JSON pointer into the body or `?name`. */
export interface FieldProblem {
  path: string;
  code: string;
  message: string;
  facts?: Record<string, unknown> | null;
}

/** Why a request was refused (RFC 9457), in the language the request asked for. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  trace_id: string;
  detail?: string | null;
  facts?: Record<string, unknown> | null;
  errors?: FieldProblem[] | null;
}

/** A request that did not succeed. Status 0: no answer came at all. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail ?? problem.title);
    this.name = "ProblemError";
    this.problem = problem;
  }

  get status(): number {
    return this.problem.status;
  }

  get code(): string {
    return this.problem.code;
  }

  /** Somebody else changed what this request started from. */
  get isStale(): boolean {
    return this.status === 412;
  }
}

export const OFFLINE = "client.offline";

/** Read the problem of a failed answer, whatever its body turned out to be. */
export function problemOf(body: unknown, response: Response): Problem {
  if (typeof body === "object" && body !== null && "code" in body && "title" in body) return body as Problem;
  return {
    type: "about:blank",
    title: response.statusText || String(response.status),
    status: response.status,
    code: "client.unreadable",
    trace_id: response.headers.get("x-trace-id") ?? "",
  };
}

/** Turn anything thrown into a problem that can be shown. */
export function asProblem(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  const title = error instanceof Error ? error.message : String(error);
  return { type: "about:blank", title, status: 0, code: "client.bug", trace_id: "" };
}
