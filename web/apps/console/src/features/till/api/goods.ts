import { api, type components, type PagesQuery, take } from "@lingqu/api";

export type Goods = components["schemas"]["CounterGoods"];
export type GoodsPack = Goods["packs"][number];
export type Scanned = components["schemas"]["Scanned"];

/** What lies on the own shelf, with the consumer's price of each pack. */
export function goodsQuery(q: string): PagesQuery<Goods> {
  return {
    queryKey: ["till", "goods", q],
    fetchPage: (cursor, signal) =>
      take(
        api.GET("/api/v1/counter/goods", {
          params: { query: { limit: 30, ...(q ? { q } : {}), ...(cursor === undefined ? {} : { cursor }) } },
          signal,
        }),
      ),
  };
}

/** What a scanned code stands for: the GTIN of any pack, an own barcode, a SKU's code. */
export function findCode(code: string): Promise<Scanned[]> {
  return take(api.GET("/api/v1/codes/{code}", { params: { path: { code } } }));
}
