import { useT } from "@lingqu/i18n";
import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useDeferredValue, useState } from "react";

import { useMe } from "../../../lib/me";
import { peopleQuery } from "../api/audit";

/** Choose somebody of the own organization. */
export function PersonSelect({ value, onChange }: { value: string | undefined; onChange: (id: string) => void }) {
  const { t } = useT("audit");
  const me = useMe();
  const [typed, setTyped] = useState("");
  const people = useQuery(peopleQuery(me.party_id, useDeferredValue(typed))).data?.items ?? [];
  const options = people.map((one) => ({ value: String(one.id), label: one.name }));
  return (
    <Select
      allowClear
      aria-label={t("who")}
      placeholder={t("who")}
      className="lq-toolbar-filter"
      popupMatchSelectWidth={false}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      options={
        value !== undefined && !options.some((one) => one.value === value)
          ? [{ value, label: `#${value}` }, ...options]
          : options
      }
      value={value ?? null}
      onChange={(chosen: string | null | undefined) => {
        onChange(chosen ?? "");
      }}
    />
  );
}
