import { useT } from "@lingqu/i18n";
import { Button, Form, Input, InputNumber, Select } from "antd";

import { useNames } from "../../../lib/names";
import { NEW_RULE } from "./values";

const RIGHTS = ["approve", "approve-final", "grant"] as const;
const RIGHT_OF = { approve: "orders.approve", "approve-final": "orders.approve-final", grant: "credit.grant" };

interface Props {
  roles: { id: number; name_zh: string; name_en: string }[];
  lines: { id: number; name_zh: string; name_en: string }[];
}

/** The rules in their order, each with what it asks and who decides. */
export function RuleRows({ roles, lines }: Props) {
  const { t } = useT("approvals");
  const names = useNames();
  const deciders = [
    ...RIGHTS.map((right) => ({ value: `right:${RIGHT_OF[right]}`, label: t(`rules.right.${right}`) })),
    ...roles.map((role) => ({
      value: `role:${String(role.id)}`,
      label: t("rules.role", { name: names(role.name_zh, role.name_en) }),
    })),
  ];
  const products = lines.map((line) => ({ value: line.id, label: names(line.name_zh, line.name_en) }));
  return (
    <Form.List name="rules">
      {(fields, { add, remove, move }) => (
        <>
          <p className="lq-soft">{fields.length === 0 ? t("rules.none") : t("rules.conditions")}</p>
          {fields.map((field, i) => (
            <div key={field.key} className="lq-rule">
              <div className="lq-pair">
                <Form.Item
                  name={[field.name, "name"]}
                  label={t("rules.name")}
                  rules={[{ required: true, whitespace: true, message: t("common:required") }]}
                >
                  <Input maxLength={60} />
                </Form.Item>
                <Form.Item name={[field.name, "levels"]} label={t("rules.levels")}>
                  <Select
                    options={(["nobody", "one", "two"] as const).map((name, value) => ({
                      value,
                      label: t(`rules.${name}`),
                    }))}
                  />
                </Form.Item>
              </div>
              <Conditions at={field.name} products={products} />
              <Form.Item noStyle shouldUpdate>
                {(form) => (
                  <Deciders
                    at={field.name}
                    count={Number(form.getFieldValue(["rules", field.name, "levels"]))}
                    deciders={deciders}
                  />
                )}
              </Form.Item>
              <div className="lq-row" style={{ paddingBottom: 12 }}>
                <Button
                  size="small"
                  disabled={i === 0}
                  onClick={() => {
                    move(i, i - 1);
                  }}
                >
                  {t("rules.up")}
                </Button>
                <Button
                  size="small"
                  disabled={i === fields.length - 1}
                  onClick={() => {
                    move(i, i + 1);
                  }}
                >
                  {t("rules.down")}
                </Button>
                <Button
                  size="small"
                  danger
                  onClick={() => {
                    remove(i);
                  }}
                >
                  {t("rules.remove")}
                </Button>
              </div>
            </div>
          ))}
          <Button
            style={{ marginBottom: 16 }}
            onClick={() => {
              add({ ...NEW_RULE });
            }}
          >
            {t("rules.add")}
          </Button>
        </>
      )}
    </Form.List>
  );
}

function Conditions({ at, products }: { at: number; products: { value: number; label: string }[] }) {
  const { t } = useT("approvals");
  const numbers = [
    { name: "amount", min: 0, max: 90_000_000_000_000, precision: 2 },
    { name: "discount", min: 0.01, max: 100, precision: 2 },
    { name: "floor", min: 0, max: 100, precision: 2 },
    { name: "credit", min: 0, max: 100, precision: 2 },
    { name: "overdue", min: 0, max: 3650, precision: 0 },
  ] as const;
  return (
    <div className="lq-pair">
      {numbers.map(({ name, ...range }) => (
        <Form.Item key={name} name={[at, name]} label={t(`rules.${name}`)}>
          <InputNumber {...range} style={{ width: "100%" }} />
        </Form.Item>
      ))}
      <Form.Item name={[at, "dealer_levels"]} label={t("rules.dealerLevels")}>
        <Select mode="tags" open={false} />
      </Form.Item>
      <Form.Item name={[at, "product_line_ids"]} label={t("rules.lines")}>
        <Select mode="multiple" options={products} showSearch={{ optionFilterProp: "label" }} />
      </Form.Item>
    </div>
  );
}

function Deciders({
  at,
  count,
  deciders,
}: {
  at: number;
  count: number;
  deciders: { value: string; label: string }[];
}) {
  const { t } = useT("approvals");
  if (!count) return null;
  return (
    <div className="lq-pair">
      <Form.Item name={[at, "first"]} label={t("rules.first")}>
        <Select options={deciders} />
      </Form.Item>
      {count > 1 && (
        <Form.Item name={[at, "second"]} label={t("rules.second")}>
          <Select options={deciders} />
        </Form.Item>
      )}
      <Form.Item name={[at, "hours"]} label={t("rules.hours")} rules={[{ required: true }]}>
        <InputNumber min={1} max={8760} precision={0} style={{ width: "100%" }} />
      </Form.Item>
    </div>
  );
}
