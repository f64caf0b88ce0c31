import { useT } from "@lingqu/i18n";

/** What a thing that waits for a decision is: an order, an application. One that this console does not know yet is its own name. */
export function useKindName(): (kind: string) => string {
  const { t, i18n } = useT("approvals");
  return (kind) => {
    const name = kind.slice(kind.indexOf(".") + 1);
    return i18n.exists(`approvals:kind.${name}`) ? t(`kind.${name as "order"}`) : kind;
  };
}
