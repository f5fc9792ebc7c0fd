import { truncatedEnd, type FeedItem, type FeedItems, COMPLETE_END } from '#feed-row.ts'
import type { FeedFile } from '#files/feed-file.ts'
import { type Encoding, textOf } from '#files/text-encoding.ts'
import { pairsOfHtml } from '#formats/xml/html-text.ts'
import { createXmlStream } from '#formats/xml/xml-stream.ts'
import { messageOf } from '#values.ts'
import { kmlCoordinates, kmlGeometry, type KmlShapes } from './kml-geometry.ts'

type Placemark = {
  readonly number: number
  readonly line: number
  readonly id: string | null
  readonly fields: Record<string, unknown>
  readonly shapes: KmlShapes
  /** The name of the open `Data` or `SimpleData`. */
  dataName: string
}

/**
 * Reads KML placemarks. Their fields are the name, the description, ExtendedData, and the names and values of an HTML
 * table in the description, where many cities publish everything.
 */
export async function* readKml(file: FeedFile, encoding: Encoding): FeedItems {
  const reader = createKmlReader()
  try {
    for await (const text of textOf(file, encoding)) yield* reader.push(text)
    yield* reader.end()
  } catch (error) {
    yield truncatedEnd(`The file cannot be read to its end: ${messageOf(error)}.`)
  }
}

type KmlReader = { push(text: string): FeedItem[]; end(): FeedItem[] }

/** Takes text in pieces of any length. `push` returns the items that are complete, `end` how the file ended. */
export function createKmlReader(): KmlReader {
  const path: string[] = []
  let items: FeedItem[] = []
  let placemark: Placemark | null = null
  let count = 0
  let text = ''

  const stream = createXmlStream({
    open(name, attributes, line) {
      path.push(name)
      text = ''
      if (name === 'Placemark') {
        count += 1
        const shapes = { points: [], lines: [], polygons: [] }
        placemark = { number: count, line, id: attributes['id'] ?? null, fields: {}, shapes, dataName: '' }
      } else if (placemark !== null && (name === 'Data' || name === 'SimpleData')) {
        placemark.dataName = attributes['name'] ?? ''
      } else if (placemark !== null && name === 'Polygon') placemark.shapes.polygons.push([])
    },
    text(part) {
      if (placemark !== null) text += part
    },
    close(name) {
      if (placemark !== null) {
        if (name === 'Placemark') {
          items.push(itemOf(placemark))
          placemark = null
        } else closeInside(placemark, name, path, text)
      }
      path.pop()
      text = ''
    },
  })

  const takeItems = (): FeedItem[] => {
    const now = items
    items = []
    return now
  }
  return {
    push(part) {
      stream.push(part)
      return takeItems()
    },
    end() {
      const problem = stream.end()
      return [
        ...takeItems(),
        problem === null ? COMPLETE_END : truncatedEnd(`The KML ${problem}. The readable placemarks were read.`),
      ]
    },
  }
}

function closeInside(placemark: Placemark, name: string, path: readonly string[], text: string): void {
  const parent = path.at(-2)
  if (name === 'coordinates') addCoordinates(placemark.shapes, parent ?? '', path, kmlCoordinates(text))
  else if (name === 'SimpleData' || (name === 'value' && parent === 'Data')) {
    placemark.fields[placemark.dataName] = text.trim()
  } else if (parent === 'Placemark' && text.trim() !== '') placemark.fields[name] = text.trim()
}

function addCoordinates(
  shapes: KmlShapes,
  parent: string,
  path: readonly string[],
  places: ReturnType<typeof kmlCoordinates>,
): void {
  if (places === null) return
  if (parent === 'Point') shapes.points.push(places)
  else if (parent === 'LineString') shapes.lines.push(places)
  else if (parent === 'LinearRing') {
    const rings = shapes.polygons.at(-1)
    if (path.includes('outerBoundaryIs')) rings?.unshift(places)
    else rings?.push(places)
  }
}

function itemOf({ number, line, id, fields, shapes }: Placemark): FeedItem {
  const { description } = fields
  const described = typeof description === 'string' ? pairsOfHtml(description) : {}
  const where = `placemark ${number} (line ${line})`
  return { type: 'row', row: { where, id, fields: { ...described, ...fields }, geometry: kmlGeometry(shapes) } }
}
