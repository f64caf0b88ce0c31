import type { Problem } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { Quantity } from "@lingqu/ui";
import { Alert, Button } from "antd";

import { useNames } from "../../../lib/names";
import type { ShortagePolicy } from "../api/place";
import type { CartLine } from "./cart-store";

interface Props {
  problem: Problem;
  lines: CartLine[];
  isPlacing: boolean;
  onPlace: (policy: ShortagePolicy) => void;
}

/** Some lines are short: which, how much is free, and one press to go on with what there is. */
export function Shortage({ problem, lines, isPlacing, onPlace }: Props) {
  const { t } = useT("shop");
  const names = useNames();
  const short = (problem.errors ?? []).flatMap((error) => {
    const line = lines[Number(error.facts?.line_no) - 1];
    return line ? [{ line, asked: Number(error.facts?.asked), free: Number(error.facts?.free) }] : [];
  });
  const isAnyFree = short.some(({ free }) => free > 0) || short.length < lines.length;
  return (
    <Alert
      className="lq-problem"
      type="warning"
      role="alert"
      showIcon
      title={problem.title}
      description={
        <>
          <ul>
            {short.map(({ line, asked, free }) => {
              const pack = { units: line.units, name: names(line.pack_name_zh, line.pack_name_en) };
              return (
                <li key={line.pack_id}>
                  {names(line.name_zh, line.name_en)}: {t("short.asked")}{" "}
                  <Quantity base={asked} unit={t("units")} pack={pack} />, {t("short.free")}{" "}
                  <strong>
                    <Quantity base={free} unit={t("units")} pack={pack} />
                  </strong>
                </li>
              );
            })}
          </ul>
          <div className="lq-row">
            {isAnyFree && (
              <Button
                type="primary"
                loading={isPlacing}
                onClick={() => {
                  onPlace("take-free");
                }}
              >
                {t("short.takeFree")}
              </Button>
            )}
            <Button
              disabled={isPlacing}
              onClick={() => {
                onPlace("back-order");
              }}
            >
              {t("short.backOrder")}
            </Button>
          </div>
        </>
      }
    />
  );
}
