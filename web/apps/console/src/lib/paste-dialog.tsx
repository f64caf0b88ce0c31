import { asProblem } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { ProblemAlert, usePhone } from "@lingqu/ui";
import { useMutation } from "@tanstack/react-query";
import { Input, Modal } from "antd";
import { useId, useState } from "react";

import { readText } from "./read-text";

const MOST = 500_000;

/** Paste rows out of a spreadsheet, or choose a CSV file, and have them read. `words`: whose texts it speaks. */
export function PasteDialog<Answer>({
  words,
  read,
  onRead,
  onClose,
}: {
  words: "shop" | "returns";
  read: (text: string) => Promise<Answer>;
  onRead: (answer: Answer) => void;
  onClose: () => void;
}) {
  const { t } = useT(words);
  const isPhone = usePhone();
  const id = useId();
  const [text, setText] = useState("");
  const reading = useMutation({
    mutationFn: () => read(text),
    onSuccess: (answer) => {
      onRead(answer);
      onClose();
    },
  });
  return (
    <Modal
      open
      title={t("paste.title")}
      width={isPhone ? "100%" : 640}
      okText={t("paste.submit")}
      cancelText={t("common:cancel")}
      okButtonProps={{ loading: reading.isPending, disabled: text.trim() === "" }}
      onOk={() => {
        reading.mutate();
      }}
      onCancel={onClose}
    >
      {reading.error && <ProblemAlert problem={asProblem(reading.error)} />}
      <p id={`${id}-hint`} className="lq-soft">
        {t("paste.hint")}
      </p>
      <Input.TextArea
        aria-label={t("paste.rows")}
        aria-describedby={`${id}-hint`}
        rows={10}
        maxLength={MOST}
        placeholder={t("paste.example")}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
        }}
      />
      <label className="lq-file">
        <span>{t("paste.file")}</span>
        <input
          type="file"
          accept=".csv,.txt,text/csv,text/plain"
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file) void readText(file).then(setText);
          }}
        />
      </label>
    </Modal>
  );
}
