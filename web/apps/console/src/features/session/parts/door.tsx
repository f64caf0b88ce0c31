import "./door.css";

import type { ReactNode } from "react";

import { LanguageSwitch } from "../../../lib/language-switch";
import { Canal } from "./canal";

/** The frame of every page before sign-in. */
export function Door({ title, about, children }: { title: string; about: string; children: ReactNode }) {
  return (
    <div className="lq-door">
      <aside className="lq-door-art" aria-hidden="true">
        <Canal />
      </aside>
      <main className="lq-door-main">
        <div className="lq-door-language">
          <LanguageSwitch />
        </div>
        <div className="lq-door-form">
          <img src="/favicon.svg" alt="" width={44} height={44} />
          <h1>{title}</h1>
          <p className="lq-soft">{about}</p>
          {children}
        </div>
      </main>
    </div>
  );
}
