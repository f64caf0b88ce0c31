import { useT } from "@lingqu/i18n";

/** Fields whose text is a name of ours, not somebody's words. */
const NAMED =
  /^(status|state|kind|channel|capability|.*_(status|kind|policy|passes)|steps|language|level_kind|scheme|tier)$/;

/** What kinds, fields and values of the audit log are called; one that has no name yet stays as it was written. */
export function useAuditNames() {
  const { t, i18n } = useT("audit");
  const known = (key: string) => i18n.exists(`audit:${key}`);
  const fieldOf = (field: string): string =>
    field
      .split(".")
      .map((part) => (known(`field.${part}`) ? t(`field.${part as "name"}`) : part))
      .join(" · ");
  return {
    comma: i18n.language === "en" ? ", " : "\u3001",
    kindOf: (kind: string): string => (known(`kind.${kind}`) ? t(`kind.${kind as "order"}`) : kind),
    channelOf: (channel: string): string =>
      known(`through.${channel}`) ? t(`through.${channel as "console"}`) : channel,
    fieldOf,
    valueOf: (field: string, value: string): string =>
      NAMED.test(field) && known(`value.${value}`) ? t(`value.${value as "active"}`) : value,
  };
}
