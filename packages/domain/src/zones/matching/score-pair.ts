import type { ZoneFacts, ZoneKind } from '../zone.ts'
import { gapBetween, groundShape, offsetBetween, type GroundShape } from './ground-shape.ts'
import {
  DEFAULT_MATCH_DISTANCE,
  LARGEST_MATCH_DISTANCE,
  SMALLEST_MATCH_DISTANCE,
  type MatchEntry,
} from './match-entry.ts'
import { compareNumbers, nameLikeness, readStreetName } from './street-name.ts'

/**
 * Whether two entries are one place, as a sum of evidence: each thing compared adds the logarithm of how much likelier it is for one
 * place than for two neighbours (natural logarithm, so 0 tells nothing and 2.3 is ten to one). The weights were set by looking at pairs
 * in San Francisco, Monaco and Madrid and hold in general; docs/decisions/0014 tells how.
 */
export const YES_FROM = 1.2
export const DOUBTFUL_FROM = -0.8

/** Metres: half a street, since a block's zone may be drawn along its middle. */
const PART_WITHIN = 12
const PART_WEIGHT = -0.2

export type Verdict = 'yes' | 'doubtful' | 'no'

export function verdictOf(score: number): Verdict {
  return score >= YES_FROM ? 'yes' : score >= DOUBTFUL_FROM ? 'doubtful' : 'no'
}

/** One thing that was compared, what it weighs, and what was found in words. */
export type MatchReason = {
  readonly what: 'distance' | 'name' | 'capacity' | 'kind' | 'fee' | 'covered'
  readonly weight: number
  readonly text: string
}

type Note = (what: MatchReason['what'], weight: number, text: () => string) => void

const shapes = new WeakMap<ZoneFacts, GroundShape>()

function shapeOf(facts: ZoneFacts): GroundShape {
  const known = shapes.get(facts)
  if (known !== undefined) return known
  const shape = groundShape(facts)
  shapes.set(facts, shape)
  return shape
}

/** Metres between the points of two places above which they are not looked at. */
export function reachOf(matchDistance: number): number {
  return 2.5 * withinReason(matchDistance)
}

function withinReason(matchDistance: number): number {
  return Math.max(SMALLEST_MATCH_DISTANCE, Math.min(matchDistance, LARGEST_MATCH_DISTANCE))
}

/** Whether a place lies on or beside the drawn shape of a larger one: half of a block's bays, say, within the block. */
export function isPartOf(part: MatchEntry, whole: MatchEntry): boolean {
  const shape = shapeOf(whole.facts)
  if (shape.lines.length === 0 || whole.facts.capacity === null || part.facts.capacity === null) return false
  return part.facts.capacity < whole.facts.capacity && gapBetween(shapeOf(part.facts), shape) <= PART_WITHIN
}

/** The evidence that two entries are one place; null where they are too far apart to be looked at. */
export function scorePair(a: MatchEntry, b: MatchEntry, note?: Note): number | null {
  const distance = weighDistance(a, b, note)
  if (distance === null) return null
  return distance + weighName(a, b, note) + weighCapacity(a, b, note) + weighKind(a, b, note) + weighRules(a, b, note)
}

/** The same with its reasons, the weightiest first. */
export function explainPair(a: MatchEntry, b: MatchEntry): { score: number | null; reasons: MatchReason[] } {
  const reasons: MatchReason[] = []
  const score = scorePair(
    a,
    b,
    (what, weight, text) => void reasons.push({ what, weight: round(weight), text: text() }),
  )
  return {
    score: score === null ? null : round(score),
    reasons: reasons.toSorted((one, other) => Math.abs(other.weight) - Math.abs(one.weight)),
  }
}

function round(weight: number): number {
  return Math.round(weight * 100) / 100
}

/**
 * Between the nearest parts, with a third of what the points are further apart: a point beside a long kerb may well be of it, but less
 * surely than one in its middle. A part of it need not be in the middle, and half of that counts.
 */
function weighDistance(a: MatchEntry, b: MatchEntry, note?: Note): number | null {
  const matchDistance = withinReason(Math.max(a.matchDistance, b.matchDistance))
  const [first, second] = [shapeOf(a.facts), shapeOf(b.facts)]
  const [east, north] = offsetBetween(first, second)
  const apart = Math.hypot(east, north)
  if (apart > reachOf(matchDistance)) return null
  const gap = Math.min(apart, gapBetween(first, second))
  const middles = (apart - gap) / (isPartOf(a, b) || isPartOf(b, a) ? 6 : 3)
  const felt = ((gap + middles) * DEFAULT_MATCH_DISTANCE) / matchDistance
  const weight = 3.5 - felt / 4
  note?.('distance', weight, () =>
    apart - gap < 2
      ? `${Math.round(apart)} m apart`
      : `${Math.round(gap)} m apart, ${Math.round(apart)} m between their middles`,
  )
  return weight
}

function weighName(a: MatchEntry, b: MatchEntry, note?: Note): number {
  if (a.facts.name === null || b.facts.name === null) return 0
  const [first, second] = [readStreetName(a.facts.name), readStreetName(b.facts.name)]
  const likeness = nameLikeness(first, second)
  if (likeness === null) return 0
  let weight = -0.5
  let found = 'the names differ'
  if (likeness >= 0.8) [weight, found] = [2, 'the same name']
  else if (likeness >= 0.45) [weight, found] = [1, 'names alike']
  else if (first.isStreet && second.isStreet) [weight, found] = [-1.5, 'names of two streets']
  if (likeness >= 0.45) {
    const numbers = compareNumbers(first, second)
    if (numbers === 'near') [weight, found] = [weight + 0.8, `${found}, house numbers fit`]
    else if (numbers === 'across') [weight, found] = [weight - 2, `${found}, but odd and even house numbers`]
    else if (numbers === 'far') [weight, found] = [weight - 2.5, `${found}, but house numbers far apart`]
  }
  note?.('name', weight, () => `${found}: “${a.facts.name}” and “${b.facts.name}”`)
  return weight
}

function weighCapacity(a: MatchEntry, b: MatchEntry, note?: Note): number {
  const [one, other] = [a.facts.capacity, b.facts.capacity]
  if (one === null || other === null) return 0
  const [less, more] = [Math.min(one, other), Math.max(one, other)]
  const share = less / more
  let weight = -2.2
  // Many places hold five; few hold forty, so that agreeing on forty tells more.
  if (more - less <= 1 || share >= 0.85) weight = Math.min(2, 0.4 + Math.log2(more) / 4)
  else if (share >= 0.6) weight = 0
  else if (share >= 0.4) weight = -0.7
  else if (share >= 0.2) weight = -1.5
  if (weight < 0 && (isPartOf(a, b) || isPartOf(b, a))) {
    note?.('capacity', PART_WEIGHT, () => `${less} of ${more} spaces, perhaps a part of them`)
    return PART_WEIGHT
  }
  note?.('capacity', weight, () => (one === other ? `${one} spaces in both` : `${one} and ${other} spaces`))
  return weight
}

const GROUND: Readonly<Record<ZoneKind, string>> = {
  bay: 'open',
  rack: 'open',
  lot: 'lot',
  shed: 'roof',
  garage: 'roof',
}

function weighKind(a: MatchEntry, b: MatchEntry, note?: Note): number {
  const [one, other] = [a.facts.kind, b.facts.kind]
  if (one === null || other === null) return 0
  const [first, second] = [GROUND[one], GROUND[other]]
  const weight = one === other ? 0.3 : first === second ? 0 : first === 'roof' || second === 'roof' ? -2 : -0.4
  if (weight !== 0) note?.('kind', weight, () => (one === other ? `both a ${one}` : `a ${one} and a ${other}`))
  return weight
}

/** Two lists of those who set the rules do not contradict each other about one place; a list of others may be mistaken. */
function weighRules(a: MatchEntry, b: MatchEntry, note?: Note): number {
  let weight = 0
  if (a.facts.fee !== null && b.facts.fee !== null && a.facts.fee !== b.facts.fee) {
    const fee = a.trust === 'official' && b.trust === 'official' ? -4 : -0.8
    note?.('fee', fee, () => `one is ${a.facts.fee}, the other ${b.facts.fee}`)
    weight += fee
  }
  if (a.facts.covered !== null && b.facts.covered !== null && a.facts.covered !== b.facts.covered) {
    note?.('covered', -0.8, () => 'one is covered, the other is not')
    weight -= 0.8
  }
  return weight
}
