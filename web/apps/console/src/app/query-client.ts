import { ProblemError } from "@lingqu/api";
import { QueryClient } from "@tanstack/react-query";

const FRESH_MS = 5_000;
const TRIES = 2;

/** A refusal stays a refusal; only a fault on the way or on the other side is worth asking again. */
function isWorthRetrying(count: number, error: Error): boolean {
  const isFault = error instanceof ProblemError && (error.status === 0 || error.status >= 500);
  return isFault && count < TRIES;
}

export const queryClient = new QueryClient({
  defaultOptions: { queries: { staleTime: FRESH_MS, retry: isWorthRetrying } },
});
