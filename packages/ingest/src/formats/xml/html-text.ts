const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
}

/** The text of a piece of HTML: without tags, entities decoded, whitespace collapsed. */
export function textOfHtml(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi, (whole, decimal, hex, name) => {
      if (typeof name === 'string') return NAMED[name.toLowerCase()] ?? whole
      const code = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16)
      return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : ''
    })
    .replaceAll(/\s+/g, ' ')
    .trim()
}

/**
 * Names and values in a description: the rows of two cells of an HTML table, or lines like "Places: 12" between breaks.
 * Of a repeated name the first counts.
 */
export function pairsOfHtml(html: string): Record<string, string> {
  const pairs: Record<string, string> = {}
  const add = (name: string, value: string): void => {
    if (name !== '' && !Object.hasOwn(pairs, name)) pairs[name] = value
  }
  if (/<t[dh]\b/i.test(html)) {
    for (const [, row] of html.matchAll(/<tr\b[^>]*>([\s\S]*?)(?=<\/tr>|<tr\b|$)/gi)) {
      const cells = [...(row ?? '').matchAll(/<t[dh]\b[^>]*>([\s\S]*?)(?=<\/t[dh]>|<t[dh]\b|$)/gi)]
      const [name, value] = cells.map((cell) => textOfHtml(cell[1] ?? ''))
      if (cells.length === 2 && name !== undefined && value !== undefined) add(name, value)
    }
    return pairs
  }
  for (const line of html.split(/<br\b[^>]*>|<\/(?:p|li|div)>|\n/i)) {
    const [, name, value] = /^([^:]{1,60}):\s*(.*)$/.exec(textOfHtml(line)) ?? []
    if (name !== undefined && value !== undefined) add(name.trim(), value)
  }
  return pairs
}
