import { api, type components, match, take } from "@lingqu/api";
import { queryOptions } from "@tanstack/react-query";

export type Setting = components["schemas"]["SettingView"];
export type NewSetting = components["schemas"]["NewSetting"];

/** One's own routing rules; version 0 where none were kept yet. */
export const settingQuery = queryOptions({
  queryKey: ["routing", "setting"],
  queryFn: ({ signal }) => take(api.GET("/api/v1/routing/setting", { signal })),
});

/** Keep rules, starting from the version that was read. */
export function setSetting(body: NewSetting, version: number) {
  return take(api.PUT("/api/v1/routing/setting", { body, params: { header: match(version) } }));
}
