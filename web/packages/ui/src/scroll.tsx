import type { ReactNode } from "react";

/** Something that may be wider than its place; the keyboard can scroll it too. */
export function Scroll({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="lq-table-scroll" role="region" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
