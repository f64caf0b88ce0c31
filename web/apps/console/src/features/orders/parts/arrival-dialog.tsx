import { useT } from "@lingqu/i18n";
import { Instant, ProblemAlert, Quantity, Scroll } from "@lingqu/ui";
import { asProblem } from "@lingqu/api";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { InputNumber, Modal, Segmented } from "antd";
import { useState } from "react";

import { useNames } from "../../../lib/names";
import { arrivalQuery, type BackOrder, type Policy } from "../api/back-orders";

export const POLICIES = ["oldest", "level", "fair"] as const;

interface Props {
  row: BackOrder;
  policy: Policy;
  onClose: () => void;
}

/** What if so much came: who of those who wait would get how much, by each way of sharing. */
export function ArrivalDialog({ row, policy, onClose }: Props) {
  const { t } = useT("orders");
  const names = useNames();
  const [quantity, setQuantity] = useState(row.owed);
  const [chosen, setChosen] = useState<Policy>(policy);
  const { data, error } = useQuery({
    ...arrivalQuery(row.sku_id, row.node_id, quantity, chosen),
    placeholderData: keepPreviousData,
  });
  return (
    <Modal open footer={null} width={720} title={t("backOrders.preview")} onCancel={onClose}>
      <p>
        {names(row.name_zh, row.name_en)} · {row.node_name}
      </p>
      <div className="lq-row">
        <InputNumber
          aria-label={t("backOrders.arriving")}
          min={0}
          max={1_000_000_000}
          precision={0}
          value={quantity}
          suffix={row.base_unit}
          onChange={(typed) => {
            setQuantity(typed ?? 0);
          }}
        />
        <Segmented
          aria-label={t("backOrders.policyLabel")}
          value={chosen}
          options={POLICIES.map((value) => ({ value, label: t(`backOrders.policy.${value}`) }))}
          onChange={setChosen}
        />
      </div>
      {error && <ProblemAlert problem={asProblem(error)} />}
      {data && (
        <>
          <p className="lq-soft">
            {t("backOrders.free")} <Quantity base={data.free} unit={row.base_unit} /> · {t("backOrders.left")}{" "}
            <Quantity base={data.left} unit={row.base_unit} />
          </p>
          <Scroll label={t("backOrders.preview")}>
            <table className="lq-table">
              <thead>
                <tr>
                  <th scope="col">{t("number")}</th>
                  <th scope="col">{t("buyer")}</th>
                  <th scope="col">{t("placedAt")}</th>
                  <th scope="col" className="lq-right">
                    {t("line.back_ordered")}
                  </th>
                  <th scope="col" className="lq-right">
                    {t("backOrders.gets")}
                  </th>
                </tr>
              </thead>
              <tbody>
                {data.lines.map((line) => (
                  <tr key={line.order_id + String(line.line_no)}>
                    <td>{line.number ?? t("noNumber")}</td>
                    <td>{line.buyer_level ? `${line.buyer_name} · ${line.buyer_level}` : line.buyer_name}</td>
                    <td>
                      <Instant at={line.placed_at} />
                    </td>
                    <td className="lq-right">
                      <Quantity base={line.owed} unit={line.base_unit} />
                    </td>
                    <td className="lq-right">
                      <strong>
                        <Quantity base={line.quantity} unit={line.base_unit} />
                      </strong>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        </>
      )}
    </Modal>
  );
}
