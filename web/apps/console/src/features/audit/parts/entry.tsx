import { useT } from "@lingqu/i18n";
import { Blank, Facts, Instant, usePhone } from "@lingqu/ui";
import { Drawer, Typography } from "antd";

import { useNames } from "../../../lib/names";
import type { AuditEntry } from "../api/audit";
import { deedOf, differenceOf, isRecord, titleOf } from "./difference";
import { useAuditNames } from "./names";
import { ObjectLink } from "./object-link";
import { Value } from "./value";

/** One change in full: who, when, and every field before and after. */
export function Entry({ entry, onClose }: { entry: AuditEntry; onClose: () => void }) {
  const { t } = useT("audit");
  const names = useNames();
  const isPhone = usePhone();
  const { kindOf, channelOf } = useAuditNames();
  return (
    <Drawer
      open
      placement={isPhone ? "bottom" : "right"}
      size={isPhone ? "85%" : 680}
      title={`${kindOf(entry.kind)} · ${t(`deed.${deedOf(entry)}`)}`}
      onClose={onClose}
    >
      <Facts
        items={[
          { label: t("at"), value: <Instant at={entry.recorded_at} /> },
          { label: t("who"), value: entry.actor_name },
          {
            label: t("object"),
            value: (
              <ObjectLink kind={entry.kind} id={entry.object_id}>
                {titleOf(entry, names) ?? undefined}
              </ObjectLink>
            ),
          },
          { label: t("channel"), value: channelOf(entry.channel) },
        ]}
      />
      <Changes entry={entry} />
      <p className="lq-soft lq-small">
        {t("number")} <Typography.Text copyable={{ text: entry.object_id }}>{entry.object_id}</Typography.Text>
        {entry.trace_id && (
          <>
            {" · "}
            {t("trace")} <Typography.Text copyable={{ text: entry.trace_id }}>{entry.trace_id}</Typography.Text>
          </>
        )}
      </p>
    </Drawer>
  );
}

function Changes({ entry }: { entry: AuditEntry }) {
  const { t } = useT("audit");
  const { fieldOf } = useAuditNames();
  const changes = differenceOf(entry);
  const deed = deedOf(entry);
  const currency = currencyOf(entry);
  if (changes.length === 0) return <Blank title={t("noDifference")} />;
  return (
    <table className="lq-table lq-audit-changes">
      <thead>
        <tr>
          <th scope="col">{t("fieldLabel")}</th>
          {deed !== "made" && <th scope="col">{t("before")}</th>}
          {deed !== "removed" && <th scope="col">{t("after")}</th>}
        </tr>
      </thead>
      <tbody>
        {changes.map((one) => (
          <tr key={one.field}>
            <th scope="row">{fieldOf(one.field)}</th>
            {deed !== "made" && (
              <td className={deed === "changed" ? "lq-audit-before" : undefined}>
                <Value field={one.field} value={one.before} currency={currency} />
              </td>
            )}
            {deed !== "removed" && (
              <td>
                <Value field={one.field} value={one.after} currency={currency} />
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The currency of the amounts in a record, where it says one. */
function currencyOf({ before, after }: AuditEntry): string {
  for (const state of [after, before]) {
    if (isRecord(state) && typeof state.currency === "string") return state.currency;
  }
  return "CNY";
}
