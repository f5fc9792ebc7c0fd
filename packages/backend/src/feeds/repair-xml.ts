import { textOfHtml } from './html-text.ts'

const CDATA = '<![CDATA['
const CDATA_END = ']]>'
const LONGEST_ENTITY = 34
const XML_ENTITIES = new Set(['amp', 'lt', 'gt', 'quot', 'apos'])

/**
 * Mends what people write into XML by hand: a bare "&" in a street's name, an HTML entity that XML does not have. Either would
 * make an XML parser take the tags after it for text, and lose the objects that they hold. Pieces may be cut anywhere.
 */
export function createXmlMender(): { push(text: string): string; end(): string } {
  let rest = ''
  let inCdata = false

  function mend(text: string, last: boolean): string {
    let all = rest + text
    let mended = ''
    rest = ''
    while (all !== '') {
      const at = inCdata ? all.indexOf(CDATA_END) : all.search(/&|<!\[CDATA\[/)
      if (at < 0) {
        const keep = last ? 0 : heldBack(all, inCdata ? CDATA_END : CDATA)
        rest = all.slice(all.length - keep)
        return mended + all.slice(0, all.length - keep)
      }
      const isEntity = !inCdata && all[at] === '&'
      if (isEntity && !last && all.length - at < LONGEST_ENTITY) {
        rest = all.slice(at)
        return mended + all.slice(0, at)
      }
      const marker = isEntity
        ? (/^&(?:#\d+|#x[\da-f]+|\w+);/i.exec(all.slice(at, at + LONGEST_ENTITY))?.[0] ?? '&')
        : null
      const length = marker?.length ?? (inCdata ? CDATA_END : CDATA).length
      mended += all.slice(0, at) + (marker === null ? all.slice(at, at + length) : entity(marker))
      if (marker === null) inCdata = !inCdata
      all = all.slice(at + length)
    }
    return mended
  }

  return { push: (text) => mend(text, false), end: () => mend('', true) }
}

/** Characters at the end that may be the beginning of the marker. */
function heldBack(text: string, marker: string): number {
  for (let length = marker.length - 1; length > 0; length--) if (text.endsWith(marker.slice(0, length))) return length
  return 0
}

function entity(written: string): string {
  const name = written.slice(1, -1)
  if (name.startsWith('#') || XML_ENTITIES.has(name)) return written
  const meant = name === 'nbsp' ? ' ' : textOfHtml(written)
  return meant.startsWith('&') ? `&amp;${written.slice(1)}` : meant
}
