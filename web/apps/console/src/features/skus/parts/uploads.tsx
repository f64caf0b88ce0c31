import { CameraOutlined, PlusOutlined } from "@ant-design/icons";
import { asProblem } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { ProblemAlert, usePhone } from "@lingqu/ui";
import { Button, Progress } from "antd";
import { useRef, useState } from "react";

import { useUploads } from "./use-uploads";

const KINDS = "image/jpeg,image/png,image/webp";

/** Where pictures come in: dropped, chosen, or taken with the phone's camera, each with how far it is. */
export function Uploads({ skuId, isFirst, onAdded }: { skuId: number; isFirst: boolean; onAdded: () => unknown }) {
  const { t } = useT("skus");
  const isPhone = usePhone();
  const [isOver, setOver] = useState(false);
  const chooser = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const { running, failed, add, dismiss } = useUploads(skuId, onAdded);
  const field = (isCamera: boolean) => (
    <input
      ref={isCamera ? camera : chooser}
      type="file"
      hidden
      accept={KINDS}
      aria-label={t(isCamera ? "picture.photo" : "picture.choose")}
      {...(isCamera ? { capture: "environment" as const } : { multiple: true })}
      onChange={(event) => {
        add([...(event.target.files ?? [])]);
        event.target.value = "";
      }}
    />
  );
  return (
    <div
      className={isOver ? "lq-uploads lq-uploads-over" : "lq-uploads"}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes("Files")) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => {
        setOver(false);
      }}
      onDrop={(event) => {
        setOver(false);
        if (event.dataTransfer.files.length === 0) return;
        event.preventDefault();
        add([...event.dataTransfer.files]);
      }}
    >
      {isFirst && <p className="lq-strong">{t("picture.none")}</p>}
      <div className="lq-row">
        <Button icon={<PlusOutlined />} onClick={() => chooser.current?.click()}>
          {t("picture.choose")}
        </Button>
        {isPhone && (
          <Button icon={<CameraOutlined />} onClick={() => camera.current?.click()}>
            {t("picture.photo")}
          </Button>
        )}
        {field(false)}
        {field(true)}
      </div>
      <p className="lq-soft lq-small">{isPhone ? t("picture.rules") : `${t("picture.drop")} ${t("picture.rules")}`}</p>
      {running.map((one) => (
        <div key={one.key} className="lq-upload">
          <span className="lq-small">{one.name}</span>
          <Progress percent={Math.round(one.part * 100)} size="small" aria-label={one.name} />
        </div>
      ))}
      {failed.map((one) => (
        <ProblemAlert
          key={one.key}
          problem={asProblem(one.error)}
          action={
            <Button
              size="small"
              onClick={() => {
                dismiss(one.key);
              }}
            >
              {t("picture.dismiss")}
            </Button>
          }
        />
      ))}
    </div>
  );
}
