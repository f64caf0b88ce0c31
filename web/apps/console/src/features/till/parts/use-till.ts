import { useMe } from "../../../lib/me";
import { useKept } from "../../../lib/kept";
import { START, type TillState } from "./till-state";

/** What this device's till holds for the organization that the person acts for. */
export function useTill(): [TillState, (change: (before: TillState) => TillState) => void] {
  const me = useMe();
  return useKept(`lingqu.till.${me.organization_id}`, START);
}
