import { useT } from "@lingqu/i18n";
import { Nothing, Quantity, Scroll, Section, Tag } from "@lingqu/ui";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Modal } from "antd";
import { useState } from "react";

import { useNames } from "../../../lib/names";
import { type Pack, type SKU, skuQuery } from "../api/sku";
import { AddPack } from "./add-pack";
import { EditPack } from "./edit-pack";

/** A SKU's packs: each an exact number of base units with a bar code of its own. */
export function Packs({ sku, canEdit }: { sku: SKU; canEdit: boolean }) {
  const { t } = useT("skus");
  const names = useNames();
  const queries = useQueryClient();
  const [open, setOpen] = useState<Pack | "new" | null>(null);
  const close = () => {
    setOpen(null);
    void queries.invalidateQueries({ queryKey: skuQuery(sku.id).queryKey });
  };
  return (
    <Section
      title={t("packs")}
      flush
      extra={
        canEdit && (
          <Button
            size="small"
            onClick={() => {
              setOpen("new");
            }}
          >
            {t("addPack")}
          </Button>
        )
      }
    >
      <Scroll label={t("packs")}>
        <table className="lq-table">
          <thead>
            <tr>
              <th scope="col">{t("pack")}</th>
              <th scope="col" className="lq-right">
                {t("holds")}
              </th>
              <th scope="col">{t("gtin")}</th>
              <th scope="col">{t("orderable")}</th>
              {canEdit && <th scope="col">{t("action")}</th>}
            </tr>
          </thead>
          <tbody>
            {(sku.packs ?? []).map((pack) => (
              <tr key={pack.id}>
                <td>
                  {names(pack.name_zh, pack.name_en)} <span className="lq-soft lq-small">{pack.code}</span>
                </td>
                <td className="lq-right">
                  <Quantity base={pack.units} unit={sku.base_unit} />
                </td>
                <td className="lq-number">{pack.gtin ?? <Nothing />}</td>
                <td>
                  <Tag tone={pack.is_orderable ? "good" : "neutral"}>{pack.is_orderable ? t("yes") : t("no")}</Tag>
                </td>
                {canEdit && (
                  <td>
                    <Button
                      size="small"
                      onClick={() => {
                        setOpen(pack);
                      }}
                    >
                      {t("edit")}
                    </Button>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {open !== null && (
        <Modal open footer={null} title={open === "new" ? t("addPack") : t("editPack")} onCancel={close}>
          {open === "new" ? <AddPack sku={sku} onClose={close} /> : <EditPack sku={sku} pack={open} onClose={close} />}
        </Modal>
      )}
    </Section>
  );
}
