import { useT } from "@lingqu/i18n";
import { Instant, Money } from "@lingqu/ui";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { nameOf, pathOf, type ToDo } from "../../../lib/to-do";
import { useKindName } from "../../../lib/use-kind-name";
import { approvalsQuery } from "../api/work";
import { Card } from "./card";

/** What waits for this person's decision; nobody who never decides sees an empty card. */
export function ApprovalCard() {
  const { t } = useT("home");
  const kindName = useKindName();
  const query = useQuery(approvalsQuery);
  if (query.data?.items.length === 0) return null;
  return (
    <Card<ToDo>
      title={t("approvals", { count: query.data?.count ?? 0 })}
      all={
        <Link to="/approvals" className="lq-link">
          {t("all")}
        </Link>
      }
      query={query}
      itemKey={(one) => String(one.id)}
      blank={t("nothing")}
      render={(one) => (
        <Link to={pathOf(one) ?? "/approvals"} className="lq-home-item">
          <span>
            <span className="lq-strong">{nameOf(one)}</span>
            <span className="lq-soft lq-small">
              {kindName(one.kind)} · {one.requester_name ?? one.organization_name} · <Instant at={one.requested_at} />
            </span>
          </span>
          {typeof one.subject.total_minor === "number" && (
            <Money
              minor={one.subject.total_minor}
              currency={typeof one.subject.currency === "string" ? one.subject.currency : "CNY"}
              tone="strong"
            />
          )}
        </Link>
      )}
    />
  );
}
