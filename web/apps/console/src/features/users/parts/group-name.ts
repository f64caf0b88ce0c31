import { useT } from "@lingqu/i18n";

/** What a group of rights is called; a new one without a name shows its code. */
export function useGroupName(): (code: string) => string {
  const { t, i18n } = useT("roles");
  return (code) => (i18n.exists(`roles:group.${code}`) ? t(`group.${code as "orders"}`) : code);
}
