import type { ReactNode } from "react";

export type Tone = "neutral" | "info" | "good" | "warn" | "bad";

/** A short state of something, in a colour that says whether to worry. */
export function Tag({ tone = "neutral", children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`lq-tag lq-tag-${tone}`}>{children}</span>;
}
