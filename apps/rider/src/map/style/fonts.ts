/** Without `glyphs` in the style, MapLibre uses local fonts and takes weight and slant from the first font name. */
export type Weight = 'Regular' | 'Medium' | 'Semibold' | 'Bold' | 'Italic'

/** The `text-font` of a label: a made-up name that sets the weight, then the page's font families. */
export function fontStack(families: readonly string[], weight: Weight): string[] {
  return [`Kickstand ${weight}`, ...families]
}

/** Splits a computed CSS `font-family` at its commas. Keeps quotes, because MapLibre puts the names back into CSS. */
export function familiesOf(fontFamily: string): string[] {
  const families = fontFamily
    .split(',')
    .map((family) => family.trim())
    .filter((family) => family !== '')
  return families.length > 0 ? families : ['sans-serif']
}
