import "../parts/approvals.css";

import { asProblem } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { Facts, Instant, Money, Page, ProblemAlert, Section, Tag } from "@lingqu/ui";
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Alert, Skeleton } from "antd";

import { useNames } from "../../../lib/names";
import { basketQuery, type Offer, offerQuery } from "../api/baskets";
import { BasketActions } from "../parts/basket-actions";
import { BasketState } from "../parts/basket-state";

/** One basket as it would be ordered now, beside what it cost when it was submitted. */
export function BasketPage() {
  const { t } = useT("approvals");
  const { basketId } = useParams({ from: "/shell/baskets/$basketId" });
  const { data: draft } = useSuspenseQuery(basketQuery(basketId));
  // Goods or links may have gone since; the basket is still there to be changed or thrown away.
  const { data: offer, error, isPending } = useQuery({ ...offerQuery(basketId), retry: false });
  const before = draft.submitted_total_minor;
  const isChanged =
    draft.state === "submitted" && before !== null && offer !== undefined && before !== offer.total_minor;
  return (
    <Page
      title={draft.name || `${t("basket.title")} · ${draft.seller_name}`}
      back={
        <Link to="/baskets" className="lq-link">
          ← {t("basket.list")}
        </Link>
      }
      tags={<BasketState draft={draft} />}
      actions={<BasketActions draft={draft} offer={offer} />}
    >
      {error && <ProblemAlert problem={asProblem(error)} />}
      {isChanged && <Alert type="warning" showIcon role="alert" title={t("basket.changed")} />}
      {draft.state === "returned" && (
        <Alert type="info" showIcon title={t("basket.returnedFor", { reason: draft.decision_reason })} />
      )}
      <div className="lq-columns">
        <Section title={t("basket.goods")}>
          {offer && <Lines offer={offer} />}
          {isPending && <Skeleton active title={false} />}
          {error && <p className="lq-soft">{t("basket.lineCount", { count: draft.content.lines.length })}</p>}
        </Section>
        <Section title={t("basket.total")}>
          <Facts
            items={[
              { label: t("basket.seller"), value: draft.seller_name },
              ...(offer
                ? [
                    {
                      label: t("basket.now"),
                      value: <Money minor={offer.total_minor} currency={offer.currency} tone="strong" />,
                    },
                  ]
                : []),
              { label: t("basket.savedAt"), value: <Instant at={draft.saved_at} /> },
              ...(before === null || !offer
                ? []
                : [{ label: t("basket.before"), value: <Money minor={before} currency={offer.currency} /> }]),
              ...(draft.submitted_at === null
                ? []
                : [
                    { label: t("basket.submittedBy"), value: draft.submitted_by_name },
                    { label: t("basket.submittedAt"), value: <Instant at={draft.submitted_at} /> },
                  ]),
              ...(draft.content.note ? [{ label: t("basket.note"), value: draft.content.note }] : []),
            ]}
          />
        </Section>
      </div>
    </Page>
  );
}

function Lines({ offer }: { offer: Offer }) {
  const { t } = useT("approvals");
  const names = useNames();
  return (
    <ul className="lq-plain lq-stack">
      {offer.lines.map((line, i) => (
        <li key={i} className="lq-row lq-between">
          <span>
            <span className="lq-strong">{names(line.name_zh, line.name_en)}</span>{" "}
            <span className="lq-soft">
              {line.packs} {names(line.pack_name_zh, line.pack_name_en)} ×{" "}
              <Money minor={line.price_minor} currency={offer.currency} />
            </span>{" "}
            {line.is_short && <Tag tone="warn">{t("basket.short")}</Tag>}
          </span>
          <Money minor={line.total_minor} currency={offer.currency} tone="strong" />
        </li>
      ))}
    </ul>
  );
}
