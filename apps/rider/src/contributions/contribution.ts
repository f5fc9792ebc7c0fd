import type { ContributionCreatedBody, ContributionInput, PhotoCreatedBody, ZoneInput } from '@kickstand/contract'
import type { Messages } from '#i18n/en.ts'
import type { ContributionsMessages } from '#i18n/en-contributions.ts'

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

type TextCatalogues = { readonly t: Messages; readonly text: ContributionsMessages }

/** A field's value as text. */
export function valueText(field: string, value: unknown, { t, text }: TextCatalogues): string {
  if (value === true) return t.yes
  if (value === false) return t.no
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string') return ''
  return valueNames(field, { t, text })[value] ?? value
}

/** The names of a field's values, where they are words of a list. */
export function valueNames(field: string, { t, text }: TextCatalogues): Readonly<Record<string, string>> {
  return field === 'kind' ? t.kinds : field === 'surface' ? text.surfaces : {}
}

/** A contribution as short text, such as "Spaces: 8". */
export function contributionText(field: string, value: unknown, catalogues: TextCatalogues): string {
  const names: Readonly<Record<string, string>> = catalogues.text.fields
  const name = names[field] ?? field
  const valueName = valueText(field, value, catalogues)
  return valueName === '' || ((field === 'gone' || field === 'blocked') && value === true)
    ? name
    : catalogues.text.fieldValue(name, valueName)
}

export function submissionText(submission: Submission, catalogues: TextCatalogues): string {
  if (submission.kind === 'zone') return catalogues.text.added
  if (submission.kind === 'photo') return catalogues.text.photoSent
  return contributionText(submission.body.field, submission.body.value, catalogues)
}
