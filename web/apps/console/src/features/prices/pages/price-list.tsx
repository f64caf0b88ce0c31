import "../parts/prices.css";

import { usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { type Column, DataTable, Day, Facts, Money, Page, Section } from "@lingqu/ui";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";

import { useCan } from "../../../lib/access";
import { useListState } from "../../../lib/list-state";
import { useMe } from "../../../lib/me";
import { useNames } from "../../../lib/names";
import { StepDialog } from "../../../lib/step-dialog";
import {
  archivePriceList,
  listedPricesQuery,
  type PriceLine,
  priceListQuery,
  pricesKey,
  publishPriceList,
} from "../api/price-lists";
import { EditPrice } from "../parts/edit-price";
import { ListState } from "../parts/list-state";

/** One price list: for whom it is, its prices, and its life. */
export function PriceListPage() {
  const { t } = useT("prices");
  const names = useNames();
  const me = useMe();
  const can = useCan();
  const { listId } = useParams({ from: "/shell/prices/$listId" });
  const { data: list } = useSuspenseQuery(priceListQuery(listId));
  const [state, setState] = useListState();
  const pages = usePages(listedPricesQuery(listId, state.q ?? ""));
  const [edited, setEdited] = useState<PriceLine | null>(null);
  const [step, setStep] = useState<"publish" | "archive" | null>(null);
  const canEdit = can("prices.edit") && list.seller_id === me.organization_id;
  const columns: Column<PriceLine>[] = [
    {
      key: "goods",
      title: t("goods"),
      phone: "title",
      render: (row) => (
        <div>
          <div>{names(row.name_zh, row.name_en)}</div>
          <div className="lq-soft lq-small">{row.sku_code}</div>
        </div>
      ),
    },
    { key: "pack", title: t("pack"), render: (row) => names(row.pack_name_zh, row.pack_name_en) },
    { key: "tier", title: t("tier"), render: (row) => t("fromPacks", { packs: row.min_packs }) },
    { key: "from", title: t("list.from"), render: (row) => <Day on={row.valid_from} /> },
    { key: "until", title: t("list.until"), render: (row) => <Day on={row.valid_until} /> },
    {
      key: "price",
      title: t("price"),
      isNumber: true,
      phone: "aside",
      render: (row) => <Money minor={row.price_minor} currency={list.currency} tone="strong" />,
    },
    ...(canEdit
      ? [
          {
            key: "edit",
            title: t("action"),
            phone: "aside" as const,
            render: (row: PriceLine) => (
              <Button
                size="small"
                onClick={() => {
                  setEdited(row);
                }}
              >
                {t("edit.ask")}
              </Button>
            ),
          },
        ]
      : []),
  ];
  return (
    <Page
      title={list.name}
      back={
        <Link to="/prices" search={{ view: "lists" }} className="lq-link">
          ← {t("view.lists")}
        </Link>
      }
      tags={<ListState status={list.status} />}
      actions={
        canEdit && (
          <>
            {list.status !== "archived" && (
              <Link
                to="/imports"
                search={{ kind: "prices", target: String(list.id) }}
                className="lq-link lq-button-link"
              >
                {t("shell:menu.imports")}
              </Link>
            )}
            {list.status === "draft" && (
              <Button
                type="primary"
                onClick={() => {
                  setStep("publish");
                }}
              >
                {t("step.publish")}
              </Button>
            )}
            {list.status === "published" && (
              <Button
                onClick={() => {
                  setStep("archive");
                }}
              >
                {t("step.archive")}
              </Button>
            )}
          </>
        )
      }
    >
      <Section>
        <Facts
          items={[
            { label: t("list.code"), value: list.code },
            { label: t("list.currency"), value: list.currency },
            { label: t("list.tax"), value: list.is_tax_included ? t("taxIn") : t("taxOut") },
            { label: t("list.from"), value: <Day on={list.valid_from} /> },
            { label: t("list.until"), value: <Day on={list.valid_until} /> },
            {
              label: t("list.audience"),
              value:
                (list.assignments ?? [])
                  .map((one) => one.organization_name ?? one.level ?? t(`audience.${one.audience}`))
                  .join(" · ") || t("list.nobody"),
            },
            ...(list.note ? [{ label: t("list.note"), value: list.note }] : []),
          ]}
        />
      </Section>
      <DataTable
        label={t("list.prices")}
        columns={columns}
        rowKey={(row) => row.id}
        pages={pages}
        state={state}
        onState={setState}
        search={t("search")}
        blank={{ title: t("list.noPrices") }}
      />
      {edited && (
        <EditPrice
          price={edited}
          currency={list.currency}
          onClose={() => {
            setEdited(null);
          }}
        />
      )}
      {step && (
        <StepDialog
          changes={pricesKey}
          title={t(`step.${step}`)}
          submit={t(`step.${step}`)}
          send={() =>
            step === "publish" ? publishPriceList(list.id, list.version) : archivePriceList(list.id, list.version)
          }
          onClose={() => {
            setStep(null);
          }}
        >
          <p>{t(`stepHint.${step}`)}</p>
        </StepDialog>
      )}
    </Page>
  );
}
