import { api, type components, type PagesQuery, type paths, take } from "@lingqu/api";
import { queryOptions } from "@tanstack/react-query";

import { webhooksKey } from "./webhooks";

export type Delivery = components["schemas"]["Delivery"];
export type DeliveryFilter = Omit<
  NonNullable<paths["/api/v1/webhooks/{webhook_id}/deliveries"]["get"]["parameters"]["query"]>,
  "cursor" | "limit"
>;

/** What a webhook was told and what waits, the newest first. */
export function deliveriesQuery(webhook: number, filter: DeliveryFilter): PagesQuery<Delivery> {
  return {
    queryKey: [...webhooksKey, "deliveries", webhook, filter],
    fetchPage: (cursor, signal) =>
      take(
        api.GET("/api/v1/webhooks/{webhook_id}/deliveries", {
          params: { path: { webhook_id: webhook }, query: { ...filter, ...(cursor === undefined ? {} : { cursor }) } },
          signal,
        }),
      ),
  };
}

/** One delivery with its body and every attempt. */
export function deliveryQuery(webhook: number, id: string) {
  return queryOptions({
    queryKey: [...webhooksKey, "delivery", webhook, id],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/v1/webhooks/{webhook_id}/deliveries/{delivery_id}", {
          params: { path: { webhook_id: webhook, delivery_id: id } },
          signal,
        }),
      ),
  });
}

/** Send one again under the same id. */
export function redeliver(webhook: number, id: string, key: string) {
  return take(
    api.POST("/api/v1/webhooks/{webhook_id}/deliveries/{delivery_id}/redelivery", {
      params: { path: { webhook_id: webhook, delivery_id: id }, header: { "Idempotency-Key": key } },
    }),
  );
}

/** Send everything since a time again. */
export function redeliverAll(webhook: number, since: string, isDeliveredToo: boolean, key: string) {
  return take(
    api.POST("/api/v1/webhooks/{webhook_id}/redelivery", {
      body: { since, is_delivered_too: isDeliveredToo },
      params: { path: { webhook_id: webhook }, header: { "Idempotency-Key": key } },
    }),
  );
}
