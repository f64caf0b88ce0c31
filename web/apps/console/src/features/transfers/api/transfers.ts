import { api, type components, match, type PagesQuery, type paths, take } from "@lingqu/api";
import { queryOptions } from "@tanstack/react-query";

export type TransferHead = components["schemas"]["TransferHead"];
export type Transfer = components["schemas"]["Transfer"];
export type TransferLine = NonNullable<Transfer["lines"]>[number];
export type NewTransfer = components["schemas"]["NewTransfer"];
export type Part = components["schemas"]["Part"];
export type TransferFilter = Omit<
  NonNullable<paths["/api/v1/stock/transfers"]["get"]["parameters"]["query"]>,
  "cursor" | "limit"
>;

export const transfersKey = ["transfers"];

export function transfersQuery(filter: TransferFilter): PagesQuery<TransferHead> {
  return {
    queryKey: [...transfersKey, "list", filter],
    fetchPage: (cursor, signal) =>
      take(
        api.GET("/api/v1/stock/transfers", {
          params: { query: { ...filter, ...(cursor === undefined ? {} : { cursor }) } },
          signal,
        }),
      ),
  };
}

export function transferQuery(id: string) {
  return queryOptions({
    queryKey: [...transfersKey, "one", id],
    queryFn: ({ signal }) =>
      take(api.GET("/api/v1/stock/transfers/{transfer_id}", { params: { path: { transfer_id: id } }, signal })),
  });
}

export function requestTransfer(body: NewTransfer, key: string) {
  return take(api.POST("/api/v1/stock/transfers", { body, params: { header: { "Idempotency-Key": key } } }));
}

function at(transfer: Transfer, key: string) {
  return { path: { transfer_id: transfer.id }, header: { ...match(transfer.version), "Idempotency-Key": key } };
}

/** Send goods on their way, all or some. */
export function shipTransfer(transfer: Transfer, lines: Part[], key: string) {
  return take(
    api.POST("/api/v1/stock/transfers/{transfer_id}/shipments", { body: { lines }, params: at(transfer, key) }),
  );
}

/** Take goods in, all or some; what is missing stays on its way. */
export function receiveTransfer(transfer: Transfer, lines: Part[], key: string) {
  return take(
    api.POST("/api/v1/stock/transfers/{transfer_id}/receipts", { body: { lines }, params: at(transfer, key) }),
  );
}

/** Give up what will not come. */
export function closeTransfer(transfer: Transfer, reason: string, key: string) {
  return take(
    api.POST("/api/v1/stock/transfers/{transfer_id}/closing", { body: { reason }, params: at(transfer, key) }),
  );
}

/** Call it off while nothing was shipped. */
export function cancelTransfer(transfer: Transfer, reason: string, key: string) {
  return take(
    api.POST("/api/v1/stock/transfers/{transfer_id}/cancellation", { body: { reason }, params: at(transfer, key) }),
  );
}
