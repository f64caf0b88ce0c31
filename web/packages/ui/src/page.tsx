import type { ReactNode } from "react";

import { Nothing } from "./moment";

/** The frame of every page: where one is, what it is about, what can be done. */
export function Page({
  title,
  back,
  tags,
  actions,
  about,
  width = "wide",
  children,
}: {
  title: ReactNode;
  back?: ReactNode;
  tags?: ReactNode;
  actions?: ReactNode;
  about?: ReactNode;
  width?: "wide" | "narrow";
  children: ReactNode;
}) {
  return (
    <div className={`lq-page lq-page-${width}`}>
      {back && <div className="lq-page-back">{back}</div>}
      <header className="lq-page-head">
        <div className="lq-page-title">
          <h1>{title}</h1>
          {tags}
        </div>
        {actions && <div className="lq-page-actions">{actions}</div>}
        {about && <div className="lq-page-about">{about}</div>}
      </header>
      {children}
    </div>
  );
}

/** One block of a page. */
export function Section({
  title,
  extra,
  flush = false,
  children,
}: {
  title?: ReactNode;
  extra?: ReactNode;
  flush?: boolean;
  children: ReactNode;
}) {
  return (
    <section className="lq-section">
      {(title ?? extra) && (
        <div className="lq-section-head">
          <h2>{title}</h2>
          {extra}
        </div>
      )}
      <div className={flush ? undefined : "lq-section-body"}>{children}</div>
    </section>
  );
}

/** Names and values, in as many columns as there is room. */
export function Facts({ items }: { items: { label: string; value: ReactNode }[] }) {
  return (
    <dl className="lq-facts">
      {items.map((item) => (
        <div key={item.label}>
          <dt>{item.label}</dt>
          <dd>{item.value === "" || item.value === null || item.value === undefined ? <Nothing /> : item.value}</dd>
        </div>
      ))}
    </dl>
  );
}
