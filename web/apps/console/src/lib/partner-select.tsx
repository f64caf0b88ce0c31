import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useState } from "react";

import { useMe } from "./me";
import { useRested } from "./use-rested";
import { partnersQuery } from "./partners";

const PAUSE_MS = 250;

interface Props {
  label: string;
  /** The side on which one stands oneself. */
  side: "buyer" | "seller";
  value: number | undefined;
  onChange: (id: number) => void;
}

/** Choose whom one buys from, or who buys from one. */
export function PartnerSelect({ label, side, value, onChange }: Props) {
  const me = useMe();
  const [typed, setTyped] = useState("");
  const found = useQuery(partnersQuery(me.organization_id, side, useRested(typed.trim(), PAUSE_MS)));
  return (
    <Select
      aria-label={label}
      placeholder={label}
      style={{ width: "100%" }}
      loading={found.isFetching}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      options={(found.data?.items ?? []).map((link) =>
        side === "buyer"
          ? { value: link.seller_id, label: link.seller_name }
          : { value: link.buyer_id, label: link.buyer_name },
      )}
      value={value ?? null}
      onChange={(chosen: number | null) => {
        if (chosen !== null) onChange(chosen);
      }}
    />
  );
}
