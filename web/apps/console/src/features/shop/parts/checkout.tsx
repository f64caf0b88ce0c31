import { asProblem, newKey, type Problem } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { formatMoney, Money, ProblemAlert } from "@lingqu/ui";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { App, Button, DatePicker, Form, Input, Select } from "antd";
import type { Dayjs } from "dayjs";

import { useMe } from "../../../lib/me";
import { ownNodesQuery } from "../api/nodes";
import { type NewOrder, placeOrder, type ShortagePolicy } from "../api/place";
import type { Quote } from "../api/quote";
import { standingQuery, submitBasket } from "../api/standing";
import type { Cart } from "./cart-store";
import { Faults } from "../../../lib/faults";
import { MoneyShort } from "./money-short";
import { Shortage } from "./shortage";
import { Standing } from "./standing";

interface Wishes {
  receiving_node_id?: number;
  requested_on?: Dayjs | null;
  po_number?: string;
  note?: string;
}

interface Props {
  seller: number;
  cart: Cart;
  quote: Quote | undefined;
  isQuoting: boolean;
}

/** Where to, by when, what it costs, and the button; a refusal shows what can be done instead. */
export function Checkout({ seller, cart, quote, isQuoting }: Props) {
  const { t, i18n } = useT("shop");
  const me = useMe();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [form] = Form.useForm<Wishes>();
  const nodes = useQuery(ownNodesQuery(me.organization_id)).data?.items ?? [];
  const placing = useMutation({
    mutationFn: ({ order, key }: { order: NewOrder; key: string }) => placeOrder(order, key),
    onSuccess: async (placed) => {
      const isShort = (placed.short_lines ?? []).length > 0;
      void message.success(isShort ? t("placedShort") : t("placed"));
      await navigate({ to: "/orders/$orderId", params: { orderId: placed.id } });
      cart.clear();
      await queries.invalidateQueries();
    },
    // Prices or rights may have changed meanwhile: ask anew what it costs.
    onError: () => queries.invalidateQueries({ queryKey: ["quote"] }),
  });
  const standing = useQuery(standingQuery(seller)).data;
  const above = standing?.release_above_minor ?? null;
  // Above the buyer's own amount the basket goes to a colleague first.
  const isToRelease = above !== null && quote !== undefined && quote.total_minor > above;
  const submitting = useMutation({
    mutationFn: ({ order, key }: { order: NewOrder; key: string }) => submitBasket(order, key),
    onSuccess: async (draft) => {
      void message.success(t("submitted"));
      await navigate({ to: "/baskets/$basketId", params: { basketId: draft.id } });
      cart.clear();
      await queries.invalidateQueries();
    },
  });
  const place = (policy: ShortagePolicy | null) => {
    const { requested_on, ...wishes } = form.getFieldsValue();
    const order: NewOrder = {
      seller_id: seller,
      lines: cart.lines.map(({ sku_id, pack_id, packs }) => ({ sku_id, pack_id, packs })),
      receiving_node_id: wishes.receiving_node_id ?? null,
      requested_on: requested_on?.format("YYYY-MM-DD") ?? null,
      po_number: wishes.po_number ?? "",
      note: wishes.note ?? "",
      shortage_policy: policy,
      // Who takes what is free has agreed to another total.
      expected_total_minor: policy === null ? (quote?.total_minor ?? null) : null,
    };
    if (isToRelease) {
      submitting.mutate({ order: { ...order, expected_total_minor: null }, key: newKey() });
      return;
    }
    // The same wish keeps its key, so that pressing again after a broken line does not order twice.
    const before = placing.variables;
    const isSame = before && JSON.stringify(before.order) === JSON.stringify(order);
    placing.mutate({ order, key: isSame ? before.key : newKey() });
  };
  const isSellable = quote && !quote.faults?.length && quote.lines.every((line) => !line.faults?.length);
  const first = nodes[0]?.id;
  return (
    <Form<Wishes>
      form={form}
      key={first ?? 0}
      layout="vertical"
      {...(first === undefined ? {} : { initialValues: { receiving_node_id: first } })}
      onFinish={() => {
        place(null);
      }}
    >
      {nodes.length > 1 && (
        <Form.Item name="receiving_node_id" label={t("receiveAt")}>
          <Select options={nodes.map((node) => ({ value: node.id, label: node.name }))} />
        </Form.Item>
      )}
      <Form.Item name="requested_on" label={t("wantedOn")}>
        <DatePicker style={{ width: "100%" }} inputReadOnly />
      </Form.Item>
      <details className="lq-more-fields">
        <summary>{t("moreFields")}</summary>
        <Form.Item name="po_number" label={t("poNumber")}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="note" label={t("note")}>
          <Input.TextArea rows={2} maxLength={1000} />
        </Form.Item>
      </details>
      {quote && <Sum quote={quote} />}
      {quote && <Faults faults={quote.faults} currency={quote.currency} />}
      <Standing seller={seller} />
      {isToRelease && (
        <p className="lq-soft">{t("release", { amount: formatMoney(above, quote.currency, i18n.language) })}</p>
      )}
      {submitting.error && <ProblemAlert problem={asProblem(submitting.error)} />}
      {placing.error && (
        <Refused
          problem={asProblem(placing.error)}
          currency={quote?.currency ?? "CNY"}
          cart={cart}
          isPlacing={placing.isPending}
          onPlace={place}
        />
      )}
      <Button
        type="primary"
        size="large"
        block
        htmlType="submit"
        loading={placing.isPending || submitting.isPending}
        disabled={!isSellable || isQuoting || cart.lines.length === 0}
      >
        {isToRelease ? t("submit") : t("place")}
      </Button>
    </Form>
  );
}

function Sum({ quote }: { quote: Quote }) {
  const { t } = useT("shop");
  return (
    <dl className="lq-sum">
      {(["goods", "freight", "tax"] as const)
        .filter((name) => name === "goods" || quote[`${name}_minor`] !== 0)
        .map((name) => (
          <div key={name}>
            <dt>{t(`sum.${name}`)}</dt>
            <dd>
              <Money minor={quote[`${name}_minor`]} currency={quote.currency} />
            </dd>
          </div>
        ))}
      <div className="lq-sum-total">
        <dt>{t("sum.total")}</dt>
        <dd>
          <Money minor={quote.total_minor} currency={quote.currency} tone="strong" />
        </dd>
      </div>
    </dl>
  );
}

function Refused({
  problem,
  currency,
  cart,
  isPlacing,
  onPlace,
}: {
  problem: Problem;
  currency: string;
  cart: Cart;
  isPlacing: boolean;
  onPlace: (policy: ShortagePolicy) => void;
}) {
  if (problem.code === "stock.out-of-stock") {
    return <Shortage problem={problem} lines={cart.lines} isPlacing={isPlacing} onPlace={onPlace} />;
  }
  if (problem.code === "orders.money-short") return <MoneyShort problem={problem} currency={currency} />;
  return <ProblemAlert problem={problem} />;
}
