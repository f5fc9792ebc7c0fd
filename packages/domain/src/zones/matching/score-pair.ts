import type { ZoneKind } from '../fields/vocabularies.ts'
import { gapBetween, groundShape, offsetBetween, type GroundShape } from './ground-shape.ts'
import { DEFAULT_MATCH_DISTANCE, MAX_MATCH_DISTANCE, MIN_MATCH_DISTANCE, type MatchEntry } from './match-entry.ts'
import { compareNumbers, nameLikeness, readStreetName, type StreetName } from './street-name.ts'

/**
 * Bounds of the score that two entries are the same place. The score is a sum of log-likelihood ratios, one for each compared field:
 * how much more likely the field is for one place than for two neighbours (natural logarithm: 0 is no evidence, 2.3 is ten to one).
 * The weights come from pairs in San Francisco, Monaco and Madrid; see docs/decisions/0029-one-zone-many-sources.md.
 */
export const MIN_YES_SCORE = 1.2
export const MIN_DOUBTFUL_SCORE = -0.8

/** Maximum distance of a part from the whole: half a street, since a block's zone may be drawn along its middle. */
const MAX_PART_GAP_METRES = 12
const PART_WEIGHT = -0.2

export type Verdict = 'yes' | 'doubtful' | 'no'

export function verdictOf(score: number): Verdict {
  return score >= MIN_YES_SCORE ? 'yes' : score >= MIN_DOUBTFUL_SCORE ? 'doubtful' : 'no'
}

/** One compared field, its weight, and a description. */
export type MatchReason = {
  readonly what: 'distance' | 'name' | 'capacity' | 'kind' | 'fee' | 'covered'
  readonly weight: number
  readonly text: string
}

type AddReason = (what: MatchReason['what'], weight: number, text: () => string) => void

/** An entry that is compared with many; caches its shape and street name. */
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

/** Maximum distance between the points of two entries to be compared, metres. */
export function maxPairDistance(matchDistance: number): number {
  return 2.5 * clampMatchDistance(matchDistance)
}

function clampMatchDistance(matchDistance: number): number {
  return Math.max(MIN_MATCH_DISTANCE, Math.min(matchDistance, MAX_MATCH_DISTANCE))
}

/** Whether a place is on or beside the outline of a larger one, such as half of a block's bays. */
export function isPartOf(part: Candidate, whole: Candidate): boolean {
  const [less, more] = [part.entry.facts.capacity, whole.entry.facts]
  if (more.outline === null || more.capacity === null || less === null || less >= more.capacity) return false
  const shape = shapeOf(whole)
  return shape.lines.length > 0 && gapBetween(shapeOf(part), shape) <= MAX_PART_GAP_METRES
}

/** The score that two entries are the same place; null where they are too far apart. */
export function scorePair(a: Candidate, b: Candidate, addReason?: AddReason): number | null {
  const distance = weighDistance(a, b, addReason)
  if (distance === null) return null
  return (
    distance +
    weighName(a, b, addReason) +
    weighCapacity(a, b, addReason) +
    weighKind(a.entry, b.entry, addReason) +
    weighRules(a.entry, b.entry, addReason)
  )
}

/** The same with its reasons, the largest weight first. */
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
 * Uses the distance between the nearest parts, plus a third of the additional distance between the points: a point beside a long kerb
 * may belong to it, but less certainly than one at its middle. For a part, which need not be in the middle, it is a sixth.
 */
function weighDistance(a: Candidate, b: Candidate, addReason?: AddReason): number | null {
  const matchDistance = clampMatchDistance(Math.max(a.entry.matchDistance, b.entry.matchDistance))
  const [first, second] = [shapeOf(a), shapeOf(b)]
  const [east, north] = offsetBetween(first, second)
  const apart = Math.hypot(east, north)
  if (apart > maxPairDistance(matchDistance)) return null
  const gap = Math.min(apart, gapBetween(first, second))
  const middles = (apart - gap) / (isPartOf(a, b) || isPartOf(b, a) ? 6 : 3)
  const scaledGap = ((gap + middles) * DEFAULT_MATCH_DISTANCE) / matchDistance
  const weight = 3.5 - scaledGap / 4
  addReason?.('distance', weight, () =>
    apart - gap < 2
      ? `${Math.round(apart)} m apart`
      : `${Math.round(gap)} m apart, ${Math.round(apart)} m between their middles`,
  )
  return weight
}

function weighName(a: Candidate, b: Candidate, addReason?: AddReason): number {
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
  addReason?.('name', weight, () => `${found}: “${one}” and “${other}”`)
  return weight
}

function weighCapacity(a: Candidate, b: Candidate, addReason?: AddReason): number {
  const [one, other] = [a.entry.facts.capacity, b.entry.facts.capacity]
  if (one === null || other === null) return 0
  const [less, more] = [Math.min(one, other), Math.max(one, other)]
  const share = less / more
  let weight = -2.2
  // Many places have five spaces and few have forty, so agreeing on forty is more evidence.
  if (more - less <= 1 || share >= 0.85) weight = Math.min(2, 0.4 + Math.log2(more) / 4)
  else if (share >= 0.6) weight = 0
  else if (share >= 0.4) weight = -0.7
  else if (share >= 0.2) weight = -1.5
  if (weight < 0 && (isPartOf(a, b) || isPartOf(b, a))) {
    addReason?.('capacity', PART_WEIGHT, () => `${less} of ${more} spaces, perhaps a part of them`)
    return PART_WEIGHT
  }
  addReason?.('capacity', weight, () => (one === other ? `${one} spaces in both` : `${one} and ${other} spaces`))
  return weight
}

const KIND_GROUPS: Readonly<Record<ZoneKind, string>> = {
  bay: 'open',
  rack: 'open',
  lot: 'lot',
  shed: 'roof',
  garage: 'roof',
}

function weighKind(a: MatchEntry, b: MatchEntry, addReason?: AddReason): number {
  const [one, other] = [a.facts.kind, b.facts.kind]
  if (one === null || other === null) return 0
  const [first, second] = [KIND_GROUPS[one], KIND_GROUPS[other]]
  const weight = one === other ? 0.3 : first === second ? 0 : first === 'roof' || second === 'roof' ? -2 : -0.4
  if (weight !== 0) addReason?.('kind', weight, () => (one === other ? `both a ${one}` : `a ${one} and a ${other}`))
  return weight
}

/** Two official sources do not contradict each other about one place; other sources may be mistaken. */
function weighRules(a: MatchEntry, b: MatchEntry, addReason?: AddReason): number {
  let weight = 0
  if (a.facts.fee !== null && b.facts.fee !== null && a.facts.fee !== b.facts.fee) {
    const fee = a.trust === 'official' && b.trust === 'official' ? -4 : -0.8
    addReason?.('fee', fee, () => `one is ${a.facts.fee}, the other ${b.facts.fee}`)
    weight += fee
  }
  if (a.facts.covered !== null && b.facts.covered !== null && a.facts.covered !== b.facts.covered) {
    addReason?.('covered', -0.8, () => 'one is covered, the other is not')
    weight -= 0.8
  }
  return weight
}
