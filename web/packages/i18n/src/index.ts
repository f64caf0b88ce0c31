import i18next, { type i18n } from "i18next";
import { initReactI18next, useTranslation } from "react-i18next";

import type door from "./zh";
import type house from "./zh/house";

/** Languages the product speaks; the first is the default. */
export const LANGUAGES = ["zh-CN", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Every text, by namespace; Chinese says which keys there are. */
export type Catalogue = typeof door & typeof house;

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

/** What is said at the door, before anybody is known: the first page waits for no more. */
async function doorTexts(language: Language): Promise<Record<string, object>> {
  return language === "en" ? (await import("./en")).default : (await import("./zh")).default;
}

/** What is said behind the door. */
async function houseTexts(language: Language): Promise<Record<string, object>> {
  return language === "en" ? (await import("./en/house")).default : (await import("./zh/house")).default;
}

let isInside = false;

function add(language: Language, texts: Record<string, object>): void {
  for (const [namespace, entries] of Object.entries(texts)) {
    i18next.addResourceBundle(language, namespace, entries, true, true);
  }
}

/** Start with the door's texts of one language; the rest is fetched by `enterHouse`, the other language by a switch. */
export async function startTexts(language: Language): Promise<i18n> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    defaultNS: "common",
    resources: { [language]: await doorTexts(language) },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = language;
  return i18next;
}

/** Fetch what is said behind the door; nothing there may be drawn before. Safe to repeat. */
export async function enterHouse(): Promise<void> {
  const language = currentLanguage();
  if (!i18next.hasResourceBundle(language, "shell")) add(language, await houseTexts(language));
  isInside = true;
}

/** Switch the whole console, now and at the next visit on this device. */
export async function switchLanguage(language: Language): Promise<void> {
  const [door, house] = await Promise.all([doorTexts(language), isInside ? houseTexts(language) : {}]);
  add(language, { ...door, ...house });
  localStorage.setItem(STORED, language);
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}

/** The language in use. */
export function currentLanguage(): Language {
  return i18next.language === "en" ? "en" : "zh-CN";
}
