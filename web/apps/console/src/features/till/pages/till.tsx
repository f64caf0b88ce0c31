import "../parts/till.css";

import { asProblem, usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { Blank, Money, Page, ProblemAlert, Section, usePhone } from "@lingqu/ui";
import { Link } from "@tanstack/react-router";
import { Button, type InputRef, Segmented } from "antd";
import { useRef, useState } from "react";

import { useCan } from "../../../lib/access";
import { useRested } from "../../../lib/use-rested";
import { QuotedLines } from "../../../lib/quoted-lines";
import { goodsQuery } from "../api/goods";
import { DonePanel } from "../parts/done";
import { Finder } from "../parts/finder";
import { Held } from "../parts/held";
import { MemberField } from "../parts/member-field";
import { Pay } from "../parts/pay";
import { packOf, Shelf } from "../parts/shelf";
import { addPacks, drop, empty, hold, resume, setMember, setPacks, type TillPack } from "../parts/till-state";
import { UnsentSales } from "../parts/unsent";
import { useCounterQuote } from "../parts/use-counter-quote";
import { useSelling } from "../parts/use-selling";
import { useTill } from "../parts/use-till";
import { useTillKeys } from "../parts/use-till-keys";

const PAUSE_MS = 200;

/** The counter: scan or find, see the price, take the money, give the change. */
export function TillPage() {
  const { t } = useT("till");
  const can = useCan();
  const isPhone = usePhone();
  const [till, change] = useTill();
  const selling = useSelling(till, change);
  const [typed, setTyped] = useState("");
  const words = useRested(typed.trim(), PAUSE_MS);
  const pages = usePages(goodsQuery(words));
  const [side, setSide] = useState<"shelf" | "basket">("shelf");
  const finder = useRef<InputRef>(null);
  const payButton = useRef<HTMLButtonElement>(null);
  const { open } = till;
  const { quote, isQuoting, error, retry } = useCounterQuote(open.lines);
  const count = open.lines.reduce((sum, line) => sum + line.packs, 0);
  const add = (pack: TillPack) => {
    selling.clearDone();
    change((before) => addPacks(before, pack));
  };
  const putAside = () => {
    change((before) => hold(before, new Date().toISOString()));
    finder.current?.focus();
  };
  useTillKeys({ finder, payButton, onHold: putAside });

  const basket = (
    <div className="lq-stack lq-till-side">
      {selling.done && open.lines.length === 0 ? (
        <DonePanel
          done={selling.done}
          onNext={() => {
            selling.clearDone();
            setSide("shelf");
            finder.current?.focus();
          }}
        />
      ) : (
        <Section
          title={t("basket.title", { count })}
          extra={
            (open.lines.length > 0 || open.member) && (
              <span className="lq-row">
                <Button size="small" onClick={putAside}>
                  {t("basket.hold")}
                </Button>
                <Button
                  size="small"
                  type="text"
                  onClick={() => {
                    change(empty);
                  }}
                >
                  {t("basket.empty")}
                </Button>
              </span>
            )
          }
        >
          {can("members.see") && (
            <MemberField
              member={open.member}
              onMember={(member) => {
                change((before) => setMember(before, member));
              }}
            />
          )}
          {open.lines.length === 0 && <Blank title={t("basket.blank")} hint={t("basket.blankHint")} />}
          {open.problem && <ProblemAlert problem={open.problem} />}
          {error && <ProblemAlert problem={asProblem(error)} onRetry={retry} />}
          <QuotedLines
            lines={open.lines}
            quote={quote}
            onPacks={(line, packs) => {
              change((before) => setPacks(before, line, packs));
            }}
          />
          {quote && open.lines.length > 0 && (
            <Pay basket={open} quote={quote} isQuoting={isQuoting} buttonRef={payButton} onSell={selling.sell} />
          )}
        </Section>
      )}
      <Held
        held={till.held}
        onResume={(index) => {
          selling.clearDone();
          change((before) => resume(before, index, new Date().toISOString()));
        }}
        onDrop={(index) => {
          change((before) => drop(before, index));
        }}
      />
    </div>
  );
  const shelf = (
    <div className="lq-stack">
      <Shelf
        pages={pages}
        isSearching={words !== ""}
        onPack={(pack) => {
          add(pack);
          setTyped("");
        }}
      />
      {isPhone && open.lines.length > 0 && (
        <button
          type="button"
          className="lq-till-bar"
          onClick={() => {
            setSide("basket");
          }}
        >
          <span>{t("basket.title", { count })}</span>
          <span className="lq-row">
            {quote && <Money minor={quote.total_minor} currency={quote.currency} tone="strong" />}
            <strong>{t("toPay")} →</strong>
          </span>
        </button>
      )}
    </div>
  );
  return (
    <Page
      title={t("title")}
      actions={
        <Link to="/till/sales" className="lq-link">
          {t("toSales")} →
        </Link>
      }
      about={!isPhone && t("keys")}
    >
      {selling.isWaiting && <UnsentSales unsent={till.unsent} isSending={selling.isSending} onSend={selling.sendAll} />}
      <Finder
        ref={finder}
        typed={typed}
        onTyped={setTyped}
        onPack={add}
        onMember={(member) => {
          const { id, name, code, points } = member;
          change((before) => setMember(before, { id, name, code, points }));
        }}
        onWords={async (asked) => {
          const { items } = await goodsQuery(asked).fetchPage(undefined, new AbortController().signal);
          const packs = items.flatMap((goods) => goods.packs.map((pack) => ({ goods, pack })));
          const [only] = packs;
          if (only && packs.length === 1) add(packOf(only.goods, only.pack));
          // Whoever scans on meanwhile is not disturbed.
          else if (only) setTyped((before) => before || asked);
          return only !== undefined;
        }}
      />
      {isPhone ? (
        <>
          <Segmented
            block
            aria-label={t("side.label")}
            value={side}
            options={[
              { value: "shelf", label: t("side.shelf") },
              { value: "basket", label: t("basket.title", { count }) },
            ]}
            onChange={setSide}
          />
          {side === "shelf" ? shelf : basket}
        </>
      ) : (
        <div className="lq-columns lq-till">
          {shelf}
          {basket}
        </div>
      )}
    </Page>
  );
}
