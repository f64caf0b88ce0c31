import { asProblem, newKey } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { ProblemAlert, usePhone } from "@lingqu/ui";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { App, Form, Modal, Select } from "antd";
import { useState } from "react";

import { DayInput, today } from "../../../lib/day-input";
import { useNames } from "../../../lib/names";
import { OrganizationSelect } from "../../../lib/organization-select";
import { productLinesQuery } from "../../../lib/organizations";
import { useFormProblem } from "../../../lib/problem-form";
import { grantPlaces, type PlacesBody, territoriesKey, type Tier } from "../api/territories";
import { RegionTree } from "./region-tree";
import { holdersOf, takenOf } from "./taken";

interface Props {
  tier: Tier;
  /** What the page looks at already. */
  start: Partial<PlacesBody>;
  onClose: () => void;
}

/** Give counties of a line to one organization, all or none; what is taken says whose it is. */
export function GrantPlaces({ tier, start, onClose }: Props) {
  const { t } = useT("territories");
  const names = useNames();
  const isPhone = usePhone();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<PlacesBody>();
  const [key, setKey] = useState(newKey);
  const [from, setFrom] = useState(start.valid_from ?? today());
  const trouble = useFormProblem(form);
  const lines = useQuery(productLinesQuery).data?.items ?? [];
  const granting = useMutation({
    mutationFn: (body: PlacesBody) => grantPlaces(tier, { ...body, valid_until: body.valid_until ?? null }, key),
    onMutate: trouble.clear,
    onSuccess: async ({ ids }) => {
      await queries.invalidateQueries({ queryKey: territoriesKey });
      void message.success(t("granted", { count: ids.length }));
      onClose();
    },
    onError: (error) => {
      // A refusal stored nothing, and what is sent next is another wish.
      setKey(newKey());
      if (takenOf(asProblem(error)).length === 0) trouble.show(error);
    },
  });
  const taken = takenOf(granting.error ? asProblem(granting.error) : null);
  const required = [{ required: true, message: t("common:required") }];
  return (
    <Modal
      open
      title={t(`grant.${tier}`)}
      width={isPhone ? "100%" : 640}
      okText={t("grant.submit")}
      cancelText={t("common:cancel")}
      okButtonProps={{ loading: granting.isPending }}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form<PlacesBody>
        form={form}
        layout="vertical"
        initialValues={{ ...start, valid_from: from }}
        onFinish={(body) => {
          granting.mutate(body);
        }}
      >
        {trouble.problem && <ProblemAlert problem={trouble.problem} hidden={trouble.shown} />}
        {taken.length > 0 && granting.error && (
          <>
            <ProblemAlert problem={{ ...asProblem(granting.error), errors: [] }} />
            <ul className="lq-plain lq-taken" aria-label={t("takenBy")}>
              {holdersOf(taken).map(({ holder, counties }) => (
                <li key={holder?.id ?? 0}>
                  {holder ? (
                    <Link
                      to="/organizations/$organizationId"
                      params={{ organizationId: holder.id }}
                      className="lq-link"
                    >
                      {holder.name}
                    </Link>
                  ) : (
                    <strong>{t("somebodyElse")}</strong>
                  )}
                  <span className="lq-soft">{counties.map((one) => names(one.zh, one.en)).join(" · ")}</span>
                </li>
              ))}
            </ul>
          </>
        )}
        <Form.Item name="organization_id" label={t(`holder.${tier}`)} rules={required}>
          <OrganizationSelect kind={tier} />
        </Form.Item>
        <Form.Item name="product_line_id" label={t("line")} rules={required}>
          <Select
            showSearch={{ optionFilterProp: "label" }}
            options={lines.map((line) => ({ value: line.id, label: names(line.name_zh, line.name_en) }))}
          />
        </Form.Item>
        <Form.Item name="region_ids" label={t("regions")} extra={t("regionsHint")} rules={required}>
          <RegionTree isMany />
        </Form.Item>
        <div className="lq-pair">
          <Form.Item name="valid_from" label={t("from")} rules={required}>
            <DayInput
              onChange={(day) => {
                setFrom(day ?? today());
              }}
            />
          </Form.Item>
          <Form.Item name="valid_until" label={t("until")} extra={t("untilHint")}>
            <DayInput min={from} />
          </Form.Item>
        </div>
      </Form>
    </Modal>
  );
}
