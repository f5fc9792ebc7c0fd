import { areaContains, type Area } from '../geo/area.ts'

/** Metres that most zones of a source may move at most from one file to the next. */
export const MAX_MOVE_METRES = 500
/** Metres that a single zone may move: corrections of an address are smaller. A zone that would move further is held. */
export const MAX_JUMP_METRES = 5000
/** Metres around the former area of a source in which its zones may lie. */
const AREA_MARGIN_METRES = 20_000
const METRES_PER_DEGREE = 111_195

/** Shares of zones above which the whole file is rejected. */
const MAX_MOVED_SHARE = 0.5
const MAX_LEFT_SHARE = 0.2
const MAX_ELSEWHERE_SHARE = 0.5
/** Two neighbours may be swapped by mistake. More mean that ids have shifted. */
const MAX_DISPLACED_SHARE = 0.05
/** Minimum number of zones for a meaningful share. */
const MIN_ZONES = 3

/** How the positions of a file compare with those that its source had. */
export type PositionSurvey = {
  /** Zones of the file that the source listed before. */
  readonly known: number
  /** Of those: further than `MAX_MOVE_METRES` from where they were. */
  readonly moved: number
  /** Of those: far outside of the source's former area. */
  readonly left: number
  /** Of those: exactly where the source had another zone. */
  readonly displaced: number
  /** All zones of the file, and those of them far outside of the source's former area. */
  readonly zones: number
  readonly elsewhere: number
  /** Whether the file covers an area of its own, as an extract of another city does. */
  readonly hasCoverage: boolean
}

/** Why a file's positions are rejected, in one line; null where they are plausible. */
export function judgePositions(survey: PositionSurvey): string | null {
  const { known, moved, left, displaced, zones, elsewhere, hasCoverage } = survey
  const causes = 'latitude and longitude swapped, another coordinate system, or ids shifted by a row'
  if (moved >= MIN_ZONES && moved > MAX_MOVED_SHARE * known) {
    return `${moved} of ${known} known zones would move by more than ${MAX_MOVE_METRES} m. Check for ${causes}`
  }
  if (left >= MIN_ZONES && left > MAX_LEFT_SHARE * known) {
    return `${left} of ${known} known zones would leave the area of this source. Check for ${causes}`
  }
  if (displaced >= MIN_ZONES && displaced > MAX_DISPLACED_SHARE * known) {
    return `${displaced} of ${known} known zones would lie exactly where the source had another zone. Check for ids shifted by a row`
  }
  if (!hasCoverage && elsewhere >= MIN_ZONES && elsewhere > MAX_ELSEWHERE_SHARE * zones) {
    return `${elsewhere} of ${zones} zones lie far outside the area of this source. Check for ${causes}; for another city, use a source id of its own (--source)`
  }
  return null
}

/** The area in which zones of a source may lie: its former area and a margin. Null where it had none. */
export function widenArea(area: Area | null): Area | null {
  if (area === null) return null
  const rows = AREA_MARGIN_METRES / METRES_PER_DEGREE
  const narrowest = Math.cos((Math.min(89, Math.max(Math.abs(area.south), Math.abs(area.north))) * Math.PI) / 180)
  const columns = rows / narrowest
  return { south: area.south - rows, north: area.north + rows, west: area.west - columns, east: area.east + columns }
}

/** Whether a position lies in an area; a null area contains all. */
export function isInArea(area: Area | null, lat: number, lng: number): boolean {
  return area === null || areaContains(area, lat, lng)
}
