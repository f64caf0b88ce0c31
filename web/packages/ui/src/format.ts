/** A pack as far as showing a quantity needs it. */
export interface PackOf {
  units: number;
  name: string;
}

/** Points of the members count like money and are no currency; they have no parts. */
export const POINTS = "PTS";

const formats = new Map<string, Intl.NumberFormat>();

function numberFormat(language: string, currency?: string): Intl.NumberFormat {
  const key = `${language} ${currency ?? ""}`;
  let found = formats.get(key);
  if (!found) {
    found = new Intl.NumberFormat(
      language,
      currency ? { style: "currency", currency, currencyDisplay: "narrowSymbol" } : {},
    );
    formats.set(key, found);
  }
  return found;
}

/** Decimal places of a currency: two for CNY, none for JPY. */
export function decimals(currency: string): number {
  if (currency === POINTS) return 0;
  return numberFormat("en", currency).resolvedOptions().maximumFractionDigits ?? 2;
}

/** Write minor units as people read them. */
export function formatMoney(minor: number, currency: string, language: string): string {
  if (currency === POINTS) return numberFormat(language).format(minor);
  return numberFormat(language, currency).format(minor / 10 ** decimals(currency));
}

/** Read what a person typed as an amount into minor units; null when it is not an amount of this currency. */
export function parseMoney(typed: string, currency: string): number | null {
  const bare = typed.replace(/[,\s¥$€]/g, "");
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(bare);
  if (!match) return null;
  const places = decimals(currency);
  const fraction = match[3] ?? "";
  if (fraction.length > places) return null;
  const minor = Number((match[2] ?? "") + fraction.padEnd(places, "0"));
  if (!Number.isSafeInteger(minor)) return null;
  return match[1] ? -minor : minor;
}

/** Write base units, in whole packs and the loose rest where a pack is given. */
export function formatQuantity(base: number, unit: string, pack: PackOf | undefined, language: string): string {
  const write = (count: number, name: string) => `${numberFormat(language).format(count)} ${name}`.trim();
  if (!pack || pack.units <= 1) return write(base, unit);
  const sign = base < 0 ? -1 : 1;
  const packs = Math.trunc(base / pack.units);
  const rest = Math.abs(base % pack.units);
  if (rest === 0) return write(packs, pack.name);
  if (packs === 0) return write(sign * rest, unit);
  return `${write(packs, pack.name)} + ${write(rest, unit)}`;
}

/** Write a phone number as it is dialled at home: a Chinese mobile number in three groups, another as it is. */
export function formatPhone(phone: string): string {
  const mobile = /^\+86(1\d{2})(\d{4})(\d{4})$/.exec(phone);
  return mobile ? mobile.slice(1).join(" ") : phone;
}

/** Write an instant in the reader's own time zone. */
export function formatInstant(instant: string, language: string): string {
  const date = new Date(instant);
  const isThisYear = date.getFullYear() === new Date().getFullYear();
  return new Intl.DateTimeFormat(language, {
    ...(isThisYear ? {} : { year: "numeric" }),
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
  }).format(date);
}

/** Write a calendar date; dates carry no time zone. */
export function formatDay(day: string, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" }).format(
    new Date(`${day}T00:00:00Z`),
  );
}
