import type { Problem } from "@lingqu/api";

export interface Taken {
  region_id: number;
  zh: string;
  en: string;
  /** Missing where the holder is not to be seen. */
  holder?: { id: number; name: string };
}

/** The counties that a refusal names as somebody's, with their holders as far as one may see them. */
export function takenOf(problem: Problem | null): Taken[] {
  return (problem?.errors ?? []).flatMap(({ code, facts }): Taken[] => {
    if (code !== "held" || !facts) return [];
    const { region_id, region_zh, region_en, holder, holder_id } = facts;
    if (typeof region_id !== "number" || typeof region_zh !== "string" || typeof region_en !== "string") return [];
    const isSeen = typeof holder === "string" && typeof holder_id === "number";
    return [
      { region_id, zh: region_zh, en: region_en, ...(isSeen ? { holder: { id: holder_id, name: holder } } : {}) },
    ];
  });
}

/** Whose the taken counties are: each holder once, those that may not be seen together at the end. */
export function holdersOf(taken: Taken[]): { holder?: Taken["holder"]; counties: Taken[] }[] {
  const byHolder = new Map<number, { holder?: Taken["holder"]; counties: Taken[] }>();
  for (const one of taken) {
    const id = one.holder?.id ?? 0;
    const group = byHolder.get(id) ?? { ...(one.holder ? { holder: one.holder } : {}), counties: [] };
    group.counties.push(one);
    byHolder.set(id, group);
  }
  return [...byHolder.values()].sort((one, other) => Number(!one.holder) - Number(!other.holder));
}
