import type { ContributionCreatedBody, ContributionInput, PhotoCreatedBody, ZoneInput } from '@kickstand/contract'
import { RIDER_FIELDS, RIDER_SURFACES, ZONE_KINDS } from '@kickstand/domain'
import type { PageText, Text } from '#i18n/i18n.ts'

/** An entry of the contribution outbox. The image of a photo is in the photo store, under the same key. */
export type Submission =
  | { readonly kind: 'contribution'; readonly zoneId: string; readonly body: ContributionInput }
  | { readonly kind: 'zone'; readonly zoneId: ''; readonly body: ZoneInput }
  | { readonly kind: 'photo'; readonly zoneId: string }
export type SubmissionResult = ContributionCreatedBody | PhotoCreatedBody

export type Position = { readonly lat: number; readonly lng: number; readonly accuracy: number }

/** The `position` field of a request body; no field if the rider shares no position. */
export function positionOf(position: Position | null): { position?: Position } {
  if (position === null) return {}
  const { lat, lng, accuracy } = position
  return { position: { lat, lng, accuracy: Math.min(100_000, Math.max(0, accuracy)) } }
}

type Words = { readonly t: Text; readonly p: PageText }

/** A field's value as text. */
export function valueText(field: string, value: unknown, { t, p }: Words): string {
  if (typeof value === 'boolean') return p(value ? 'answer.yes' : 'answer.no')
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string') return ''
  return valueNames(field, { t, p }).get(value) ?? value
}

/** The names of a field's values, where they are words of a list. */
export function valueNames(field: string, { t, p }: Words): ReadonlyMap<string, string> {
  if (field === 'kind') return new Map(ZONE_KINDS.map((kind) => [kind, t(`kind.${kind}`)]))
  if (field === 'surface') return new Map(RIDER_SURFACES.map((surface) => [surface, p(`surface.${surface}`)]))
  return new Map()
}

/** A contribution as short text, such as "Spaces: 8". */
export function contributionText(field: string, value: unknown, words: Words): string {
  const known = [...RIDER_FIELDS, 'exists' as const].find((one) => one === field)
  const label = known === undefined ? field : words.p(`field.${known}`)
  const valueName = valueText(field, value, words)
  return valueName === '' || ((field === 'gone' || field === 'blocked') && value === true)
    ? label
    : words.p('label.value', { label, value: valueName })
}

export function submissionText(submission: Submission, words: Words): string {
  if (submission.kind === 'zone') return words.p('field.exists')
  if (submission.kind === 'photo') return words.p('photo.sent')
  return contributionText(submission.body.field, submission.body.value, words)
}
