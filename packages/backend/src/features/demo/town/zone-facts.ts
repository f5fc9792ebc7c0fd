import {
  TARIFF_DAYS,
  UNKNOWN_FACTS,
  type MayPark,
  type Outline,
  type VehicleRules,
  type ZoneFacts,
  type ZoneKind,
} from '@kickstand/domain'
import { chance, pick, pickWeighted, type Random } from '#features/demo/random.ts'
import type { ZonePlace } from './place-zones.ts'
import { toLngLat } from './plane.ts'
import { TOWN_NAME } from './town-plan.ts'

const HOUR = 3600
const BUILDING_WORDS: Readonly<Record<Exclude<ZoneKind, 'bay' | 'rack'>, string>> = {
  lot: 'Parko',
  shed: 'Tekto',
  garage: 'Garado',
}

/** The facts of a place as a source would state them: most of them, rarely all. Null facts are unknown. */
export function zoneFacts(random: Random, place: ZonePlace): ZoneFacts {
  const { kind, out } = place
  const [lng, lat] = toLngLat(place.center)
  const maybe = <T>(probability: number, value: () => T): T | null => (chance(random, probability) ? value() : null)
  const fee = feeOf(random, place)
  const open = kind === 'bay' || kind === 'lot' || kind === 'rack'
  return {
    ...UNKNOWN_FACTS,
    lat,
    lng,
    name: nameOf(random, place),
    outline: maybe(kind === 'bay' ? 0.86 : 0.95, () => outlineOf(place)),
    capacity: maybe(kind === 'garage' ? 1 : 0.88, () => place.capacity),
    kind: maybe(0.96, () => kind),
    vehicles: vehicleRules(random, kind),
    access: accessOf(random, kind),
    fee,
    ...priceOf(random, kind, fee),
    covered: kind === 'shed' || kind === 'garage' ? true : maybe(0.6, () => chance(random, 0.05)),
    lit: maybe(0.55, () => out < 0.5 || chance(random, 0.6)),
    surveillance: kind === 'garage' ? true : maybe(0.35, () => chance(random, kind === 'lot' ? 0.6 : 0.2)),
    anchors: kind === 'rack' ? true : maybe(0.4, () => chance(random, 0.3)),
    surface: maybe(0.65, () => (out < 0.25 && open ? pick(random, ['sett', 'paving_stones', 'asphalt']) : 'asphalt')),
    operator: kind === 'garage' ? `Garado ${TOWN_NAME}` : maybe(0.3, () => `Vila ${TOWN_NAME}`),
    openingHours: openingHours(random, kind),
    signText: kind === 'bay' ? maybe(0.05, () => 'Market days Wed and Sat 6–14 h: no parking') : null,
    maxStay: kind === 'bay' && out < 0.4 ? maybe(0.25, () => pick(random, [2, 3, 4, 8]) * HOUR) : null,
    charging: kind === 'garage' ? true : maybe(0.25, () => chance(random, 0.2)),
  }
}

function nameOf(random: Random, { kind, street, along }: ZonePlace): string | null {
  if (kind !== 'bay' && kind !== 'rack') return `${BUILDING_WORDS[kind]} ${street}`
  return chance(random, 0.88) ? `${street} ${Math.max(1, Math.round(along / 9))}` : null
}

function outlineOf({ ring }: ZonePlace): Outline {
  const corners = ring.map(toLngLat)
  return { type: 'Polygon', coordinates: [[...corners, corners[0]]] }
}

function vehicleRules(random: Random, kind: ZoneKind): VehicleRules {
  const mostly = (yes: number, no: number): MayPark =>
    pickWeighted(random, [
      ['yes', yes],
      ['no', no],
      ['unknown', 1 - yes - no],
    ])
  const tight = kind === 'rack' || kind === 'shed'
  return {
    motorcycle: tight ? mostly(0.9, 0.04) : 'yes',
    scooter: mostly(0.92, 0.01),
    moped: mostly(0.6, 0.06),
    electric: mostly(0.7, 0),
    heavy: tight ? mostly(0.3, 0.4) : mostly(0.66, 0.06),
    sidecar: kind === 'lot' ? mostly(0.6, 0.1) : mostly(0.12, 0.34),
  }
}

function accessOf(random: Random, kind: ZoneKind): ZoneFacts['access'] {
  if (kind === 'garage') return 'public'
  return pickWeighted<ZoneFacts['access']>(random, [
    ['public', 0.72],
    [null, 0.2],
    ['customers', kind === 'lot' ? 0.12 : 0.02],
    ['permit', 0.04],
  ])
}

function feeOf(random: Random, { kind, out }: ZonePlace): ZoneFacts['fee'] {
  if (kind === 'garage') return 'paid'
  const paid = kind === 'lot' ? 0.35 : Math.max(0, 0.22 - 0.4 * out)
  return pickWeighted<ZoneFacts['fee']>(random, [
    ['paid', paid],
    ['free', 0.6],
    [null, 0.2],
  ])
}

type Price = Pick<ZoneFacts, 'feeNote' | 'feeConditional' | 'tariff'>

/** A price of every hour or, with `perMinutes: null`, of every day. Amounts in cents. */
function always(feeNote: string, perMinutes: number | null, amountMinor: number, maxPerDayMinor: number | null): Price {
  const bands = [{ days: WEEK, from: 0, until: 1440, perMinutes, amountMinor }]
  return { feeNote, feeConditional: null, tariff: { currency: 'EUR', freeMinutes: 0, bands, maxPerDayMinor } }
}

const WEEK = TARIFF_DAYS.slice(0, 7)
const GARAGE_PRICE = always('€0.80 an hour, €5 a day, €48 a month', 60, 80, 500)
const DAYTIME_PRICE: Price = {
  feeNote: '€0.50 an hour Mo–Fr 8–18 h, else free',
  feeConditional: 'no @ (24/7); yes @ (Mo-Fr 08:00-18:00)',
  tariff: {
    currency: 'EUR',
    freeMinutes: 0,
    bands: [{ days: WEEK.slice(0, 5), from: 480, until: 1080, perMinutes: 60, amountMinor: 50 }],
    maxPerDayMinor: null,
  },
}
const PRICES = [
  always('€0.50 an hour, €3 a day', 60, 50, 300),
  always('€1 for 4 hours', 240, 100, null),
  always('€2 a day', null, 200, null),
  DAYTIME_PRICE,
]
const NO_PRICE: Price = { feeNote: null, feeConditional: null, tariff: null }

function priceOf(random: Random, kind: ZoneKind, fee: ZoneFacts['fee']): Price {
  if (fee !== 'paid') return NO_PRICE
  return kind === 'garage' ? GARAGE_PRICE : pick(random, PRICES)
}

function openingHours(random: Random, kind: ZoneKind): string | null {
  if (kind === 'garage') return pick(random, ['24/7', 'Mo-Su 05:30-24:00'])
  if (kind === 'shed') return chance(random, 0.5) ? pick(random, ['Mo-Sa 05:00-23:00', '24/7']) : null
  if (kind === 'lot') return chance(random, 0.5) ? pick(random, ['24/7', 'Mo-Fr 06:00-20:00; Sa 06:00-15:00']) : null
  return chance(random, 0.14) ? pick(random, ['24/7', 'Mo-Fr 18:00-08:00; Sa,Su 00:00-24:00']) : null
}
