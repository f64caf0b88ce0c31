import { asProblem, type Problem } from "@lingqu/api";
import type { FormInstance } from "antd";
import { useCallback, useState } from "react";

/** Names of a form field as antd writes them: "/lines/0/packs" is ["lines", 0, "packs"]. */
function nameOf(path: string): (string | number)[] {
  return path
    .split("/")
    .slice(1)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

export interface FormProblem {
  problem: Problem | null;
  /** Paths of the errors that stand on a field already. */
  shown: ReadonlySet<string>;
  show: (error: unknown) => void;
  clear: () => void;
}

/** Put a refusal where the person looks: each field's error on its field, the rest above the form. */
export function useFormProblem(form: FormInstance): FormProblem {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [shown, setShown] = useState<ReadonlySet<string>>(new Set());
  const show = useCallback(
    (error: unknown) => {
      const found = asProblem(error);
      const placed = new Set<string>();
      for (const wrong of found.errors ?? []) {
        const name = nameOf(wrong.path);
        if (name.length === 0 || !form.getFieldInstance(name)) continue;
        form.setFields([{ name, errors: [wrong.message] }]);
        placed.add(wrong.path);
      }
      setShown(placed);
      setProblem(found);
    },
    [form],
  );
  const clear = useCallback(() => {
    setProblem(null);
    setShown(new Set());
  }, []);
  return { problem, shown, show, clear };
}
