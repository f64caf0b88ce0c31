import { useT } from "@lingqu/i18n";
import { Day, Facts, Money, Nothing, Page, Section } from "@lingqu/ui";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";

import { useCan } from "../../../lib/access";
import { ChangesLink } from "../../../lib/changes-link";
import { useMe } from "../../../lib/me";
import { useNames } from "../../../lib/names";
import { linkQuery, type TradeLink } from "../api/links";
import { EditLink } from "../parts/edit-link";
import { Grants } from "../parts/grants";
import { LinkSteps } from "../parts/link-steps";
import { OnBehalfRule } from "../parts/on-behalf";
import { LinkState } from "../parts/status";

/** One trade link: its terms and what it allows, changed by the seller's side, seen by both. */
export function LinkPage() {
  const { t } = useT("links");
  const names = useNames();
  const can = useCan();
  const { linkId } = useParams({ from: "/shell/links/$linkId" });
  const { data: link } = useSuspenseQuery(linkQuery(linkId));
  const [isEditing, setEditing] = useState(false);
  const canChange = link.is_ours && can("links.grant");
  return (
    <Page
      title={`${names(link.seller_name, link.seller_name_en)} → ${names(link.buyer_name, link.buyer_name_en)}`}
      back={
        <Link to="/links" className="lq-link">
          ← {t("title")}
        </Link>
      }
      tags={<LinkState status={link.status} />}
      actions={
        <>
          <ChangesLink kind="trade-link" id={link.id} />
          {canChange && !isEditing && (
            <>
              <LinkSteps link={link} />
              <Button
                type="primary"
                onClick={() => {
                  setEditing(true);
                }}
              >
                {t("edit")}
              </Button>
            </>
          )}
        </>
      }
    >
      <Section title={t("terms")}>
        {isEditing ? (
          <EditLink
            link={link}
            onClose={() => {
              setEditing(false);
            }}
          />
        ) : (
          <TermFacts link={link} />
        )}
      </Section>
      <Grants link={link} canChange={canChange} />
      <OnBehalfRule link={link} />
    </Page>
  );
}

function TermFacts({ link }: { link: TradeLink }) {
  const { t } = useT("links");
  const names = useNames();
  const me = useMe();
  // An organization has a page for those above it and for itself.
  const isAbove = ["platform", "brand"].includes(me.kind) || (me.kind === "distributor" && link.is_ours);
  const side = (id: number, name: string) =>
    isAbove || id === me.organization_id ? (
      <Link to="/organizations/$organizationId" params={{ organizationId: id }} className="lq-link">
        {name}
      </Link>
    ) : (
      name
    );
  return (
    <Facts
      items={[
        { label: t("seller"), value: side(link.seller_id, names(link.seller_name, link.seller_name_en)) },
        { label: t("buyer"), value: side(link.buyer_id, names(link.buyer_name, link.buyer_name_en)) },
        { label: t("validFrom"), value: <Day on={link.valid_from} /> },
        { label: t("validUntil"), value: link.valid_until ? <Day on={link.valid_until} /> : t("openEnd") },
        { label: t("shortage"), value: t(`policy.${link.shortage_policy}`) },
        { label: t("titlePasses"), value: t(`passes.${link.title_passes}`) },
        { label: t("paymentDays"), value: t("days", { days: link.payment_days }) },
        { label: t("approvalHours"), value: t("hours", { hours: link.approval_hours }) },
        {
          label: t("approvalAbove"),
          value:
            link.approval_above_minor === null ? (
              <Nothing />
            ) : (
              <Money minor={link.approval_above_minor} currency={link.currency} />
            ),
        },
      ]}
    />
  );
}
