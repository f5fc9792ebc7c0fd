import {
  MAX_OGC_ITEMS,
  paths,
  type LinkBody,
  type OgcItemsBody,
  type OgcItemsQuery,
  type OpenZoneBody,
} from '@kickstand/contract'
import { DomainError } from '@kickstand/domain'
import { toTimestamp } from '#read-model/availability-json.ts'
import type { EstimateReader, ZoneReader } from '#read-model/board-types.ts'
import { passes, readFilter } from '#read-model/search-filter.ts'
import { readCursor, writeCursor } from '#features/zones/list-area.ts'
import { GEOJSON_TYPE } from './describe-collection.ts'
import { type OpenDataDeps } from './open-state.ts'
import { openZone } from './open-zone.ts'
import { readBbox } from './read-bbox.ts'
import { selectZones, type SelectedZones } from './select-zones.ts'
import { attributionOf, type Terms } from './terms.ts'

const DEFAULT_LIMIT = 100

const TIME = String.raw`\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)`
const DATETIME = new RegExp(`^(${TIME}|${TIME}/${TIME}|(\\.\\.)?/${TIME}|${TIME}/(\\.\\.)?)$`)

/**
 * Rejects anything but a time or interval of RFC 3339. Zones have no time of their own, so every zone matches any time.
 */
function checkDatetime(datetime: string | undefined): void {
  if (datetime === undefined) return
  const times = datetime.split('/').filter((time) => time !== '' && time !== '..')
  if (DATETIME.test(datetime) && times.every((time) => !Number.isNaN(Date.parse(time)))) return
  const message = 'must be a time of RFC 3339, or an interval: two times, or a time and .., with a slash between'
  throw new DomainError('invalid-request', `The value of datetime ${message}.`, [{ pointer: '?datetime', message }])
}

/** A zone as a GeoJSON feature: its point; everything else as properties. */
export function toFeature({ id, lat, lng, ...properties }: OpenZoneBody): OgcItemsBody['features'][number] {
  return { type: 'Feature', id, geometry: { type: 'Point', coordinates: [lng, lat] }, properties }
}

/** A page of zones, ordered by id, as a feature collection. Throws `invalid-request`. */
export async function listItems(
  deps: OpenDataDeps,
  query: OgcItemsQuery,
  terms: Terms,
  base: string,
  now: number,
): Promise<OgcItemsBody> {
  checkDatetime(query.datetime)
  const area = readBbox(query.bbox)
  const after = readCursor(query.cursor)
  const limit = Math.min(query.limit ?? DEFAULT_LIMIT, MAX_OGC_ITEMS)
  await deps.tail.catchUp()
  const selected = selectZones(deps, area, factTest(deps.board, query))
  const rows = await firstRows(selected, after, limit + 1)
  const zones = rows.slice(0, limit).map((row) => openZone(deps.board, row, terms))
  const last = rows.length > limit ? zones.at(-1) : undefined
  return {
    type: 'FeatureCollection',
    features: zones.map(toFeature),
    links: linksOf(base, query, last?.id ?? null),
    timeStamp: toTimestamp(now),
    numberMatched: selected.count,
    numberReturned: zones.length,
    attribution: attributionOf(zones, terms),
  }
}

/** Filters by the stored facts, not by the rules of the current hour. */
function factTest(
  board: ZoneReader & EstimateReader,
  { fee, covered, vehicle }: OgcItemsQuery,
): ((row: number) => boolean) | null {
  if (fee === undefined && covered === undefined && vehicle === undefined) return null
  const filter = readFilter({
    ...(vehicle === undefined ? {} : { vehicle }),
    ...(covered === undefined ? {} : { covered: String(covered) }),
  })
  return (row) => passes(board, filter, row, 0, 0) && (fee === undefined || board.law(row).fee === fee)
}

async function firstRows(selected: SelectedZones, after: string, count: number): Promise<readonly number[]> {
  const rows: number[] = []
  for await (const batch of selected.batches(after)) {
    rows.push(...batch)
    if (rows.length >= count) break
  }
  return rows.slice(0, count)
}

function linksOf(base: string, query: OgcItemsQuery, lastId: string | null): LinkBody[] {
  const asked = Object.entries(query).map(([name, value]): [string, string] => [name, String(value)])
  const address = (more: [string, string][]): string => {
    const text = new URLSearchParams([...asked.filter(([name]) => !more.some(([other]) => other === name)), ...more])
    return `${base}${paths.ogcItems()}${text.size === 0 ? '' : `?${text.toString()}`}`
  }
  const links: LinkBody[] = [
    { href: address([]), rel: 'self', type: GEOJSON_TYPE, title: 'This page' },
    { href: base + paths.ogcZones(), rel: 'collection', type: 'application/json', title: 'The collection' },
  ]
  if (lastId !== null) {
    links.push({ href: address([['cursor', writeCursor(lastId)]]), rel: 'next', type: GEOJSON_TYPE, title: 'More' })
  }
  // The CSV supports areas, but neither pages nor filters.
  if (asked.every(([name]) => name === 'bbox' || name === 'datetime')) {
    const csv = query.bbox === undefined ? '' : `?${new URLSearchParams({ bbox: query.bbox }).toString()}`
    links.push({ href: `${base}${paths.zonesCsv()}${csv}`, rel: 'alternate', type: 'text/csv', title: 'All as CSV' })
  }
  return links
}
