import { useT } from "@lingqu/i18n";

/** Choose the name in the reader's language; where there is none, the other one is better than nothing. */
export function useNames(): (zh: string | null | undefined, en: string | null | undefined) => string {
  const { i18n } = useT();
  const isEnglish = i18n.language === "en";
  return (zh, en) => (isEnglish ? en || zh : zh || en) ?? "";
}
