import type { XmlElement } from '#formats/xml/xml-records.ts'
import { textAt } from '#formats/xml/xml-records.ts'
import { readTime, timeRules } from '#time/feed-time.ts'
import { readingRow } from './reading.ts'
import { isAllMotorcycles, type Standard } from './standard.ts'

export const RSS_RECORDS: ReadonlySet<string> = new Set(['item'])

/**
 * RSS of parking guidance systems, the origin of ParkAPI v1: "open /   28" per car park, without a position. Its
 * figures are for cars unless the profile states otherwise. Its zones come from another source.
 */
export const guidanceRss: Standard<XmlElement> = {
  label: 'Parking guidance RSS',
  recognises: (record) => record.name === 'item',
  where: (record) => textAt(record, 'title'),
  zones: () => [],
  readings(record, { profile, at }) {
    if (!isAllMotorcycles(profile)) return []
    const guid = textAt(record, 'guid') ?? textAt(record, 'link') ?? ''
    const [, word = '', free] = /^(\w+)(?:\s*\/\s*(-?\d+))?/.exec(textAt(record, 'description') ?? '') ?? []
    const time = readTime(textAt(record, 'date') ?? textAt(record, 'pubDate'), timeRules(profile))
    const closed = /^closed/i.test(word) ? true : /^open/i.test(word) ? false : null
    const ref = /[?&]pid=([^&]+)/.exec(guid)?.[1] ?? guid
    return [readingRow({ ref, free: free ?? null, closed, at: time ?? at }, textAt(record, 'title') ?? 'an item')]
  },
}
