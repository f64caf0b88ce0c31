import { useT } from "@lingqu/i18n";
import { Alert, Button } from "antd";
import type { ReactNode } from "react";

import type { EditField } from "./edit-form";

interface Props {
  fields: EditField[];
  theirs: Record<string, unknown>;
  mine: Record<string, unknown>;
  onKeep: () => void;
  onTake: () => void;
}

/** Somebody saved this record while it was open here: what stands now beside what was typed. */
export function Conflict({ fields, theirs, mine, onKeep, onTake }: Props) {
  const { t } = useT();
  const different = fields.filter(({ name }) => JSON.stringify(theirs[name]) !== JSON.stringify(mine[name]));
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      className="lq-problem"
      title={t("conflict.title")}
      description={
        <>
          <p>{different.length > 0 ? t("conflict.hint") : t("conflict.same")}</p>
          {different.length > 0 && (
            <table className="lq-table lq-compare">
              <thead>
                <tr>
                  <th scope="col">{t("conflict.field")}</th>
                  <th scope="col">{t("conflict.theirs")}</th>
                  <th scope="col">{t("conflict.mine")}</th>
                </tr>
              </thead>
              <tbody>
                {different.map((field) => (
                  <tr key={field.name}>
                    <th scope="row">{field.label}</th>
                    <td>{say(field, theirs[field.name])}</td>
                    <td>{say(field, mine[field.name])}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          <div className="lq-row">
            <Button type="primary" onClick={onKeep}>
              {t("conflict.keepMine")}
            </Button>
            <Button onClick={onTake}>{t("conflict.takeTheirs")}</Button>
          </div>
        </>
      }
    />
  );
}

function say(field: EditField, value: unknown): ReactNode {
  if (field.show) return field.show(value);
  if (typeof value === "string" || typeof value === "number") return value === "" ? "—" : value;
  return value === null || value === undefined ? "—" : JSON.stringify(value);
}
