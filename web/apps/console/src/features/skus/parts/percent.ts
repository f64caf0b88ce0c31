/** Write parts per million as per cent: 130000 is 13 %. */
export function percent(ppm: number, language: string): string {
  return new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 2 }).format(ppm / 1_000_000);
}
