import "../parts/shop.css";

import { asProblem, usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { Blank, More, Page, ProblemAlert, Section } from "@lingqu/ui";
import { useMutation } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Button, Skeleton } from "antd";
import { useState } from "react";

import { useNames } from "../../../lib/names";
import { basketOfTemplate, type Template, templatesQuery } from "../api/templates";
import { EditList } from "../parts/edit-list";
import { Filled } from "../parts/filled";
import { LineName } from "../parts/list-lines";
import { useDeletion } from "../parts/use-deletion";
import { type Filling, useFilling } from "../parts/use-filling";

/** What this organization usually buys from one seller: lists that fill the cart with one press. */
export function ListsPage() {
  const { t } = useT("shop");
  const { sellerId } = useParams({ from: "/shell/shop/$sellerId/lists" });
  const pages = usePages(templatesQuery(sellerId));
  const filling = useFilling(sellerId);
  const deletion = useDeletion();
  return (
    <Page
      title={t("lists.title")}
      width="narrow"
      back={
        <Link to="/shop/$sellerId" params={{ sellerId }} className="lq-link">
          ← {t("goOn")}
        </Link>
      }
      actions={
        <Link to="/shop/$sellerId/cart" params={{ sellerId }} className="lq-link">
          {t("toCart")} →
        </Link>
      }
    >
      {pages.error && <ProblemAlert problem={asProblem(pages.error)} onRetry={pages.reload} />}
      {deletion.error && <ProblemAlert problem={asProblem(deletion.error)} />}
      <Filled filling={filling} />
      {pages.isLoading && <Skeleton active paragraph={{ rows: 4 }} />}
      {!pages.isLoading && !pages.error && pages.rows.length === 0 && (
        <Blank title={t("lists.none")} hint={t("lists.noneHint")} />
      )}
      <div className="lq-stack">
        {pages.rows.map((template) => (
          <KeptList key={template.id} template={template} filling={filling} onDelete={deletion.remove} />
        ))}
      </div>
      {pages.hasMore && <More key={pages.rows.length} isLoading={pages.isLoadingMore} onMore={pages.loadMore} />}
    </Page>
  );
}

function KeptList({
  template,
  filling,
  onDelete,
}: {
  template: Template;
  filling: Filling;
  onDelete: (template: Template) => void;
}) {
  const { t } = useT("shop");
  const names = useNames();
  const [isEditing, setEditing] = useState(false);
  const using = useMutation({ mutationFn: () => basketOfTemplate(template.id), onSuccess: filling.take });
  return (
    <Section
      title={template.name}
      extra={
        !isEditing && (
          <span className="lq-row">
            <Button
              type="text"
              size="small"
              aria-label={`${t("lists.edit")} ${template.name}`}
              onClick={() => {
                setEditing(true);
              }}
            >
              {t("lists.edit")}
            </Button>
            <Button
              type="text"
              size="small"
              aria-label={`${t("lists.delete")} ${template.name}`}
              onClick={() => {
                onDelete(template);
              }}
            >
              {t("lists.delete")}
            </Button>
          </span>
        )
      }
    >
      {isEditing ? (
        <EditList
          template={template}
          onClose={() => {
            setEditing(false);
          }}
        />
      ) : (
        <>
          {using.error && <ProblemAlert problem={asProblem(using.error)} />}
          <ul className="lq-cart-lines">
            {template.lines.map((line) => (
              <li key={line.pack_id} className="lq-list-line">
                <LineName line={line} />
                <span className="lq-number">
                  {line.packs} {names(line.pack_name_zh, line.pack_name_en)}
                </span>
              </li>
            ))}
          </ul>
          <div className="lq-row">
            <Button
              type="primary"
              loading={using.isPending}
              onClick={() => {
                using.mutate();
              }}
            >
              {t("lists.use")}
            </Button>
            <Link to="/standing/new/$templateId" params={{ templateId: template.id }} className="lq-link">
              {t("lists.standing")}
            </Link>
          </div>
        </>
      )}
    </Section>
  );
}
