import type { Catalogue } from "../index";
import common from "./common.json";
import home from "./home.json";
import network from "./network.json";
import orders from "./orders.json";
import prices from "./prices.json";
import profile from "./profile.json";
import session from "./session.json";
import shell from "./shell.json";
import shop from "./shop.json";
import skus from "./skus.json";
import stock from "./stock.json";

const en: Catalogue = { common, home, network, orders, prices, profile, session, shell, shop, skus, stock };
export default en;
