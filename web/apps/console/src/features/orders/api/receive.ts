import { api, type components, take } from "@lingqu/api";

export type ReceiptBody = components["schemas"]["ReceiptBody"];

/** Take a shipment in. `key` makes a second sending of the same wish harmless. */
export function receiveShipment(id: string, body: ReceiptBody, key: string) {
  return take(
    api.POST("/api/v1/shipments/{shipment_id}/receipt", {
      body,
      params: { path: { shipment_id: id }, header: { "Idempotency-Key": key } },
    }),
  );
}
