import { api, type components, match, type PagesQuery, type paths, take } from "@lingqu/api";
import { queryOptions } from "@tanstack/react-query";

import { type Role, usersKey } from "./users";

export type RoleBody = components["schemas"]["RoleBody"];
export type RoleEdit = components["schemas"]["RoleEdit"];
export type Permission = components["schemas"]["PermissionLine"];
export type RoleFilter = Omit<NonNullable<paths["/api/v1/roles"]["get"]["parameters"]["query"]>, "cursor">;

/** Built-in roles and the organization's own, as a list. */
export function roleListQuery(filter: RoleFilter): PagesQuery<Role> {
  return {
    queryKey: [...usersKey, "roles", "list", filter],
    fetchPage: (cursor, signal) =>
      take(
        api.GET("/api/v1/roles", {
          params: { query: { ...filter, ...(cursor === undefined ? {} : { cursor }) } },
          signal,
        }),
      ),
  };
}

/** One role with its rights. */
export function roleQuery(id: number) {
  return queryOptions({
    queryKey: [...usersKey, "roles", "one", id],
    queryFn: ({ signal }) => take(api.GET("/api/v1/roles/{role_id}", { params: { path: { role_id: id } }, signal })),
  });
}

/** Every right that the own kind of organization can have. */
export const permissionsQuery = queryOptions({
  queryKey: ["permissions"],
  queryFn: ({ signal }) => take(api.GET("/api/v1/permissions", { params: { query: { limit: 200 } }, signal })),
  staleTime: 300_000,
});

/** Make a role of the own organization. */
export function addRole(body: RoleBody, key: string) {
  return take(api.POST("/api/v1/roles", { body, params: { header: { "Idempotency-Key": key } } }));
}

/** Change a role, from the version that was read. */
export function editRole(id: number, body: RoleEdit, version: number) {
  return take(
    api.PATCH("/api/v1/roles/{role_id}", { body, params: { path: { role_id: id }, header: match(version) } }),
  );
}

/** Delete a role that nobody has. */
export function deleteRole(id: number) {
  return take(api.DELETE("/api/v1/roles/{role_id}", { params: { path: { role_id: id } } }));
}
