import type { Entry } from "./menu";
import type { PlaceName } from "./places";

/** Other words for a place: its pinyin, syllable by syllable, and what else people call it. */
const WORDS: Record<PlaceName, string> = {
  home: "shou ye, start",
  approvals: "dai ban shen pi, to do",
  shop: "ding huo, buy, cart, order",
  baskets: "cai gou dan, purchase",
  till: "shou yin tai, pos, counter",
  sales: "xiao shou ji lu, slip, refund",
  members: "hui yuan, customer, points",
  orders: "ding dan",
  backOrders: "qian huo deng dai, back order",
  heldOrders: "gua qi ding dan, hold",
  returns: "tui huo, give back",
  standing: "zhou qi ding dan, repeat",
  skus: "shang pin, sku, product",
  prices: "jia ge, price list",
  imports: "dao ru, csv",
  stock: "ku cun, inventory, lot",
  counts: "pan dian, stocktake",
  transfers: "diao bo",
  routing: "xun yuan xuan cang, warehouse",
  ledger: "wang lai zhang, balance, account",
  credit: "shou xin, limit",
  payments: "zai xian zhi fu, pay",
  organizations: "qu dao wang luo, company, dealer, distributor",
  links: "gong huo guan xi, grant",
  territories: "pian qu, region, county",
  users: "yong hu, role, invite, people",
  approvalRules: "shen pi gui ze",
  webhooks: "xi tong dui jie, api, partner",
  audit: "cao zuo ri zhi, log, history",
};

/** How well what was typed names a place: 0 best, null not at all. */
function rank({ name, label }: Entry, typed: string): number | null {
  const shown = label.toLowerCase();
  if (shown.startsWith(typed)) return 0;
  if (shown.includes(typed)) return 1;
  for (const words of WORDS[name].split(", ")) {
    const initials = words
      .split(" ")
      .map((word) => word.charAt(0))
      .join("");
    if (words.replaceAll(" ", "").startsWith(typed) || words.startsWith(typed)) return 2;
    if (initials.length > 1 && initials.includes(typed)) return initials.startsWith(typed) ? 2 : 3;
  }
  return null;
}

/** The places that what was typed names: by label, pinyin, its initials, another word; the best first. */
export function findPlaces(entries: Entry[], typed: string): Entry[] {
  const wanted = typed.trim().toLowerCase();
  return entries
    .map((entry) => ({ entry, rank: rank(entry, wanted) }))
    .filter((one) => one.rank !== null)
    .sort((one, other) => (one.rank ?? 0) - (other.rank ?? 0))
    .map(({ entry }) => entry);
}
