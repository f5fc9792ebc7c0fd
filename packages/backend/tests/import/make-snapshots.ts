import type { Profile } from '@kickstand/ingest'

/** Numbers from a seed, from 0 to below 1. */
export type Random = () => number

/** Mulberry32: the same seed gives the same pair on every machine. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

export type Cell = string | number
export type Row = Readonly<Record<string, Cell>>
/** A source's list, before it is written in a format. */
export type Table = { readonly rows: readonly Row[]; readonly date: string }
export type Format = 'csv' | 'geojson' | 'overpass'

/** The profile that reads these tables. */
export function pairProfile(id: string): Profile {
  return {
    ...{ id, name: id, licence: 'own', attribution: 'made up', ref: 'id' },
    trust: 'official',
    fields: { lat: 'lat', lng: 'lng', name: 'street', capacity: 'spaces', operator: 'keeper', surface: 'ground' },
  }
}

/** A list of some bays in one town. */
export function townOf(random: Random, lat: number, lng: number): Table {
  const count = 3 + Math.floor(random() * 8)
  const step = 0.001 + random() * 0.01
  const rows = Array.from({ length: count }, (_, i) => ({
    id: `${100 + i}`,
    lat: round(lat + i * step),
    lng: round(lng + ((i * 7) % 5) * step),
    street: `Street ${i}`,
    spaces: 2 + Math.floor(random() * 9),
    keeper: 'Town',
    ground: random() < 0.5 ? 'asphalt' : 'sett',
  }))
  return { rows, date: '2026-03-01T00:00:00Z' }
}

export function round(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6
}

/** A table as a file. */
export function written({ rows, date }: Table, format: Format): string {
  if (format === 'csv') {
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
    return [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))]
      .map((line) => line.join(','))
      .join('\n')
  }
  if (format === 'geojson') {
    const features = rows.map(({ lat, lng, ...properties }) => {
      return { type: 'Feature', properties, geometry: { type: 'Point', coordinates: [lng, lat] } }
    })
    return JSON.stringify({ type: 'FeatureCollection', timestamp: date, features })
  }
  const elements = rows.map(({ id, lat, lng, street, spaces, keeper, ground, ...others }) => {
    const tags = { amenity: 'motorcycle_parking', name: street, capacity: spaces, operator: keeper, surface: ground }
    return { type: 'node', id: Number(id), lat, lon: lng, tags: { ...tags, ...others } }
  })
  return JSON.stringify({ version: 0.6, osm3s: { timestamp_osm_base: date }, elements }, texts)
}

/** OSM's tags are texts. */
function texts(key: string, value: unknown): unknown {
  return typeof value === 'number' && !['id', 'lat', 'lon', 'version'].includes(key) ? String(value) : value
}
