import type { ReactNode } from "react";

/** Nothing to show, why, and what to do next. */
export function Blank({ title, hint, action }: { title: ReactNode; hint?: ReactNode; action?: ReactNode }) {
  return (
    <div className="lq-blank" role="status">
      <svg width="72" height="40" viewBox="0 0 72 40" aria-hidden="true">
        <path d="M2 10c11 0 11 8 22 8s11-8 22-8 11 8 22 8M2 24c11 0 11 8 22 8s11-8 22-8 11 8 22 8" />
      </svg>
      <p className="lq-blank-title">{title}</p>
      {hint && <p className="lq-soft">{hint}</p>}
      {action}
    </div>
  );
}
