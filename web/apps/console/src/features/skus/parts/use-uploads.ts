import { ProblemError } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { useState } from "react";

import { addPicture, storePicture } from "../api/pictures";

const MAX_MB = 12;
const MB = 1024 * 1024;

interface Upload {
  key: number;
  name: string;
  part: number;
  error?: unknown;
}

let drawn = 0;

/** Send pictures one after the other and show each for the SKU, so that they stand in the order they were chosen. */
export function useUploads(skuId: number, onAdded: () => unknown) {
  const { t } = useT("skus");
  const [uploads, setUploads] = useState<Upload[]>([]);
  const change = (key: number, changed: Partial<Upload>) => {
    setUploads((all) => all.map((one) => (one.key === key ? { ...one, ...changed } : one)));
  };
  const dismiss = (key: number) => {
    setUploads((all) => all.filter((one) => one.key !== key));
  };
  const send = async (key: number, file: File) => {
    try {
      // The server says the same, but only after all of it has travelled.
      if (file.size > MAX_MB * MB) throw tooLarge(t("picture.tooLarge", { max: MAX_MB }), file.name);
      const stored = await storePicture(file, (part) => {
        change(key, { part });
      });
      await addPicture(skuId, { file_id: stored.id });
      dismiss(key);
      await onAdded();
    } catch (error) {
      change(key, { error });
    }
  };
  const add = (files: File[]) => {
    const queued = files.map((file) => ({ file, upload: { key: (drawn += 1), name: file.name, part: 0 } }));
    setUploads((all) => [...all, ...queued.map(({ upload }) => upload)]);
    void (async () => {
      for (const { file, upload } of queued) await send(upload.key, file);
    })();
  };
  return {
    running: uploads.filter((one) => one.error === undefined),
    failed: uploads.filter((one) => one.error !== undefined),
    add,
    dismiss,
  };
}

function tooLarge(title: string, name: string): ProblemError {
  return new ProblemError({
    type: "about:blank",
    title,
    detail: name,
    status: 413,
    code: "files.too-large",
    trace_id: "",
  });
}
