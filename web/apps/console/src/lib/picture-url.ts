/** Where a picture's bytes lie; the address never gives another picture, so the browser keeps what it gave. */
export function pictureURL(id: number, size: "small" | "full"): string {
  return `/api/v1/pictures/${id}/content?size=${size}`;
}

/** The small picture of goods, if they have one. */
export function thumbURL(id: number | null | undefined): string | null {
  return id == null ? null : pictureURL(id, "small");
}
