import { paths } from '@kickstand/contract'
import { tileX, tileY } from '@kickstand/domain'
import type { Visit } from './arrivals.ts'

export const KINDS = ['page', 'static', 'tile', 'nearby', 'zone', 'plan', 'report', 'stream'] as const
export type Kind = (typeof KINDS)[number]

/** A request of a rider at a time that does not depend on responses. */
export type Action = {
  /** Seconds of the run. */
  readonly at: number
  readonly kind: Kind
  readonly rider: number
  readonly path: string
  readonly body: string | null
  /** When the rider leaves and closes a stream. */
  readonly until: number
}

/** The data for requests. */
export type Place = {
  readonly lat: number
  readonly lng: number
  readonly zoneIds: readonly string[]
  /** Scripts and styles of the page. */
  readonly assets: readonly string[]
}

const MOVE_EVERY_SECONDS = 8
const REPORT_EVERY_SECONDS = 120
const PLAN_EVERY_SECONDS = 60
const ZONE_EVERY_SECONDS = 20
/** About 300 m. */
const STEP_DEGREES = 0.003
/** Riders start within this distance of the middle of the data. */
const SPREAD_DEGREES = 0.03
const ZOOM = 14

/** All actions of the riders of these visits, in order of time. */
export function drawActions(visits: readonly Visit[], place: Place, random: () => number): Action[] {
  const actions = visits.flatMap((visit, rider) => actionsOf(visit, rider, place, random))
  return actions.toSorted((a, b) => a.at - b.at)
}

function actionsOf({ from, until }: Visit, rider: number, place: Place, random: () => number): Action[] {
  const actions: Action[] = []
  let lat = place.lat + SPREAD_DEGREES * (random() - 0.5)
  let lng = place.lng + SPREAD_DEGREES * (random() - 0.5)
  const add = (at: number, kind: Kind, path: string, body: string | null = null): void => {
    if (at < until) actions.push({ at, kind, rider, path, body, until })
  }
  const here = (): string => `lat=${lat.toFixed(5)}&lng=${lng.toFixed(5)}`
  const tiles = (at: number, around: number): void => {
    const [x, y] = [Math.floor(tileX(lng, ZOOM)), Math.floor(tileY(lat, ZOOM))]
    for (let dx = -around; dx <= around; dx += 1) {
      for (let dy = -around; dy <= around; dy += 1) add(at, 'tile', paths.zoneTile(ZOOM, x + dx, y + dy))
    }
  }
  const each = (meanSeconds: number, act: (at: number) => void): void => {
    const gap = (): number => -meanSeconds * Math.log(1 - random())
    for (let at = from + gap(); at < until; at += gap()) act(at)
  }

  // The page, then its assets, then the requests of its script.
  add(from, 'page', '/')
  for (const asset of place.assets) add(from + 0.1, 'static', asset)
  for (const path of [paths.appConfig(), paths.sources()]) add(from + 0.3, 'static', path)
  add(from + 0.4, 'nearby', `${paths.nearby()}?${here()}`)
  tiles(from + 0.6, 1)
  const cell = `13/${Math.floor(tileX(lng, 13))}/${Math.floor(tileY(lat, 13))}`
  add(from + 0.8, 'stream', `${paths.live()}?cells=${cell}`)
  each(MOVE_EVERY_SECONDS, (at) => {
    lat += STEP_DEGREES * (random() - 0.5)
    lng += STEP_DEGREES * (random() - 0.5)
    add(at, 'nearby', `${paths.nearby()}?${here()}`)
    tiles(at + 0.1, 0)
  })
  const someZone = (): string => place.zoneIds[Math.floor(random() * place.zoneIds.length)] ?? 'none000000'
  each(ZONE_EVERY_SECONDS, (at) => add(at, 'zone', paths.zone(someZone())))
  each(PLAN_EVERY_SECONDS, (at) => add(at, 'plan', `${paths.plan()}?${here()}&vehicle=motorcycle`))
  each(REPORT_EVERY_SECONDS, (at) => {
    const report = { zoneId: someZone(), kind: 'count', count: Math.floor(random() * 10) }
    add(at, 'report', paths.reports(), JSON.stringify(report))
  })
  return actions
}
