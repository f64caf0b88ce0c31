import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useDeferredValue, useState } from "react";

import { useNames } from "./names";
import { choicesQuery, chosenQuery, type Kind } from "./organizations";

interface Props {
  id?: string;
  label?: string;
  kind?: Kind;
  /** One that may not be chosen, such as the other side. */
  without?: number | undefined;
  isFilter?: boolean;
  value?: number | undefined;
  onChange?: (id: number | undefined) => void;
}

/** Choose an organization among those one sees, by name, pinyin initials or code. */
export function OrganizationSelect({ id, label, kind, without, isFilter = false, value, onChange }: Props) {
  const names = useNames();
  const [typed, setTyped] = useState("");
  const q = useDeferredValue(typed);
  const found = useQuery(choicesQuery(q, kind));
  const isMissing = value !== undefined && !found.data?.items.some((one) => one.id === value);
  const chosen = useQuery(chosenQuery(isMissing ? value : undefined)).data;
  const options = [...(chosen && isMissing ? [chosen] : []), ...(found.data?.items ?? [])]
    .filter((one) => one.id !== without)
    .map((one) => ({ value: one.id, label: `${names(one.name, one.name_en)} · ${one.code}` }));
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      {...(label === undefined ? {} : { "aria-label": label, placeholder: label })}
      allowClear={isFilter}
      className={isFilter ? "lq-toolbar-filter" : ""}
      popupMatchSelectWidth={!isFilter}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      loading={found.isFetching}
      options={options}
      value={value ?? null}
      onChange={(next: number | null | undefined) => onChange?.(next ?? undefined)}
    />
  );
}
