import { api, take } from "@lingqu/api";
import { queryOptions } from "@tanstack/react-query";

/** The kept list that a standing order shall take its lines from. */
export function listQuery(id: string) {
  return queryOptions({
    queryKey: ["templates", "one", id],
    queryFn: ({ signal }) =>
      take(api.GET("/api/v1/templates/{template_id}", { params: { path: { template_id: id } }, signal })),
  });
}
