import { api, type components, type PagesQuery, take } from "@lingqu/api";
import { queryOptions } from "@tanstack/react-query";

import { ledgerKey } from "./accounts";

export type PostingLine = components["schemas"]["PostingLine"];
export type Entry = components["schemas"]["Entry"];

/** What happened on an account, with the balance that each movement left. */
export function postingsQuery(account: string): PagesQuery<PostingLine> {
  return {
    queryKey: [...ledgerKey, "postings", account],
    fetchPage: (cursor, signal) =>
      take(
        api.GET("/api/v1/accounts/{account_id}/postings", {
          params: { path: { account_id: account }, query: cursor === undefined ? {} : { cursor } },
          signal,
        }),
      ),
  };
}

/** One entry with every posting of it. */
export function entryQuery(id: string) {
  return queryOptions({
    queryKey: [...ledgerKey, "entry", id],
    queryFn: ({ signal }) =>
      take(api.GET("/api/v1/entries/{entry_id}", { params: { path: { entry_id: id } }, signal })),
  });
}
