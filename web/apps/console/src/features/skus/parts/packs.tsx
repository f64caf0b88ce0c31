import { useT } from "@lingqu/i18n";
import { type Column, Listing, Nothing, Quantity, Section, Tag } from "@lingqu/ui";
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
  const columns: Column<Pack>[] = [
    {
      key: "pack",
      title: t("pack"),
      phone: "title",
      render: (pack) => (
        <>
          {names(pack.name_zh, pack.name_en)} {canEdit && <span className="lq-soft lq-small">{pack.code}</span>}
        </>
      ),
    },
    {
      key: "holds",
      title: t("holds"),
      isNumber: true,
      phone: "aside",
      render: (pack) => <Quantity base={pack.units} unit={sku.base_unit} />,
    },
    {
      key: "gtin",
      title: t("gtin"),
      render: (pack) => (pack.gtin ? <span className="lq-number">{pack.gtin}</span> : <Nothing />),
    },
    {
      key: "orderable",
      title: t("orderable"),
      render: (pack) => (
        <Tag tone={pack.is_orderable ? "good" : "neutral"}>{pack.is_orderable ? t("yes") : t("no")}</Tag>
      ),
    },
    ...(canEdit
      ? [
          {
            key: "action",
            title: t("action"),
            phone: "aside" as const,
            render: (pack: Pack) => (
              <Button
                size="small"
                onClick={() => {
                  setOpen(pack);
                }}
              >
                {t("edit")}
              </Button>
            ),
          },
        ]
      : []),
  ];
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
      <Listing label={t("packs")} columns={columns} rows={sku.packs ?? []} rowKey={(pack) => pack.id} />
      {open !== null && (
        <Modal open footer={null} title={open === "new" ? t("addPack") : t("editPack")} onCancel={close}>
          {open === "new" ? <AddPack sku={sku} onClose={close} /> : <EditPack sku={sku} pack={open} onClose={close} />}
        </Modal>
      )}
    </Section>
  );
}
