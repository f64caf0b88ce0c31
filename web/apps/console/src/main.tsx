import { answerIn } from "@lingqu/api";
import { startTexts, storedLanguage } from "@lingqu/i18n";
import { createRoot } from "react-dom/client";

import { App } from "./app/app";

async function start(): Promise<void> {
  const texts = await startTexts(storedLanguage());
  answerIn(texts.language);
  texts.on("languageChanged", answerIn);
  const root = document.getElementById("root");
  if (!root) throw new Error("the page has no root element");
  createRoot(root).render(<App />);
}

void start();
