import approvals from "./approvals.json";
import audit from "./audit.json";
import counts from "./counts.json";
import credit from "./credit.json";
import home from "./home.json";
import imports from "./imports.json";
import ledger from "./ledger.json";
import links from "./links.json";
import members from "./members.json";
import network from "./network.json";
import notices from "./notices.json";
import orders from "./orders.json";
import payments from "./payments.json";
import prices from "./prices.json";
import profile from "./profile.json";
import returns from "./returns.json";
import roles from "./roles.json";
import routing from "./routing.json";
import shell from "./shell.json";
import shop from "./shop.json";
import skus from "./skus.json";
import standing from "./standing.json";
import stock from "./stock.json";
import territories from "./territories.json";
import till from "./till.json";
import transfers from "./transfers.json";
import users from "./users.json";
import webhooks from "./webhooks.json";

export default {
  approvals,
  audit,
  counts,
  credit,
  home,
  imports,
  ledger,
  links,
  members,
  network,
  notices,
  orders,
  payments,
  prices,
  profile,
  returns,
  roles,
  routing,
  shell,
  shop,
  skus,
  standing,
  stock,
  territories,
  till,
  transfers,
  users,
  webhooks,
};
