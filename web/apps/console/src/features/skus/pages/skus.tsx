import { usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { type Column, DataTable, Nothing, Page, Thumb } from "@lingqu/ui";
import { Link, useNavigate } from "@tanstack/react-router";

import { useListState } from "../../../lib/list-state";
import { useNames } from "../../../lib/names";
import { thumbURL } from "../../../lib/picture-url";
import { type SKUFilter, type SKULine, skusQuery } from "../api/skus";
import { percent } from "../parts/percent";
import { SKUState } from "../parts/status";

const STATUSES = ["active", "discontinued", "archived"] as const;

/** Goods: everything that the caller's side sells or may buy. */
export function SKUsPage() {
  const { t, i18n } = useT("skus");
  const names = useNames();
  const navigate = useNavigate();
  const [state, setState] = useListState();
  const pages = usePages(skusQuery(state as SKUFilter));
  const columns: Column<SKULine>[] = [
    {
      key: "name",
      title: t("name"),
      sort: "name",
      phone: "title",
      render: (row) => (
        <span className="lq-with-thumb">
          <Thumb src={thumbURL(row.picture_id)} />
          <Link to="/skus/$skuId" params={{ skuId: row.id }} className="lq-link">
            {names(row.name_zh, row.name_en)}
          </Link>
        </span>
      ),
    },
    { key: "code", title: t("code"), sort: "code", render: (row) => <span className="lq-number">{row.code}</span> },
    { key: "gtin", title: t("gtin"), render: (row) => row.gtin ?? <Nothing /> },
    { key: "line", title: t("line"), render: (row) => names(row.line_name_zh, row.line_name_en) },
    { key: "unit", title: t("unit"), render: (row) => row.base_unit },
    {
      key: "tax",
      title: t("tax"),
      isNumber: true,
      phone: "none",
      render: (row) => percent(row.tax_ppm, i18n.language),
    },
    { key: "status", title: t("statusLabel"), phone: "aside", render: (row) => <SKUState status={row.status} /> },
  ];
  return (
    <Page title={t("title")}>
      <DataTable
        label={t("title")}
        columns={columns}
        rowKey={(row) => row.id}
        pages={pages}
        onOpen={(row) => void navigate({ to: "/skus/$skuId", params: { skuId: row.id } })}
        state={{ sort: "name", ...state }}
        onState={setState}
        search={t("search")}
        filters={[
          {
            name: "status",
            label: t("statusLabel"),
            options: STATUSES.map((value) => ({ value, label: t(`status.${value}`) })),
          },
        ]}
        blank={{ title: t("blank"), hint: t("blankHint") }}
      />
    </Page>
  );
}
