import common from "./common.json";
import shell from "./shell.json";

export default { common, shell };
