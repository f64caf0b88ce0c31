import { usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { type Column, DataTable, Day, Tag } from "@lingqu/ui";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button, Form } from "antd";
import { useState } from "react";

import { useCan } from "../../../lib/access";
import { DayInput, today } from "../../../lib/day-input";
import { ExportButton } from "../../../lib/export-button";
import { useListState } from "../../../lib/list-state";
import { useMe } from "../../../lib/me";
import { useNames } from "../../../lib/names";
import { OrganizationSelect } from "../../../lib/organization-select";
import { productLinesQuery } from "../../../lib/organizations";
import { StepDialog } from "../../../lib/step-dialog";
import { endPlace, type Place, type PlaceFilter, placesQuery, territoriesKey, type Tier } from "../api/territories";
import { RegionTree } from "./region-tree";

/** Counties of lines, whose they are and how long. */
export function PlaceList({ tier }: { tier: Tier }) {
  const { t } = useT("territories");
  const names = useNames();
  const can = useCan();
  const me = useMe();
  const [state, setState] = useListState();
  const [ended, setEnded] = useState<Place | null>(null);
  const lines = useQuery(productLinesQuery).data?.items ?? [];
  const { q, sort, line, organization, region, on } = state;
  const filter: PlaceFilter = {
    ...(q ? { q } : {}),
    ...(sort ? { sort } : {}),
    ...(line ? { product_line_id: Number(line) } : {}),
    ...(organization ? { organization_id: Number(organization) } : {}),
    ...(region ? { region_id: Number(region) } : {}),
    ...(on ? { on } : {}),
  };
  const pages = usePages(placesQuery(tier, filter));
  const mayEnd = (row: Place) =>
    can(tier === "dealer" ? "territories.divide" : "territories.grant") &&
    row.organization_id !== me.organization_id &&
    (row.valid_until === null || row.valid_until > today());
  const columns: Column<Place>[] = [
    {
      key: "region",
      title: t("county"),
      sort: "region",
      phone: "title",
      render: (row) => (
        <div>
          <div>{names(row.region_zh, row.region_en)}</div>
          <div className="lq-soft lq-small">{names(row.within_zh, row.within_en)}</div>
        </div>
      ),
    },
    {
      key: "holder",
      title: t(`holder.${tier}`),
      sort: "organization",
      render: (row) => (
        <Link to="/organizations/$organizationId" params={{ organizationId: row.organization_id }} className="lq-link">
          {names(row.organization_name, row.organization_name_en)}
        </Link>
      ),
    },
    { key: "line", title: t("line"), render: (row) => names(row.line_zh, row.line_en) },
    { key: "from", title: t("from"), sort: "valid_from", render: (row) => <Day on={row.valid_from} /> },
    {
      key: "until",
      title: t("until"),
      render: (row) => (row.valid_until === null ? t("openEnd") : <Day on={row.valid_until} />),
    },
    { key: "state", title: t("stateLabel"), phone: "aside", render: (row) => <PlaceState place={row} /> },
    {
      key: "action",
      title: t("action"),
      phone: "aside",
      render: (row) =>
        mayEnd(row) && (
          <Button
            size="small"
            onClick={() => {
              setEnded(row);
            }}
          >
            {t("end")}
          </Button>
        ),
    },
  ];
  return (
    <>
      <DataTable
        label={t(`tier.${tier}`)}
        columns={columns}
        rowKey={(row) => row.id}
        pages={pages}
        state={{ sort: "region", ...state }}
        onState={setState}
        search={t("search")}
        filters={[
          {
            name: "line",
            label: t("line"),
            options: lines.map((one) => ({ value: String(one.id), label: names(one.name_zh, one.name_en) })),
          },
        ]}
        toolbar={
          <>
            <OrganizationSelect
              label={t(`holder.${tier}`)}
              kind={tier}
              isFilter
              value={organization ? Number(organization) : undefined}
              onChange={(id) => {
                setState({ organization: id === undefined ? "" : String(id) });
              }}
            />
            <RegionTree
              label={t("region")}
              isMany={false}
              value={region ? [Number(region)] : []}
              onChange={([id]) => {
                setState({ region: id === undefined ? "" : String(id) });
              }}
            />
            <DayInput
              label={t("on")}
              value={on}
              onChange={(day) => {
                setState({ on: day ?? "" });
              }}
            />
            <ExportButton
              name={t(`tier.${tier}`)}
              query={placesQuery(tier, { ...filter, limit: 200 })}
              columns={[
                { title: t("within"), text: (row) => names(row.within_zh, row.within_en) },
                { title: t("county"), text: (row) => names(row.region_zh, row.region_en) },
                { title: t(`holder.${tier}`), text: (row) => names(row.organization_name, row.organization_name_en) },
                { title: t("line"), text: (row) => names(row.line_zh, row.line_en) },
                { title: t("from"), text: (row) => row.valid_from },
                { title: t("until"), text: (row) => row.valid_until },
              ]}
            />
          </>
        }
        blank={{ title: t("blank"), hint: t(`blankHint.${tier}`) }}
      />
      {ended && (
        <StepDialog<{ day: string }>
          changes={territoriesKey}
          title={t("endOf", { county: names(ended.region_zh, ended.region_en) })}
          submit={t("end")}
          isDangerous
          initial={{ day: today() }}
          send={({ day }, key) => endPlace(tier, ended.id, day, key)}
          onClose={() => {
            setEnded(null);
          }}
        >
          <p className="lq-soft">{t(`endHint.${tier}`)}</p>
          <Form.Item name="day" label={t("endDay")} rules={[{ required: true, message: t("common:required") }]}>
            <DayInput />
          </Form.Item>
        </StepDialog>
      )}
    </>
  );
}

function PlaceState({ place }: { place: Place }) {
  const { t } = useT("territories");
  const now = today();
  if (place.valid_until !== null && place.valid_until <= now) return <Tag>{t("state.ended")}</Tag>;
  if (place.valid_from > now) return <Tag tone="info">{t("state.coming")}</Tag>;
  return <Tag tone="good">{t("state.current")}</Tag>;
}
