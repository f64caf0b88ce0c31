import { useT } from "@lingqu/i18n";
import { useQuery } from "@tanstack/react-query";
import { Checkbox, Form, Select } from "antd";
import { useState } from "react";

import { DayInput, today } from "../../../lib/day-input";
import { useMe } from "../../../lib/me";
import { useNames } from "../../../lib/names";
import { OrganizationSelect } from "../../../lib/organization-select";
import { chosenQuery, productLinesQuery } from "../../../lib/organizations";
import { StepDialog } from "../../../lib/step-dialog";
import { addLink, CAPABILITIES, type Grant, linksKey } from "../api/links";
import { TermFields } from "./link-terms";
import { bodyOf, NEW_TERMS, type Terms } from "./terms";

interface Values extends Terms {
  seller_id: number;
  buyer_id: number;
  valid_from: string;
  capabilities: Grant["capability"][];
  lines: number[];
}

/** Let two organizations trade: who sells, who buys, what is allowed for which lines, and on which terms. */
export function AddLink({ onClose }: { onClose: () => void }) {
  const { t } = useT("links");
  const me = useMe();
  const names = useNames();
  const [sellerId, setSellerId] = useState<number | undefined>(
    me.kind === "distributor" ? me.organization_id : undefined,
  );
  const [from, setFrom] = useState(today());
  const currency = useQuery(chosenQuery(sellerId)).data?.currency ?? "CNY";
  const lines = useQuery(productLinesQuery).data?.items ?? [];
  const required = [{ required: true, message: t("common:required") }];
  return (
    <StepDialog<Values>
      changes={linksKey}
      title={t("add.title")}
      submit={t("add.submit")}
      width={680}
      initial={{
        ...NEW_TERMS,
        valid_from: from,
        capabilities: [...CAPABILITIES],
        lines: [],
        ...(sellerId === undefined ? {} : { seller_id: sellerId }),
      }}
      send={({ seller_id, buyer_id, valid_from, capabilities, lines: chosen, ...terms }, key) =>
        addLink(
          {
            seller_id,
            buyer_id,
            valid_from,
            ...bodyOf(terms, currency),
            grants: capabilities.flatMap((capability) =>
              (chosen.length > 0 ? chosen : [null]).map((line) => ({ capability, product_line_id: line })),
            ),
          },
          key,
        )
      }
      onClose={onClose}
    >
      <div className="lq-pair">
        <Form.Item name="seller_id" label={t("seller")} rules={required}>
          <OrganizationSelect onChange={setSellerId} />
        </Form.Item>
        <Form.Item name="buyer_id" label={t("buyer")} rules={required}>
          <OrganizationSelect without={sellerId} />
        </Form.Item>
        <Form.Item name="valid_from" label={t("validFrom")} rules={required}>
          <DayInput
            onChange={(day) => {
              setFrom(day ?? today());
            }}
          />
        </Form.Item>
        <Form.Item name="lines" label={t("lines")} extra={t("linesHint")}>
          <Select
            mode="multiple"
            showSearch={{ optionFilterProp: "label" }}
            placeholder={t("everyLine")}
            options={lines.map((line) => ({ value: line.id, label: names(line.name_zh, line.name_en) }))}
          />
        </Form.Item>
      </div>
      <Form.Item name="capabilities" label={t("rights")} rules={required}>
        <Checkbox.Group options={CAPABILITIES.map((value) => ({ value, label: t(`capability.${value}`) }))} />
      </Form.Item>
      <TermFields currency={currency} from={from} />
    </StepDialog>
  );
}
