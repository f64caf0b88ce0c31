import { useT } from "@lingqu/i18n";
import { Form, InputNumber } from "antd";

/** A row for each warehouse: how gladly it is used, how fast it is, and how much it can pack. */
export function NodeRows({ nodes }: { nodes: { id: number; name: string }[] }) {
  const { t } = useT("routing");
  return (
    <Form.List name="nodes">
      {(fields) =>
        fields.slice(0, nodes.length).map((field, i) => (
          <div key={field.key}>
            <strong>{nodes[i]?.name}</strong>
            <div className="lq-pair">
              <Form.Item name={[field.name, "preference"]} label={t("preference")}>
                <InputNumber min={1} max={1000} precision={0} />
              </Form.Item>
              <Form.Item name={[field.name, "lead_time_days"]} label={t("leadTime")}>
                <InputNumber min={0} max={365} precision={0} />
              </Form.Item>
              <Form.Item name={[field.name, "lines_per_day"]} label={t("linesPerDay")}>
                <InputNumber min={1} max={1000000} precision={0} />
              </Form.Item>
            </div>
          </div>
        ))
      }
    </Form.List>
  );
}
