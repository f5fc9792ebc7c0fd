/** Returns the entries whose label contains each word of the text. Labels that begin with the text come first. */
export function matchEntries<Entry extends { readonly label: string }>(
  entries: readonly Entry[],
  text: string,
): readonly Entry[] {
  const wanted = text.trim().toLowerCase()
  const words = wanted.split(/\s+/)
  const found = entries.filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)))
  const first = (label: string): number => (label.toLowerCase().startsWith(wanted) ? 0 : 1)
  return found.toSorted((a, b) => first(a.label) - first(b.label))
}
