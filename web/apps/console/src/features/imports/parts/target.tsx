import { DownloadOutlined } from "@ant-design/icons";
import { useT } from "@lingqu/i18n";
import { useQuery } from "@tanstack/react-query";
import { Button, Segmented, Select } from "antd";

import { useCan } from "../../../lib/access";
import { saveText, writeCSV } from "../../../lib/csv";
import { useMe } from "../../../lib/me";
import { useNames } from "../../../lib/names";
import { brandsQuery, ownListsQuery, type Target } from "../api/imports";
import { COLUMNS } from "./rows";

interface Props {
  kind: Target["kind"];
  id: number | undefined;
  onKind: (kind: Target["kind"]) => void;
  onId: (id: number) => void;
}

/** What the file holds and where its rows go. */
export function TargetChoice({ kind, id, onKind, onId }: Props) {
  const { t } = useT("imports");
  const names = useNames();
  const can = useCan();
  const me = useMe();
  const kinds = (["skus", "prices"] as const).filter((one) => can(one === "skus" ? "catalog.edit" : "prices.edit"));
  const brands = useQuery({ ...brandsQuery, enabled: kind === "skus" }).data?.items ?? [];
  const lists = useQuery({ ...ownListsQuery(me.organization_id), enabled: kind === "prices" }).data ?? [];
  const options =
    kind === "skus"
      ? brands.map((one) => ({ value: one.id, label: names(one.name, one.name_en) }))
      : lists.map((one) => ({ value: one.id, label: `${one.name} · ${one.code}` }));
  return (
    <div className="lq-import-target">
      {kinds.length > 1 && (
        <Segmented
          aria-label={t("kind.label")}
          value={kind}
          options={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
          onChange={onKind}
        />
      )}
      <div>
        <label htmlFor="import-target">{t(`target.${kind}`)}</label>
        <Select
          id="import-target"
          style={{ width: "100%" }}
          showSearch={{ optionFilterProp: "label" }}
          options={options}
          value={id ?? null}
          onChange={(chosen: number | null) => {
            if (chosen !== null) onId(chosen);
          }}
        />
      </div>
      <div>
        <Button
          icon={<DownloadOutlined />}
          onClick={() => {
            saveText(`${t(`kind.${kind}`)}.csv`, writeCSV([...COLUMNS[kind].names], [[...COLUMNS[kind].sample]]));
          }}
        >
          {t("template")}
        </Button>
      </div>
    </div>
  );
}
