import common from "./common.json";
import session from "./session.json";

export default { common, session };
