import { PAGE_FIGURES_PATH, type PageFigures } from '@kickstand/contract'

/** Where a page sends what it measured of itself, and the body, for `navigator.sendBeacon`. */
export function pageFiguresRequest(figures: PageFigures): { readonly path: string; readonly body: string } {
  return { path: PAGE_FIGURES_PATH, body: JSON.stringify(figures) }
}
