import { InboxOutlined } from "@ant-design/icons";
import { useT } from "@lingqu/i18n";
import { Button } from "antd";
import { useRef, useState } from "react";

/** Where a file comes in: dropped or chosen. */
export function Drop({ isDisabled, onFile }: { isDisabled: boolean; onFile: (file: File) => void }) {
  const { t } = useT("imports");
  const [isOver, setOver] = useState(false);
  const chooser = useRef<HTMLInputElement>(null);
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file && !isDisabled) onFile(file);
  };
  return (
    <div
      className={isOver ? "lq-drop lq-drop-over" : "lq-drop"}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes("Files")) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => {
        setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
    >
      <input
        ref={chooser}
        type="file"
        hidden
        accept=".csv,text/csv"
        aria-label={t("choose")}
        onChange={(event) => {
          take(event.target.files);
          event.target.value = "";
        }}
      />
      <InboxOutlined aria-hidden className="lq-drop-icon" />
      <Button type="primary" disabled={isDisabled} onClick={() => chooser.current?.click()}>
        {t("choose")}
      </Button>
      <span className="lq-soft">{isDisabled ? t("chooseTarget") : t("dropHint")}</span>
    </div>
  );
}
