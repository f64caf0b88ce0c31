import { api, take } from "@lingqu/api";
import { queryOptions } from "@tanstack/react-query";

import { noticesKey } from "./notices";

/** Whether one gets notices by mail too, and to which address. */
export const preferenceQuery = queryOptions({
  queryKey: [...noticesKey, "preference"],
  queryFn: ({ signal }) => take(api.GET("/api/v1/notices/preference", { signal })),
});

/** Get notices by mail too, or no longer. */
export function setPreference(isByMail: boolean) {
  return take(api.PUT("/api/v1/notices/preference", { body: { is_by_mail: isByMail } }));
}
