export interface Step {
  id: number;
  name: string;
}

/** Read the way down the tree of regions out of the address; what is none is left out. */
export function pathOf(text: string | undefined): Step[] {
  return (text ?? "").split("~").flatMap((part) => {
    const [id, ...name] = part.split(":");
    return id && /^\d{1,9}$/.test(id) ? [{ id: Number(id), name: name.join(":") || id }] : [];
  });
}

/** Write the way down into the address. */
export function writePath(path: Step[]): string {
  return path.map((step) => `${step.id}:${step.name.replaceAll("~", "")}`).join("~");
}
