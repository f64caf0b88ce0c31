import { useT } from "@lingqu/i18n";
import { Alert, Button } from "antd";

import { useNames } from "../../../lib/names";
import type { LeftOut } from "../api/baskets";
import type { BasketLine, Filling } from "./use-filling";

/** What went into the cart and what did not: each row with its number and reason, and what is sold instead. */
export function Filled({ filling }: { filling: Filling }) {
  const { t } = useT("shop");
  const { basket, takeInstead, putAside } = filling;
  if (!basket) return null;
  const isWhole = basket.left_out.length === 0;
  return (
    <Alert
      className="lq-problem"
      type={isWhole ? "success" : "warning"}
      role="status"
      showIcon
      closable={{ onClose: putAside, "aria-label": t("common:close") }}
      title={t("filled.title", { count: basket.lines.length })}
      description={
        !isWhole && (
          <>
            <p>{t("filled.left", { count: basket.left_out.length })}</p>
            <ul className="lq-left-out">
              {basket.left_out.map((one) => (
                <Left key={one.row} one={one} onTake={takeInstead} />
              ))}
            </ul>
          </>
        )
      }
    />
  );
}

function Left({ one, onTake }: { one: LeftOut; onTake: (row: number, line: BasketLine) => void }) {
  const { t, i18n } = useT("shop");
  const names = useNames();
  const { instead } = one;
  return (
    <li>
      <span className="lq-strong">{t("filled.row", { row: one.row })}</span>{" "}
      {names(one.name_zh, one.name_en) || one.text}
      {": "}
      {i18n.language === "en" ? one.words.en : one.words.zh}
      {instead && (
        <Button
          size="small"
          onClick={() => {
            onTake(one.row, instead);
          }}
        >
          {t("filled.instead", {
            name: names(instead.name_zh, instead.name_en),
            packs: instead.packs,
            pack: names(instead.pack_name_zh, instead.pack_name_en),
          })}
        </Button>
      )}
    </li>
  );
}
