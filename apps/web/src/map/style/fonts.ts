/** MapLibre draws text with local fonts when a style has no `glyphs`, and reads weight and slant off the first name. */
export type Weight = 'Regular' | 'Medium' | 'Semibold' | 'Bold' | 'Italic'

/** The `text-font` of a label: a name no machine has, for the weight, then the page's own families. */
export function fontStack(families: readonly string[], weight: Weight): string[] {
  return [`Kickstand ${weight}`, ...families]
}

/** Splits a computed CSS `font-family` at its commas, quotes kept, for the engine puts them back into CSS as they are. */
export function familiesOf(fontFamily: string): string[] {
  const families = fontFamily
    .split(',')
    .map((family) => family.trim())
    .filter((family) => family !== '')
  return families.length > 0 ? families : ['sans-serif']
}
