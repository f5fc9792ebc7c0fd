import { DomainError, type LngLat } from '@kickstand/domain'
import proj4 from 'proj4'
import type { Geometry } from '#feed-row.ts'
import { CRS_DEFINITIONS } from './crs-definitions.ts'

/** Turns positions of a grid, x (east) first, into degrees WGS84, longitude first. */
export type ToDegrees = (at: LngLat) => LngLat

/** Systems that are WGS84 to within a metre. */
const DEGREES = new Set(['4326', '4258', '4269', 'CRS84', 'CRS83', '4979'])

/**
 * Returns the conversion from a coordinate reference system to WGS84. Accepts "EPSG:25830", OGC names
 * ("urn:ogc:def:crs:EPSG::25830", "http://www.opengis.net/def/crs/EPSG/0/25830", CRS84) and PROJ strings ("+proj=utm
 * +zone=30 …"). Null means no conversion. Throws `unreadable-file` for an unknown system.
 */
export function toDegrees(crs: string | null): ToDegrees {
  if (crs === null) return (at) => at
  const code = codeOf(crs)
  if (code !== null && DEGREES.has(code)) return (at) => at
  const definition = crs.trim().startsWith('+proj=') ? crs.trim() : definitionOf(code)
  if (definition === null) {
    throw new DomainError(
      'unreadable-file',
      `The coordinate reference system "${crs}" is unknown. Expected an EPSG code that Kickstand knows, or a PROJ string. Set the PROJ string as "crs" in a profile (epsg.io lists them).`,
    )
  }
  const converter = proj4(definition, 'WGS84')
  return ([x, y]) => {
    const [lng, lat] = converter.forward([x, y])
    return [lng ?? Number.NaN, lat ?? Number.NaN]
  }
}

function codeOf(crs: string): string | null {
  return (
    /(?:EPSG|epsg|OGC|ogc)(?:[:/]+[\d.]*)*?[:/]+(\d{4,6}|CRS8[34])\s*$/.exec(crs)?.[1] ??
    /^(\d{4,6})$/.exec(crs.trim())?.[1] ??
    null
  )
}

/** PROJ string of an EPSG code: UTM zones are computed, other grids are listed. Null for an unknown code. */
function definitionOf(code: string | null): string | null {
  if (code === null) return null
  const wgs84 = /^32([67])(\d\d)$/.exec(code)
  if (wgs84) return `+proj=utm +zone=${Number(wgs84[2])} ${wgs84[1] === '7' ? '+south ' : ''}+datum=WGS84 +units=m`
  const etrs89 = /^258(2[89]|3[0-8])$/.exec(code)
  if (etrs89) return `+proj=utm +zone=${etrs89[1]} +ellps=GRS80 +towgs84=0,0,0,0,0,0,0 +units=m`
  const ed50 = /^230(2[89]|3[0-8])$/.exec(code)
  if (ed50) return `+proj=utm +zone=${ed50[1]} +ellps=intl +towgs84=-87,-98,-121,0,0,0,0 +units=m`
  const nad83 = /^269(0[1-9]|1\d|2[0-3])$/.exec(code)
  if (nad83) return `+proj=utm +zone=${Number(nad83[1])} +datum=NAD83 +units=m`
  const australia = /^(?:283|78)(4[89]|5[0-8])$/.exec(code)
  if (australia) return `+proj=utm +zone=${australia[1]} +south +ellps=GRS80 +towgs84=0,0,0,0,0,0,0 +units=m`
  return CRS_DEFINITIONS[code] ?? null
}

/** The shape with every position converted. */
export function reproject(geometry: Geometry, to: ToDegrees): Geometry {
  switch (geometry.type) {
    case 'Point':
      return { type: 'Point', coordinates: to(geometry.coordinates) }
    case 'LineString':
      return { type: 'LineString', coordinates: geometry.coordinates.map(to) }
    case 'Polygon':
      return { type: 'Polygon', coordinates: geometry.coordinates.map((ring) => ring.map(to)) }
    default: {
      const polygons = geometry.coordinates.map((rings) => rings.map((ring) => ring.map(to)))
      return { type: 'MultiPolygon', coordinates: polygons }
    }
  }
}
