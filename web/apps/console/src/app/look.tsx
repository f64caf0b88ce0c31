import { useT } from "@lingqu/i18n";
import { theme, usePhone } from "@lingqu/ui";
import { ConfigProvider } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { type ReactNode, useMemo } from "react";

/** Theme and language of every control. */
export function Look({ children }: { children: ReactNode }) {
  const { i18n } = useT();
  const isPhone = usePhone();
  const look = useMemo(() => theme(isPhone), [isPhone]);
  return (
    <ConfigProvider theme={look} locale={i18n.language === "en" ? enUS : zhCN} button={{ autoInsertSpace: false }}>
      {children}
    </ConfigProvider>
  );
}
