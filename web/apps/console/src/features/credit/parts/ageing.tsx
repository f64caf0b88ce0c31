import "./ageing.css";

import { useT } from "@lingqu/i18n";
import { Money } from "@lingqu/ui";

import type { Agreement } from "../api/agreements";
import { agesOf } from "./ages";

/** What is owed by age, as a bar and in numbers. */
export function Ageing({ agreement }: { agreement: Agreement }) {
  const { t } = useT("credit");
  const ages = agesOf(agreement);
  return (
    <>
      {agreement.owed_minor > 0 && (
        <div className="lq-ages-bar" aria-hidden="true">
          {ages.map(({ age, percent }) => (
            <span key={age} className={`lq-age-${age}`} style={{ width: `${percent}%` }} />
          ))}
        </div>
      )}
      <dl className="lq-ages">
        {ages.map(({ age, minor, percent }) => (
          <div key={age}>
            <dt>
              <span className={`lq-age-dot lq-age-${age}`} aria-hidden="true" /> {t(`age.${age}`)}
            </dt>
            <dd>
              <Money minor={minor} currency={agreement.currency} tone={minor ? "strong" : "soft"} />
              {minor > 0 && <span className="lq-soft lq-small"> {percent}%</span>}
            </dd>
          </div>
        ))}
      </dl>
      <p className="lq-soft lq-small">{t("ageHint")}</p>
    </>
  );
}
