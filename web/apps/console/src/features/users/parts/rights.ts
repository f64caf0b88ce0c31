import type { Permission } from "../api/roles";

export interface Group {
  code: string;
  rights: Permission[];
}

/** Rights by what they are about, the part of their code before the dot, in the order of their codes. */
export function groupsOf(rights: Permission[]): Group[] {
  const groups = new Map<string, Permission[]>();
  for (const right of rights) {
    const code = right.code.split(".")[0] ?? right.code;
    groups.set(code, [...(groups.get(code) ?? []), right]);
  }
  return [...groups].map(([code, found]) => ({ code, rights: found }));
}

/** Which roles give each right. */
export function sourcesOf<Role extends { permissions: string[] }>(roles: Role[]): Map<string, Role[]> {
  const sources = new Map<string, Role[]>();
  for (const role of roles)
    for (const right of role.permissions) sources.set(right, [...(sources.get(right) ?? []), role]);
  return sources;
}

/** The rights after one group was ticked or cleared as a whole; what one may not give stays as it is. */
export function withGroup(
  chosen: string[],
  group: Group,
  isOn: boolean,
  mayGive: (right: string) => boolean,
): string[] {
  const touched = new Set(group.rights.map((right) => right.code).filter(mayGive));
  const kept = chosen.filter((right) => !touched.has(right));
  return isOn ? [...kept, ...touched] : kept;
}
