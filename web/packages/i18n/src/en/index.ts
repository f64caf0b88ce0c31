import type { Catalogue } from "../index";
import common from "./common.json";
import shell from "./shell.json";

const en: Catalogue = { common, shell };
export default en;
