import common from "./common.json";
import home from "./home.json";
import profile from "./profile.json";
import session from "./session.json";
import shell from "./shell.json";

export default { common, home, profile, session, shell };
