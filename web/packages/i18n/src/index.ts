import i18next, { type i18n } from "i18next";
import { initReactI18next, useTranslation } from "react-i18next";

import type zh from "./zh";

/** Languages the product speaks; the first is the default. */
export const LANGUAGES = ["zh-CN", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Every text, by namespace; Chinese says which keys there are. */
export type Catalogue = typeof zh;

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: Catalogue;
  }
}

/** The texts of one namespace; those of `common`, `shell` and `ledger` are reached by their prefix. */
export function useT<Namespace extends keyof Catalogue = "common">(namespace?: Namespace) {
  return useTranslation<[Namespace, "common", "shell", "ledger"]>([
    namespace ?? ("common" as Namespace),
    "common",
    "shell",
    "ledger",
  ]);
}

const STORED = "lingqu.language";

/** The language chosen on this device, else Chinese. */
export function storedLanguage(): Language {
  return localStorage.getItem(STORED) === "en" ? "en" : "zh-CN";
}

async function texts(language: Language): Promise<Record<string, object>> {
  return language === "en" ? (await import("./en")).default : (await import("./zh")).default;
}

/** Start with one language; the other is fetched when somebody switches. */
export async function startTexts(language: Language): Promise<i18n> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    defaultNS: "common",
    resources: { [language]: await texts(language) },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = language;
  return i18next;
}

/** Switch the whole console, now and at the next visit on this device. */
export async function switchLanguage(language: Language): Promise<void> {
  const found = await texts(language);
  for (const [namespace, entries] of Object.entries(found)) {
    i18next.addResourceBundle(language, namespace, entries, true, true);
  }
  localStorage.setItem(STORED, language);
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}

/** The language in use. */
export function currentLanguage(): Language {
  return i18next.language === "en" ? "en" : "zh-CN";
}
