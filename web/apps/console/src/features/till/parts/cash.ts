/** Notes that people pay with, in major units. */
const NOTES = [5, 10, 20, 50, 100];

/** What a customer may hand over for an amount: exactly that, or the next sum that whole notes make. */
export function likelyNotes(totalMinor: number, minorPerMajor: number): number[] {
  const sums = new Set([totalMinor]);
  for (const note of NOTES) {
    const size = note * minorPerMajor;
    sums.add(Math.ceil(totalMinor / size) * size);
  }
  return [...sums]
    .filter((sum) => sum > 0)
    .sort((a, b) => a - b)
    .slice(0, 4);
}

/** What goes back to the customer; null where less was handed over than is due, or nothing was said. */
export function changeDue(totalMinor: number, receivedMinor: number | null): number | null {
  return receivedMinor === null || receivedMinor < totalMinor ? null : receivedMinor - totalMinor;
}
