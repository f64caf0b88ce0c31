import { asProblem } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { ProblemAlert, usePhone } from "@lingqu/ui";
import { useMutation } from "@tanstack/react-query";
import { Input, Modal } from "antd";
import { useId, useState } from "react";

import { type Basket, pasteRows } from "../api/baskets";
import { readText } from "../../../lib/read-text";

const MOST = 500_000;

/** Paste rows out of a spreadsheet, or choose a CSV file; what can be ordered goes into the cart. */
export function PasteDialog({
  seller,
  onFilled,
  onClose,
}: {
  seller: number;
  onFilled: (basket: Basket) => void;
  onClose: () => void;
}) {
  const { t } = useT("shop");
  const isPhone = usePhone();
  const id = useId();
  const [text, setText] = useState("");
  const reading = useMutation({
    mutationFn: () => pasteRows(seller, text),
    onSuccess: (basket) => {
      onFilled(basket);
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
