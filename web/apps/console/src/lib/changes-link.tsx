import { useT } from "@lingqu/i18n";
import { Link } from "@tanstack/react-router";

import { useCan } from "./access";

/** The way from an object to what was changed about it, for those who may read the audit log. */
export function ChangesLink({ kind, id }: { kind: string; id: string | number }) {
  const { t } = useT();
  const can = useCan();
  if (!can("audit.see")) return null;
  return (
    <Link to="/audit" search={{ kind, object_id: String(id) }} className="lq-link lq-button-link">
      {t("changes")}
    </Link>
  );
}
