import type { Part, Transfer, TransferLine } from "../api/transfers";

export type Step = "ship" | "receive" | "close" | "cancel";

/** How much of a line a step may take at most. */
export function mostOf(line: TransferLine, step: "ship" | "receive"): number {
  return step === "ship" ? line.quantity - line.shipped : line.in_transit;
}

/** What can be done now: what the state allows and there is something left for. */
export function possibleSteps(transfer: Transfer): Step[] {
  const lines = transfer.lines ?? [];
  const allows = new Set(transfer.steps ?? []);
  const steps: Step[] = [];
  if (allows.has("ship") && lines.some((line) => mostOf(line, "ship") > 0)) steps.push("ship");
  if (allows.has("receive") && lines.some((line) => line.in_transit > 0)) steps.push("receive");
  if (allows.has("close")) steps.push("close");
  if (allows.has("cancel")) steps.push("cancel");
  return steps;
}

/** What was chosen, as the API asks for it: lines with nothing are left out. */
export function partsOf(amounts: Record<string, number | null>): Part[] {
  return Object.entries(amounts).flatMap(([line, quantity]) => (quantity ? [{ line_no: Number(line), quantity }] : []));
}
