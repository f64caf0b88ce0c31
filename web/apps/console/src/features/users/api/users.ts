import { api, type components, type PagesQuery, type paths, take } from "@lingqu/api";
import { queryOptions } from "@tanstack/react-query";

export type User = components["schemas"]["User"];
export type Role = components["schemas"]["Role"];
export type UserFilter = Omit<NonNullable<paths["/api/v1/users"]["get"]["parameters"]["query"]>, "cursor">;

/** Everything about users stands under this key. */
export const usersKey = ["users"];

/** Users of the own organization and of those below it. */
export function usersQuery(filter: UserFilter): PagesQuery<User> {
  return {
    queryKey: [...usersKey, "list", filter],
    fetchPage: (cursor, signal) =>
      take(
        api.GET("/api/v1/users", {
          params: { query: { ...filter, ...(cursor === undefined ? {} : { cursor }) } },
          signal,
        }),
      ),
  };
}

/** Built-in roles and the organization's own. */
export const rolesQuery = queryOptions({
  queryKey: [...usersKey, "roles"],
  queryFn: ({ signal }) => take(api.GET("/api/v1/roles", { params: { query: { limit: 200 } }, signal })),
  staleTime: 60_000,
});

/** Say which roles a user has in the own organization. */
export function setRoles(user: number, roles: number[]) {
  return take(
    api.PUT("/api/v1/users/{user_id}/roles", { body: { role_ids: roles }, params: { path: { user_id: user } } }),
  );
}

/** Keep a user out, or let it in again. */
export function setLock(user: number, isLocked: boolean) {
  return take(
    api.PUT("/api/v1/users/{user_id}/lock", { body: { is_locked: isLocked }, params: { path: { user_id: user } } }),
  );
}

/** A user of the own organization with its roles there. */
export function userQuery(id: number) {
  return queryOptions({
    queryKey: [...usersKey, "one", id],
    queryFn: ({ signal }) => take(api.GET("/api/v1/users/{user_id}", { params: { path: { user_id: id } }, signal })),
  });
}

/** Let a user leave the own organization; its sessions end. */
export function removeUser(user: number) {
  return take(api.DELETE("/api/v1/users/{user_id}", { params: { path: { user_id: user } } }));
}
