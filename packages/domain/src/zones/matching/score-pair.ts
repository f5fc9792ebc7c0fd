import type { ZoneKind } from '../zone.ts'
import { gapBetween, groundShape, offsetBetween, type GroundShape } from './ground-shape.ts'
import {
  DEFAULT_MATCH_DISTANCE,
  LARGEST_MATCH_DISTANCE,
  SMALLEST_MATCH_DISTANCE,
  type MatchEntry,
} from './match-entry.ts'
import { compareNumbers, nameLikeness, readStreetName, type StreetName } from './street-name.ts'

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

/** An entry that is compared with many: what is worked out of its outline and name is kept as long as it is. */
export type Candidate = {
  readonly entry: MatchEntry
  shape: GroundShape | null
  street: StreetName | null
}

export function toCandidate(entry: MatchEntry): Candidate {
  return { entry, shape: null, street: null }
}

function shapeOf(candidate: Candidate): GroundShape {
  candidate.shape ??= groundShape(candidate.entry.facts)
  return candidate.shape
}

function streetOf(candidate: Candidate, name: string): StreetName {
  candidate.street ??= readStreetName(name)
  return candidate.street
}

/** Metres between the points of two places above which they are not looked at. */
export function reachOf(matchDistance: number): number {
  return 2.5 * withinReason(matchDistance)
}

function withinReason(matchDistance: number): number {
  return Math.max(SMALLEST_MATCH_DISTANCE, Math.min(matchDistance, LARGEST_MATCH_DISTANCE))
}

/** Whether a place lies on or beside the drawn shape of a larger one: half of a block's bays, say, within the block. */
export function isPartOf(part: Candidate, whole: Candidate): boolean {
  const [less, more] = [part.entry.facts.capacity, whole.entry.facts]
  if (more.outline === null || more.capacity === null || less === null || less >= more.capacity) return false
  const shape = shapeOf(whole)
  return shape.lines.length > 0 && gapBetween(shapeOf(part), shape) <= PART_WITHIN
}

/** The evidence that two entries are one place; null where they are too far apart to be looked at. */
export function scorePair(a: Candidate, b: Candidate, note?: Note): number | null {
  const distance = weighDistance(a, b, note)
  if (distance === null) return null
  return (
    distance +
    weighName(a, b, note) +
    weighCapacity(a, b, note) +
    weighKind(a.entry, b.entry, note) +
    weighRules(a.entry, b.entry, note)
  )
}

/** The same with its reasons, the weightiest first. */
export function explainPair(a: MatchEntry, b: MatchEntry): { score: number | null; reasons: MatchReason[] } {
  const reasons: MatchReason[] = []
  const score = scorePair(
    toCandidate(a),
    toCandidate(b),
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
function weighDistance(a: Candidate, b: Candidate, note?: Note): number | null {
  const matchDistance = withinReason(Math.max(a.entry.matchDistance, b.entry.matchDistance))
  const [first, second] = [shapeOf(a), shapeOf(b)]
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

function weighName(a: Candidate, b: Candidate, note?: Note): number {
  const [one, other] = [a.entry.facts.name, b.entry.facts.name]
  if (one === null || other === null) return 0
  const [first, second] = [streetOf(a, one), streetOf(b, other)]
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
  note?.('name', weight, () => `${found}: “${one}” and “${other}”`)
  return weight
}

function weighCapacity(a: Candidate, b: Candidate, note?: Note): number {
  const [one, other] = [a.entry.facts.capacity, b.entry.facts.capacity]
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
