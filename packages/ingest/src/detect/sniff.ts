import { clip } from '@kickstand/domain'
import type { FeedFile } from '#files/feed-file.ts'
import { incomplete, unreadable } from '#files/file-faults.ts'
import { encodingOfHead } from '#files/text-encoding.ts'

/** A file's type by its content. `json` covers all kinds that only the structure distinguishes. */
export type Sniffed = 'osm-pbf' | 'json' | 'json-lines' | 'kml' | 'datex2' | 'rss' | 'csv'

/** Starts each text of RFC 8142 sequences. */
const RECORD_SEPARATOR = '\u001E'

/**
 * Detects a file's type from its first bytes, regardless of its name. Throws `unreadable-file` for a type that cannot
 * be imported, with what it seems to be and what to do, and `incomplete-file` for a file that is truncated before its
 * first object.
 */
export function sniff(file: FeedFile): Sniffed {
  if (isPbf(file.head)) return 'osm-pbf'
  if (file.head[0] === 0x50 && file.head[1] === 0x4b) {
    throw unreadable(
      file,
      'is a zip archive (a KMZ, a shapefile or a spreadsheet). Unpack it and import the file inside',
    )
  }
  const encoding = encodingOfHead(file.head) ?? 'utf-8'
  const text = new TextDecoder(encoding).decode(file.head).trimStart()
  if (text.startsWith('<')) return sniffXml(file, text)
  if (/^[{[]/.test(text) || text.startsWith(RECORD_SEPARATOR)) return isJsonLines(text) ? 'json-lines' : 'json'
  if (/(?![\t\n\f\r])\p{Cc}/u.test(text.slice(0, 4096))) {
    throw unreadable(file, 'is a binary file of an unknown type. Expected OSM PBF, JSON, KML or CSV')
  }
  const header = text.split(/\r?\n|\r/, 1)[0] ?? ''
  if (/[,;\t|]/.test(header)) return 'csv'
  throw unreadable(file, 'is plain text without columns. Expected OSM PBF, Overpass JSON, GeoJSON, KML or CSV')
}

/** A PBF file starts with the length of a header that names its block "OSMHeader". */
function isPbf(head: Buffer): boolean {
  if (head.length < 16) return false
  const length = head.readUInt32BE(0)
  return length < 65_536 && head.subarray(4, 4 + Math.min(length, 64)).includes('OSMHeader')
}

function sniffXml(file: FeedFile, text: string): Sniffed {
  if (/^(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<(?:!doctype\s+html|html)\b/i.test(text)) {
    const overpass = overpassError(text)
    if (overpass !== null)
      throw incomplete(file, `is an error of Overpass, not data: "${overpass}". Query again later, or a smaller area`)
    throw unreadable(file, 'is a web page, not data, probably of an error or a login. Download it again')
  }
  const root = /<(?:\w+:)?(\w+)[\s>/]/.exec(text.replace(/<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!doctype[^>]*>/gi, ''))?.[1]
  if (root === 'kml') return 'kml'
  // The name of its root element depends on version and profile; its namespace does not.
  if (/\bdatex2\.eu\/schema\//.test(text)) return 'datex2'
  if (root === 'rss') return 'rss'
  if (root === 'osm') {
    throw unreadable(file, 'is OSM XML. Convert it with `osmium cat -o out.osm.pbf`, or query Overpass for JSON')
  }
  if (root === undefined) throw incomplete(file, 'is XML that is truncated before its first element. Download it again')
  throw unreadable(file, `is XML of an unknown type (<${root ?? '?'}>). Expected KML or DATEX II`)
}

/** Whether the first line is a whole JSON object and more text follows. */
function isJsonLines(text: string): boolean {
  if (text.startsWith(RECORD_SEPARATOR)) return true
  const end = text.indexOf('\n')
  if (end < 0 || text.slice(end).trim() === '') return false
  try {
    const first: unknown = JSON.parse(text.slice(0, end))
    return typeof first === 'object' && first !== null && !Array.isArray(first)
  } catch {
    return false
  }
}

/** The error message in a web page that Overpass sends instead of data; null for any other page. */
function overpassError(text: string): string | null {
  if (!/OSM3S Response|Overpass API/i.test(text)) return null
  const message = /<p><strong[^>]*>Error<\/strong>:?\s*([\s\S]*?)<\/p>/i.exec(text)?.[1] ?? 'no data'
  return clip(message.replaceAll(/<[^>]*>|\s+/g, ' ').trim(), 200)
}
