import { textOfHtml } from './html-text.ts'

const CDATA = '<![CDATA['
const CDATA_END = ']]>'
const MAX_ENTITY_LENGTH = 34
const XML_ENTITIES = new Set(['amp', 'lt', 'gt', 'quot', 'apos'])

/**
 * Repairs common errors of hand-written XML: a bare "&" in a street's name, an HTML entity that XML does not have.
 * Either would make an XML parser take the tags after it as text, and lose their objects. The text may be split
 * anywhere.
 */
export function createXmlRepairer(): { push(text: string): string; end(): string } {
  let rest = ''
  let inCdata = false

  function repair(text: string, last: boolean): string {
    let all = rest + text
    let repaired = ''
    rest = ''
    while (all !== '') {
      const at = inCdata ? all.indexOf(CDATA_END) : all.search(/&|<!\[CDATA\[/)
      if (at < 0) {
        const keep = last ? 0 : heldBack(all, inCdata ? CDATA_END : CDATA)
        rest = all.slice(all.length - keep)
        return repaired + all.slice(0, all.length - keep)
      }
      const isEntity = !inCdata && all[at] === '&'
      if (isEntity && !last && all.length - at < MAX_ENTITY_LENGTH) {
        rest = all.slice(at)
        return repaired + all.slice(0, at)
      }
      const marker = isEntity
        ? (/^&(?:#\d+|#x[\da-f]+|\w+);/i.exec(all.slice(at, at + MAX_ENTITY_LENGTH))?.[0] ?? '&')
        : null
      const length = marker?.length ?? (inCdata ? CDATA_END : CDATA).length
      repaired += all.slice(0, at) + (marker === null ? all.slice(at, at + length) : entity(marker))
      if (marker === null) inCdata = !inCdata
      all = all.slice(at + length)
    }
    return repaired
  }

  return { push: (text) => repair(text, false), end: () => repair('', true) }
}

/** Length of the end of the text that may be the start of the marker. */
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
