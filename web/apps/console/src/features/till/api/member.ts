import { api, take } from "@lingqu/api";

/** The member of a phone number, however it is written, or of a card. */
export async function findMember(typed: string) {
  const query = isCard(typed) ? { q: typed.toUpperCase() } : { phone: typed };
  const found = await take(api.GET("/api/v1/members", { params: { query: { ...query, limit: 2 } } }));
  return found.items.length === 1 ? found.items[0] : undefined;
}

/** A member's card bears an M and twelve digits. */
export function isCard(text: string): boolean {
  return /^m\d{12}$/i.test(text);
}
