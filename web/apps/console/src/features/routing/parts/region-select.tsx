import { useT } from "@lingqu/i18n";
import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useState } from "react";

import { useNames } from "../../../lib/names";
import { regionsQuery } from "../api/regions";

interface RegionName {
  id: number;
  name_zh: string;
  name_en: string;
}

interface Props {
  known: RegionName[];
  value?: number[];
  onChange?: (ids: number[]) => void;
}

/** Regions by the beginning of their names; a province stands for all that lies in it. */
export function RegionSelect({ known, ...rest }: Props) {
  const { t } = useT("routing");
  const names = useNames();
  const [typed, setTyped] = useState("");
  const { data } = useQuery({ ...regionsQuery(typed), enabled: typed !== "" });
  const all = new Map([...known, ...(data?.items ?? [])].map((region) => [region.id, region]));
  return (
    <Select
      {...rest}
      mode="multiple"
      placeholder={t("everywhere")}
      notFoundContent={typed === "" ? t("typeRegion") : undefined}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      options={[...all.values()].map((region) => ({
        value: region.id,
        label: names(region.name_zh, region.name_en),
      }))}
    />
  );
}
