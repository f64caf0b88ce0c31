import "../parts/imports.css";

import { useT } from "@lingqu/i18n";
import { Blank, Page, Section } from "@lingqu/ui";

import { useCan } from "../../../lib/access";
import { useListState } from "../../../lib/list-state";
import { useMe } from "../../../lib/me";
import { Drop } from "../parts/drop";
import { History } from "../parts/history";
import { Result } from "../parts/result";
import { TargetChoice } from "../parts/target";
import { useImport } from "../parts/use-import";

/** SKUs and prices out of a spreadsheet: checked first, row by row, then kept. */
export function ImportsPage() {
  const { t } = useT("imports");
  const can = useCan();
  const me = useMe();
  const [state, setState] = useListState();
  const mayGoods = can("catalog.edit");
  const kind = state.kind === "prices" || !mayGoods ? "prices" : "skus";
  const isOwnBrand = kind === "skus" && me.kind === "brand";
  const id = state.target ? Number(state.target) : isOwnBrand ? me.organization_id : undefined;
  const importing = useImport(id === undefined ? null : { kind, id });
  if (!mayGoods && !can("prices.edit")) return <Blank title={t("notYours")} />;
  return (
    <Page title={t("title")} about={t("about")}>
      <Section>
        <TargetChoice
          kind={kind}
          id={id}
          onKind={(chosen) => {
            importing.clear();
            setState({ kind: chosen, target: "" });
          }}
          onId={(chosen) => {
            importing.clear();
            setState({ target: String(chosen) });
          }}
        />
        <Drop isDisabled={id === undefined} onFile={(file) => void importing.open(file)} />
      </Section>
      {importing.file && (
        <Section title={t("result")}>
          <Result importing={importing} />
        </Section>
      )}
      {can("audit.see") && <History kind={kind} />}
    </Page>
  );
}
