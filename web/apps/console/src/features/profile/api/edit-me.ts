import { api, type components, match, take } from "@lingqu/api";

export type MeEdit = components["schemas"]["MeEdit"];

/** Change one's own record. */
export function editMe(body: MeEdit, version: number) {
  return take(api.PATCH("/api/v1/me", { body, params: { header: match(version) } }));
}
