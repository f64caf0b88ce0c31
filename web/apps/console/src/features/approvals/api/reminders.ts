import { api, type components, match, take } from "@lingqu/api";
import { queryOptions } from "@tanstack/react-query";

import { rulesKey } from "./rules";

export type ReminderRule = components["schemas"]["ReminderRule"];
export type NewReminderRule = components["schemas"]["NewReminderRule"];

/** When one's people are reminded; version 0 where nothing was set and the usual hours hold. */
export const reminderRuleQuery = queryOptions({
  queryKey: [...rulesKey, "reminders"],
  queryFn: ({ signal }) => take(api.GET("/api/v1/reminder-rule", { signal })),
});

export function setReminderRule(body: NewReminderRule, version: number) {
  return take(api.PUT("/api/v1/reminder-rule", { body, params: { header: match(version) } }));
}
