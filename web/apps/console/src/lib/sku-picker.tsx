import { api, take } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useState } from "react";

import { useNames } from "./names";
import { useRested } from "./use-rested";

const PAUSE_MS = 250;

/** SKUs that words, pinyin initials, codes or a GTIN find. */
function skusFoundQuery(q: string) {
  return queryOptions({
    queryKey: ["skus", "picker", q],
    queryFn: ({ signal }) =>
      take(api.GET("/api/v1/skus", { params: { query: { limit: 30, ...(q ? { q } : {}) } }, signal })),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}

interface Props<Value> {
  id?: string;
  label: string;
  value?: Value;
  onChange?: (value: Value) => void;
}

function useFound() {
  const names = useNames();
  const [typed, setTyped] = useState("");
  const found = useQuery(skusFoundQuery(useRested(typed.trim(), PAUSE_MS)));
  return {
    loading: found.isFetching,
    options: (found.data?.items ?? []).map((sku) => ({
      value: sku.id,
      label: `${names(sku.name_zh, sku.name_en)} · ${sku.code}`,
    })),
    // The server has chosen already.
    showSearch: { filterOption: false, onSearch: setTyped },
  };
}

/** Choose goods, searching on the server. */
export function SKUPicker({ id, label, value, onChange }: Props<number | undefined>) {
  const { t } = useT();
  const found = useFound();
  return (
    <Select
      {...found}
      {...(id === undefined ? {} : { id })}
      aria-label={label}
      placeholder={t("pickGoods")}
      value={value ?? null}
      onChange={(chosen: number | null) => onChange?.(chosen ?? undefined)}
      style={{ width: "100%" }}
    />
  );
}

/** Choose several goods. */
export function SKUsPicker({ id, label, value, onChange }: Props<number[]>) {
  const { t } = useT();
  const found = useFound();
  return (
    <Select
      {...found}
      {...(id === undefined ? {} : { id })}
      mode="multiple"
      aria-label={label}
      placeholder={t("pickGoods")}
      value={value ?? []}
      onChange={(chosen: number[]) => onChange?.(chosen)}
      style={{ width: "100%" }}
    />
  );
}
