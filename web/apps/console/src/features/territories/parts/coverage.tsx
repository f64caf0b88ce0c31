import "./territories.css";

import { asProblem } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { Blank, ProblemAlert, Tag } from "@lingqu/ui";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Progress, Select, Skeleton } from "antd";

import { DayInput, today } from "../../../lib/day-input";
import { useListState } from "../../../lib/list-state";
import { useNames } from "../../../lib/names";
import { productLinesQuery } from "../../../lib/organizations";
import { type Coverage, coverageQuery, type Tier } from "../api/territories";
import { pathOf, writePath } from "./path";

/** The tree of regions, level by level: how much of each is given, to whom, and where nobody is. */
export function CoverageTree({ tier }: { tier: Tier }) {
  const { t } = useT("territories");
  const names = useNames();
  const [state, setState] = useListState();
  const lines = useQuery(productLinesQuery).data?.items ?? [];
  const line = state.line ? Number(state.line) : lines[0]?.id;
  const on = state.on ?? today();
  const path = pathOf(state.path);
  const parent = path.at(-1);
  const found = useQuery(
    coverageQuery(
      line === undefined
        ? null
        : { product_line_id: line, on, tier, ...(parent === undefined ? {} : { parent_id: parent.id }) },
    ),
  );
  const go = (next: typeof path) => {
    setState({ path: writePath(next) });
  };
  return (
    <div className="lq-list">
      <div className="lq-toolbar">
        <Select
          aria-label={t("line")}
          className="lq-toolbar-filter"
          popupMatchSelectWidth={false}
          options={lines.map((one) => ({ value: one.id, label: names(one.name_zh, one.name_en) }))}
          value={line ?? null}
          onChange={(id: number) => {
            setState({ line: String(id) });
          }}
        />
        <DayInput
          label={t("on")}
          value={on}
          onChange={(day) => {
            setState({ on: day ?? "" });
          }}
        />
      </div>
      <nav aria-label={t("regionPath")} className="lq-region-path">
        <button
          type="button"
          className="lq-as-link lq-link"
          onClick={() => {
            go([]);
          }}
        >
          {t("everywhere")}
        </button>
        {path.map((one, index) => (
          <span key={one.id}>
            {" / "}
            <button
              type="button"
              className="lq-as-link lq-link"
              aria-current={index === path.length - 1 ? "page" : undefined}
              onClick={() => {
                go(path.slice(0, index + 1));
              }}
            >
              {one.name}
            </button>
          </span>
        ))}
      </nav>
      {found.error && <ProblemAlert problem={asProblem(found.error)} onRetry={() => void found.refetch()} />}
      {found.isPending && line !== undefined && <Skeleton active className="lq-list-wait" />}
      {line === undefined && <Blank title={t("noLines")} />}
      <ul className="lq-plain lq-regions" aria-label={t("view.regions")}>
        {(found.data?.items ?? []).map((one) => (
          <Region
            key={one.id}
            region={one}
            onOpen={() => {
              go([...path, { id: one.id, name: names(one.name_zh, one.name_en) }]);
            }}
          />
        ))}
      </ul>
    </div>
  );
}

function Region({ region, onOpen }: { region: Coverage; onOpen: () => void }) {
  const { t } = useT("territories");
  const names = useNames();
  const name = names(region.name_zh, region.name_en);
  const { county_count: all, held_count: held } = region;
  return (
    <li className="lq-region">
      <div className="lq-region-name">
        {region.level === "county" ? (
          name
        ) : (
          <button type="button" className="lq-as-link lq-link" onClick={onOpen}>
            {name}
          </button>
        )}
      </div>
      {region.level !== "county" && (
        <div className="lq-region-bar">
          <Progress percent={(100 * held) / all} showInfo={false} size="small" aria-label={name} />
          <span className="lq-number lq-soft">{t("ofCounties", { held, all })}</span>
        </div>
      )}
      <div className="lq-region-holder">
        {region.holder_id !== null && (
          <Link to="/organizations/$organizationId" params={{ organizationId: region.holder_id }} className="lq-link">
            {names(region.holder_name, region.holder_name_en)}
          </Link>
        )}
        {region.holder_count > 1 && t("holders", { count: region.holder_count })}
        {held === 0 && <Tag tone="warn">{t("free")}</Tag>}
      </div>
    </li>
  );
}
