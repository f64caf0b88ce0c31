import { newKey } from "@lingqu/api";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { importFile, previewFile, type Target } from "../api/imports";
import { decode } from "./rows";

export interface TextFile {
  name: string;
  text: string;
}

export type Importing = ReturnType<typeof useImport>;

/** A file on its way in: read here, checked by the server without keeping anything, then kept whole. */
export function useImport(target: Target | null) {
  const queries = useQueryClient();
  const [file, setFile] = useState<TextFile | null>(null);
  const [key, setKey] = useState(newKey);
  const checking = useMutation({
    mutationFn: (text: string) => {
      if (!target) throw new Error("no target");
      return previewFile(target, text);
    },
  });
  const sending = useMutation({
    mutationFn: (text: string) => {
      if (!target || !file) throw new Error("no file");
      return importFile(target, text, file.name, key);
    },
    onSuccess: () => queries.invalidateQueries(),
    // What was refused changed nothing; the next attempt may be another file.
    onError: () => {
      setKey(newKey());
    },
  });
  const clear = () => {
    setFile(null);
    setKey(newKey());
    checking.reset();
    sending.reset();
  };
  return {
    file,
    preview: checking.data,
    checking,
    sending,
    clear,
    open: async (chosen: File) => {
      clear();
      const text = decode(await chosen.arrayBuffer());
      setFile({ name: chosen.name, text });
      checking.mutate(text);
    },
    check: () => {
      if (file) checking.mutate(file.text);
    },
    send: (text: string) => {
      sending.mutate(text);
    },
  };
}
