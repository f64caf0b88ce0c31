import { api, type paths, take } from "@lingqu/api";

type Decision = paths["/api/v1/returns/{return_id}/decision"]["post"]["requestBody"]["content"]["application/json"];

/** Take returned goods in and refund them, or turn the return down. `key` makes a second sending of the same wish harmless. */
export function decideReturn(id: string, body: Decision, key: string) {
  return take(
    api.POST("/api/v1/returns/{return_id}/decision", {
      body,
      params: { path: { return_id: id }, header: { "Idempotency-Key": key } },
    }),
  );
}
