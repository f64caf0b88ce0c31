import { usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { type Column, DataTable, formatPhone, Instant, Money, Page } from "@lingqu/ui";
import { Link, useNavigate } from "@tanstack/react-router";
import { Button, Segmented } from "antd";
import { useState } from "react";

import { useCan } from "../../../lib/access";
import { useListState } from "../../../lib/list-state";
import { useMe } from "../../../lib/me";
import { type Member, type MemberFilter, membersQuery } from "../api/members";
import { RegisterDialog } from "../parts/register-dialog";

/** Consumers who registered: found by name, pinyin, card or phone. */
export function MembersPage() {
  const { t } = useT("members");
  const me = useMe();
  const can = useCan();
  const navigate = useNavigate();
  const [{ view, q, ...state }, setState] = useListState();
  const [isRegistering, setRegistering] = useState(false);
  // Shops register members; who stands above them first sees those of all.
  const isShop = me.kind === "dealer";
  const isOwn = (view ?? (isShop ? "own" : "all")) === "own";
  const isPhone = /^[+\d][\d\s-]{6,}$/.test(q ?? "");
  const pages = usePages(
    membersQuery({
      ...(state as MemberFilter),
      ...(q ? (isPhone ? { phone: q } : { q }) : {}),
      ...(isOwn ? { organization_id: me.organization_id } : {}),
    }),
  );
  const columns: Column<Member>[] = [
    {
      key: "name",
      title: t("name"),
      sort: "name",
      phone: "title",
      render: (row) => (
        <Link to="/members/$memberId" params={{ memberId: row.id }} className="lq-link">
          {row.name}
        </Link>
      ),
    },
    { key: "phone", title: t("phone"), render: (row) => <span className="lq-number">{formatPhone(row.phone)}</span> },
    { key: "code", title: t("card"), render: (row) => <span className="lq-number">{row.code}</span> },
    {
      key: "points",
      title: t("points"),
      sort: "points",
      isNumber: true,
      phone: "aside",
      render: (row) => <Money minor={row.points} currency="PTS" tone="strong" />,
    },
    { key: "by", title: t("registeredBy"), phone: "none", render: (row) => row.registered_by_name },
    {
      key: "at",
      title: t("registeredAt"),
      sort: "registered_at",
      render: (row) => <Instant at={row.registered_at} />,
    },
  ];
  return (
    <Page
      title={t("title")}
      actions={
        can("members.edit") && (
          <Button
            type="primary"
            onClick={() => {
              setRegistering(true);
            }}
          >
            {t("register.title")}
          </Button>
        )
      }
    >
      <Segmented
        aria-label={t("view.label")}
        value={isOwn ? "own" : "all"}
        options={(["own", "all"] as const).map((value) => ({ value, label: t(`view.${value}`) }))}
        onChange={(chosen) => {
          setState({ view: chosen });
        }}
      />
      <DataTable
        label={t("title")}
        columns={columns}
        rowKey={(row) => row.id}
        pages={pages}
        onOpen={(row) => void navigate({ to: "/members/$memberId", params: { memberId: row.id } })}
        state={{ sort: "name", q, ...state }}
        onState={setState}
        search={t("search")}
        blank={{ title: t("blank"), hint: t("blankHint") }}
      />
      {isRegistering && (
        <RegisterDialog
          onClose={() => {
            setRegistering(false);
          }}
        />
      )}
    </Page>
  );
}
