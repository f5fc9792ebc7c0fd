import type { FeedFile } from '#files/feed-file.ts'
import type { Encoding } from '#files/text-encoding.ts'
import { type XmlElement, xmlRecords } from '#formats/xml/xml-records.ts'
import type { Profile } from '#profiles/profile-schema.ts'
import { datex2, DATEX_RECORDS } from '#standards/datex2.ts'
import { guidanceRss, RSS_RECORDS } from '#standards/guidance-rss.ts'
import { type Records, standardItems, standardReadings, withOwnFields } from '#standards/standard-rows.ts'
import { readTime, timeRules } from '#time/feed-time.ts'
import type { FormatReader } from './format-reader.ts'

const PUBLISHED = /<(?:\w+:)?(?:publicationTime|lastBuildDate)>([^<]{1,60})</

/** XML that is one of the standards: DATEX II, or the RSS of a guidance system. */
export function xmlFormatReader(file: FeedFile, encoding: Encoding, kind: 'datex2' | 'rss'): FormatReader {
  const standard = kind === 'datex2' ? datex2 : guidanceRss
  const names = kind === 'datex2' ? DATEX_RECORDS : RSS_RECORDS
  const records = (profile: Profile): Records<XmlElement> => recordsOf(file, encoding, names, profile)
  return {
    format: kind === 'datex2' ? 'datex2' : 'parkapi',
    label: standard.label,
    crs: null,
    madeAt: PUBLISHED.exec(new TextDecoder(encoding).decode(file.head))?.[1] ?? null,
    items: (profile) => standardItems(standard, records(profile), profile),
    readings: (profile) => standardReadings(standard, records(profile), profile),
    prepare: withOwnFields,
  }
}

async function* recordsOf(
  file: FeedFile,
  encoding: Encoding,
  names: ReadonlySet<string>,
  profile: Profile,
): Records<XmlElement> {
  let number = 0
  for await (const piece of xmlRecords(file, encoding, names)) {
    if ('end' in piece) yield piece
    else if ('header' in piece) {
      const { name, text } = piece.header
      if (name === 'publicationTime') yield { at: readTime(text, timeRules(profile)) }
    } else {
      number += 1
      yield { record: piece.record, where: `record ${number} (line ${piece.line})` }
    }
  }
}
