import "../parts/territories.css";

import { useT } from "@lingqu/i18n";
import { Page } from "@lingqu/ui";
import { Button, Segmented } from "antd";
import { useState } from "react";

import { useCan } from "../../../lib/access";
import { useListState } from "../../../lib/list-state";
import { useMe } from "../../../lib/me";
import type { Tier } from "../api/territories";
import { CoverageTree } from "../parts/coverage";
import { GrantPlaces } from "../parts/grant";
import { PlaceList } from "../parts/place-list";

/** Which tiers a kind of organization looks at; the first is shown first. */
const TIERS: Record<string, Tier[]> = { dealer: ["dealer"] };

/** Who serves which county for which line: as a list, and down the tree of regions. */
export function TerritoriesPage() {
  const { t } = useT("territories");
  const can = useCan();
  const me = useMe();
  const [state, setState] = useListState();
  const [isGranting, setGranting] = useState(false);
  const tiers = TIERS[me.kind] ?? ["distributor", "dealer"];
  const tier = tiers.find((one) => one === state.tier) ?? tiers[0] ?? "distributor";
  const view = state.view === "regions" ? "regions" : "list";
  const canGrant = tier === "dealer" ? can("territories.divide") : can("territories.grant");
  return (
    <Page
      title={t("title")}
      actions={
        canGrant && (
          <Button
            type="primary"
            onClick={() => {
              setGranting(true);
            }}
          >
            {t(`grant.${tier}`)}
          </Button>
        )
      }
    >
      <div className="lq-row">
        {tiers.length > 1 && (
          <Segmented
            aria-label={t("tier.label")}
            value={tier}
            options={tiers.map((value) => ({ value, label: t(`tier.${value}`) }))}
            onChange={(chosen) => {
              setState({ tier: chosen, organization: "" });
            }}
          />
        )}
        <Segmented
          aria-label={t("view.label")}
          value={view}
          options={(["list", "regions"] as const).map((value) => ({ value, label: t(`view.${value}`) }))}
          onChange={(chosen) => {
            setState({ view: chosen === "list" ? "" : chosen, q: "", sort: "" });
          }}
        />
      </div>
      {view === "regions" ? <CoverageTree tier={tier} /> : <PlaceList tier={tier} />}
      {isGranting && (
        <GrantPlaces
          tier={tier}
          start={{
            ...(state.line ? { product_line_id: Number(state.line) } : {}),
            ...(state.organization ? { organization_id: Number(state.organization) } : {}),
          }}
          onClose={() => {
            setGranting(false);
          }}
        />
      )}
    </Page>
  );
}
