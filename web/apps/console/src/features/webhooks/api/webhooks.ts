import { api, type components, match, type PagesQuery, take } from "@lingqu/api";
import { queryOptions } from "@tanstack/react-query";

export type Webhook = components["schemas"]["Webhook"];
export type WebhookMade = components["schemas"]["WebhookMade"];
export type NewWebhook = components["schemas"]["NewWebhook"];
export type WebhookStep = "pause" | "resumption" | "closing";

/** Everything about webhooks stands under this key. */
export const webhooksKey = ["webhooks"];

/** The organization's own webhooks. */
export const webhooksQuery: PagesQuery<Webhook> = {
  queryKey: [...webhooksKey, "list"],
  fetchPage: (cursor, signal) =>
    take(api.GET("/api/v1/webhooks", { params: { query: cursor === undefined ? {} : { cursor } }, signal })),
};

/** One webhook. */
export function webhookQuery(id: number) {
  return queryOptions({
    queryKey: [...webhooksKey, "one", id],
    queryFn: ({ signal }) =>
      take(api.GET("/api/v1/webhooks/{webhook_id}", { params: { path: { webhook_id: id } }, signal })),
  });
}

/** Events that one may ask to be told of. */
export const subjectsQuery = queryOptions({
  queryKey: [...webhooksKey, "subjects"],
  queryFn: ({ signal }) => take(api.GET("/api/v1/webhooks/subjects", { signal })),
  staleTime: 60_000,
});

/** Tell an address; the answer holds the secret, which is shown this once. */
export function addWebhook(body: NewWebhook, key: string) {
  return take(api.POST("/api/v1/webhooks", { body, params: { header: { "Idempotency-Key": key } } }));
}

/** Change where to and what of. */
export function changeWebhook(webhook: Webhook, body: components["schemas"]["WebhookEdit"]) {
  return take(
    api.PATCH("/api/v1/webhooks/{webhook_id}", {
      body,
      params: { path: { webhook_id: webhook.id }, header: match(webhook.version) },
    }),
  );
}

/** Pause, resume or close. */
export function moveWebhook(webhook: Webhook, step: WebhookStep, key: string): Promise<unknown> {
  const params = {
    path: { webhook_id: webhook.id },
    header: { "Idempotency-Key": key, ...match(webhook.version) },
  };
  if (step === "pause") return take(api.POST("/api/v1/webhooks/{webhook_id}/pause", { params }));
  if (step === "resumption") return take(api.POST("/api/v1/webhooks/{webhook_id}/resumption", { params }));
  return take(api.POST("/api/v1/webhooks/{webhook_id}/closing", { params }));
}

/** Make another secret; the old one signs too for a day. */
export function rotateSecret(webhook: Webhook, key: string) {
  return take(
    api.POST("/api/v1/webhooks/{webhook_id}/secret", {
      params: { path: { webhook_id: webhook.id }, header: { "Idempotency-Key": key, ...match(webhook.version) } },
    }),
  );
}

/** Send a trial. */
export function pingWebhook(id: number, key: string) {
  return take(
    api.POST("/api/v1/webhooks/{webhook_id}/pings", {
      params: { path: { webhook_id: id }, header: { "Idempotency-Key": key } },
    }),
  );
}
