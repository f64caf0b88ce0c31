import { BellOutlined } from "@ant-design/icons";
import { useT } from "@lingqu/i18n";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Badge } from "antd";

import { unreadQuery } from "../api/notices";

/** How many notices wait, and the way to them. */
export function Bell() {
  const { t } = useT("notices");
  const count = useQuery(unreadQuery).data?.count ?? 0;
  return (
    <Link to="/notices" className="lq-bell">
      <span className="lq-hidden">{t("bell", { count })}</span>
      <Badge aria-hidden count={count} overflowCount={9} size="small" offset={[6, -2]}>
        <BellOutlined />
      </Badge>
    </Link>
  );
}
