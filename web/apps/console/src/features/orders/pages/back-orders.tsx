import { usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { type Column, DataTable, Instant, Page, Quantity, Section } from "@lingqu/ui";
import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button, Form, Select, Switch } from "antd";
import { useState } from "react";

import { useCan } from "../../../lib/access";
import { EditForm } from "../../../lib/edit-form";
import { useListState } from "../../../lib/list-state";
import { useNames } from "../../../lib/names";
import { StepDialog } from "../../../lib/step-dialog";
import {
  type BackOrder,
  type BackOrderFilter,
  backOrdersQuery,
  type NewSharing,
  serveBackOrders,
  setSharing,
  sharingQuery,
} from "../api/back-orders";
import { ordersKey } from "../api/orders";
import { ArrivalDialog, POLICIES } from "../parts/arrival-dialog";

/** What waits for goods, who would get them, and by which rule. */
export function BackOrdersPage() {
  const { t } = useT("orders");
  const can = useCan();
  const names = useNames();
  const { data: sharing } = useSuspenseQuery(sharingQuery);
  const [state, setState] = useListState();
  const pages = usePages(backOrdersQuery(state as BackOrderFilter));
  const [shown, setShown] = useState<BackOrder | null>(null);
  const [isServing, setServing] = useState(false);
  const columns: Column<BackOrder>[] = [
    {
      key: "goods",
      title: t("goods"),
      sort: "code",
      phone: "title",
      render: (row) => (
        <div>
          <div>{names(row.name_zh, row.name_en)}</div>
          <div className="lq-soft lq-small">
            {row.sku_code} · {row.node_name}
          </div>
        </div>
      ),
    },
    {
      key: "order",
      title: t("number"),
      phone: "title",
      render: (row) => (
        <Link to="/orders/$orderId" params={{ orderId: row.order_id }} className="lq-link lq-number">
          {row.number ?? t("noNumber")}
        </Link>
      ),
    },
    {
      key: "buyer",
      title: t("buyer"),
      render: (row) => (row.buyer_level ? `${row.buyer_name} · ${row.buyer_level}` : row.buyer_name),
    },
    {
      key: "owed",
      title: t("line.back_ordered"),
      sort: "owed",
      isNumber: true,
      phone: "aside",
      render: (row) => <Quantity base={row.owed} unit={row.base_unit} />,
    },
    {
      key: "free",
      title: t("backOrders.free"),
      isNumber: true,
      render: (row) => <Quantity base={row.free} unit={row.base_unit} />,
    },
    { key: "placed", title: t("placedAt"), sort: "placed_at", render: (row) => <Instant at={row.placed_at} /> },
    {
      key: "preview",
      title: t("backOrders.preview"),
      render: (row) => (
        <Button
          onClick={() => {
            setShown(row);
          }}
        >
          {t("backOrders.whoGets")}
        </Button>
      ),
    },
  ];
  return (
    <Page
      title={t("backOrders.title")}
      actions={
        can("orders.confirm") && (
          <Button
            type="primary"
            onClick={() => {
              setServing(true);
            }}
          >
            {t("backOrders.run")}
          </Button>
        )
      }
    >
      <DataTable
        label={t("backOrders.title")}
        columns={columns}
        rowKey={(row) => row.id}
        pages={pages}
        state={{ sort: "placed_at", ...state }}
        onState={setState}
        search={t("backOrders.search")}
        blank={{ title: t("backOrders.blank"), hint: t("backOrders.blankHint") }}
      />
      <Setting canEdit={can("orders.share")} />
      {shown && (
        <ArrivalDialog
          row={shown}
          policy={sharing.policy ?? "oldest"}
          onClose={() => {
            setShown(null);
          }}
        />
      )}
      {isServing && (
        <StepDialog
          changes={ordersKey}
          title={t("backOrders.runTitle")}
          submit={t("backOrders.run")}
          send={(_, key) => serveBackOrders(key)}
          onClose={() => {
            setServing(false);
          }}
        >
          <p>{t("backOrders.runHint")}</p>
        </StepDialog>
      )}
    </Page>
  );
}

function Setting({ canEdit }: { canEdit: boolean }) {
  const { t } = useT("orders");
  const queries = useQueryClient();
  const { data: sharing } = useSuspenseQuery(sharingQuery);
  const valuesOf = ({ policy, levels, is_automatic, version }: typeof sharing) => ({
    policy: policy ?? "oldest",
    levels: levels ?? [],
    is_automatic: is_automatic ?? true,
    version: version ?? 0,
  });
  return (
    <Section title={t("backOrders.setting")}>
      <fieldset disabled={!canEdit} className="lq-plain">
        <EditForm<Required<NewSharing>>
          record={valuesOf(sharing)}
          fields={[
            { name: "policy", label: t("backOrders.policyLabel"), show: String },
            { name: "levels", label: t("backOrders.levels"), show: String },
            { name: "is_automatic", label: t("backOrders.automatic"), show: String },
          ]}
          save={({ policy, levels, is_automatic }, version) => setSharing({ policy, levels, is_automatic }, version)}
          reload={async () => valuesOf(await queries.query({ ...sharingQuery, staleTime: 0 }))}
          onSaved={() => {
            void queries.invalidateQueries({ queryKey: ordersKey });
          }}
        >
          <Form.Item name="policy" label={t("backOrders.policyLabel")}>
            <Select options={POLICIES.map((value) => ({ value, label: t(`backOrders.policy.${value}`) }))} />
          </Form.Item>
          <Form.Item name="levels" label={t("backOrders.levels")} extra={t("backOrders.levelsHint")}>
            <Select mode="tags" options={(sharing.buyer_levels ?? []).map((value) => ({ value, label: value }))} />
          </Form.Item>
          <Form.Item name="is_automatic" label={t("backOrders.automatic")} valuePropName="checked">
            <Switch />
          </Form.Item>
        </EditForm>
      </fieldset>
    </Section>
  );
}
