import { currentLanguage, switchLanguage, useT } from "@lingqu/i18n";
import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";

/** One press to the other language; what the server wrote in the old one is read again. */
export function LanguageSwitch() {
  // Drawn again when the language changes.
  useT();
  const queries = useQueryClient();
  const other = currentLanguage() === "en" ? "zh-CN" : "en";
  const flip = async () => {
    await switchLanguage(other);
    await queries.invalidateQueries();
  };
  // Each language is named in itself, so that whoever cannot read this page finds the way out.
  return (
    <Button type="text" lang={other} onClick={() => void flip()}>
      {other === "en" ? "English" : "\u4e2d\u6587"}
    </Button>
  );
}
