import { useT } from "@lingqu/i18n";
import { Facts, Nothing, Page, Section } from "@lingqu/ui";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";

import { useCan } from "../../../lib/access";
import { useMe } from "../../../lib/me";
import { useNames } from "../../../lib/names";
import { type SKU, skuQuery } from "../api/sku";
import { EditSKU } from "../parts/edit-sku";
import { Packs } from "../parts/packs";
import { percent } from "../parts/percent";
import { Pictures } from "../parts/pictures";
import { SKUState } from "../parts/status";
import { StatusActions } from "../parts/status-actions";

/** One SKU: what it is, its packs, its variants. */
export function SKUPage() {
  const { t } = useT("skus");
  const names = useNames();
  const can = useCan();
  const { skuId } = useParams({ from: "/shell/skus/$skuId" });
  const { data: sku } = useSuspenseQuery(skuQuery(skuId));
  const [isEditing, setEditing] = useState(false);
  const canEdit = can("catalog.edit");
  const me = useMe();
  const isOwn = me.is_operator || me.organization_id === sku.brand_id;
  return (
    <Page
      title={names(sku.name_zh, sku.name_en)}
      back={
        <Link to="/skus" className="lq-link">
          ← {t("title")}
        </Link>
      }
      tags={<SKUState status={sku.status} />}
      actions={
        canEdit &&
        !isEditing && (
          <>
            <StatusActions sku={sku} />
            <Button
              onClick={() => {
                setEditing(true);
              }}
            >
              {t("edit")}
            </Button>
          </>
        )
      }
    >
      <Section title={t("about")}>
        {isEditing ? (
          <EditSKU
            sku={sku}
            onClose={() => {
              setEditing(false);
            }}
          />
        ) : (
          <About sku={sku} />
        )}
      </Section>
      <Pictures sku={sku} canEdit={canEdit && isOwn} />
      <Packs sku={sku} canEdit={canEdit} />
      {sku.variants && sku.variants.length > 0 && (
        <Section title={t("variants")}>
          <ul className="lq-plain">
            {sku.variants.map((variant) => (
              <li key={variant.id}>
                <Link to="/skus/$skuId" params={{ skuId: variant.id }} className="lq-link">
                  {names(variant.name_zh, variant.name_en)}
                </Link>{" "}
                <span className="lq-soft">{variant.code}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </Page>
  );
}

function About({ sku }: { sku: SKU }) {
  const { t, i18n } = useT("skus");
  const traits = [
    sku.is_lot_tracked && t("trait.lots"),
    sku.is_serialised && t("trait.serials"),
    sku.is_weighed && t("trait.weighed"),
  ].filter(Boolean);
  return (
    <Facts
      items={[
        { label: t("code"), value: sku.code },
        { label: t("productCode"), value: sku.product_code },
        { label: t("nameZh"), value: sku.name_zh },
        { label: t("nameEn"), value: sku.name_en },
        { label: t("unit"), value: sku.base_unit },
        { label: t("tax"), value: percent(sku.tax_ppm, i18n.language) },
        {
          label: t("shelfLife"),
          value: sku.shelf_life_days == null ? <Nothing /> : t("days", { days: sku.shelf_life_days }),
        },
        { label: t("traits"), value: traits.length > 0 ? traits.join(" · ") : <Nothing /> },
        { label: t("weight"), value: sku.weight_g == null ? <Nothing /> : `${sku.weight_g} g` },
        { label: t("volume"), value: sku.volume_ml == null ? <Nothing /> : `${sku.volume_ml} ml` },
        ...Object.entries(sku.attributes).map(([label, value]) => ({ label, value })),
      ]}
    />
  );
}
