import { useT } from "@lingqu/i18n";
import { useQueryClient } from "@tanstack/react-query";
import { Form, Input } from "antd";

import { EditForm } from "../../../lib/edit-form";
import { useMe } from "../../../lib/me";
import { useNames } from "../../../lib/names";
import { readTemplate, replaceTemplate, type Template, templatesKey } from "../api/templates";
import { type CartLine, useCart } from "./cart-store";
import { ListLines } from "./list-lines";
import { cartLineOf } from "./use-filling";

interface Values {
  name: string;
  lines: CartLine[];
}

type Record = Values & { version: number };

const recordOf = (template: Template): Record => ({
  name: template.name,
  lines: template.lines.map(cartLineOf),
  version: template.version,
});

/** Rename a kept list, change its lines and their order; what somebody else saved meanwhile is not lost. */
export function EditList({ template, onClose }: { template: Template; onClose: () => void }) {
  const { t } = useT("shop");
  const queries = useQueryClient();
  const names = useNames();
  const me = useMe();
  const cart = useCart(me.organization_id, template.seller_id);
  const say = (lines: unknown) =>
    (lines as CartLine[])
      .map(
        (line) => `${names(line.name_zh, line.name_en)} ${line.packs} ${names(line.pack_name_zh, line.pack_name_en)}`,
      )
      .join(" · ");
  return (
    <EditForm<Values>
      record={recordOf(template)}
      fields={[
        { name: "name", label: t("lists.name") },
        { name: "lines", label: t("lists.lines"), show: say },
      ]}
      save={({ name, lines }, version) =>
        replaceTemplate(
          template.id,
          { name, lines: lines.map(({ sku_id, pack_id, packs }) => ({ sku_id, pack_id, packs })) },
          version,
        )
      }
      reload={async () => {
        await queries.invalidateQueries({ queryKey: templatesKey });
        return recordOf(await readTemplate(template.id));
      }}
      onSaved={onClose}
      onCancel={onClose}
    >
      <Form.Item
        name="name"
        label={t("lists.name")}
        rules={[{ required: true, whitespace: true, message: t("common:required") }]}
      >
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="lines" label={t("lists.lines")}>
        <ListLines more={cart.lines} />
      </Form.Item>
    </EditForm>
  );
}
