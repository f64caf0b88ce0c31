import { asProblem } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { ProblemAlert, Section } from "@lingqu/ui";
import type { UseQueryResult } from "@tanstack/react-query";
import { Skeleton } from "antd";
import type { ReactNode } from "react";

interface Props<Item> {
  title: string;
  all: ReactNode;
  query: UseQueryResult<{ items: Item[] }>;
  /** Leaves out what is not worth a line. */
  isShown?: (item: Item) => boolean;
  itemKey: (item: Item) => string;
  render: (item: Item) => ReactNode;
  blank: string;
}

/** One thing that may wait for this person: its first items, and the way to all of them. */
export function Card<Item>({ title, all, query, isShown = () => true, itemKey, render, blank }: Props<Item>) {
  const { t } = useT("home");
  const items = (query.data?.items ?? []).filter(isShown);
  return (
    <Section title={title} extra={all} flush>
      {query.isPending && <Skeleton active title={false} className="lq-list-wait" />}
      {query.error && <ProblemAlert problem={asProblem(query.error)} onRetry={() => void query.refetch()} />}
      {query.data && items.length === 0 && <p className="lq-home-blank">{blank}</p>}
      <ul className="lq-home-list" aria-label={title}>
        {items.map((item) => (
          <li key={itemKey(item)}>{render(item)}</li>
        ))}
      </ul>
      {query.data && items.length > 0 && <span className="lq-hidden">{t("listed", { count: items.length })}</span>}
    </Section>
  );
}
