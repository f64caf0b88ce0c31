import { api, type components, match, take } from "@lingqu/api";

export type OrderChange = components["schemas"]["OrderChange"];
export type ChangeAnswer = components["schemas"]["ChangeAnswer"];

/** Change a placed order as it stood at `version`. `key` makes a second sending of the same wish harmless. */
export function changeOrder(id: string, version: number, body: OrderChange, key: string) {
  return take(
    api.POST("/api/v1/orders/{order_id}/changes", {
      body,
      params: { path: { order_id: id }, header: { "Idempotency-Key": key, ...match(version) } },
    }),
  );
}

/** Accept or decline a proposed change, or withdraw one's own. */
export function answerChange(id: string, revision: string, version: number, body: ChangeAnswer, key: string) {
  return take(
    api.POST("/api/v1/orders/{order_id}/changes/{revision_id}/decision", {
      body,
      params: {
        path: { order_id: id, revision_id: revision },
        header: { "Idempotency-Key": key, ...match(version) },
      },
    }),
  );
}
