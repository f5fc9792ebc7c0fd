import type { ContributionCreatedBody, ContributionInput, PhotoCreatedBody, ZoneInput } from '@kickstand/contract'
import type { Messages } from '#i18n/en.ts'
import type { ContributionsMessages } from '#i18n/en-contributions.ts'

/** One thing that a rider says of the map. The picture of a photo lies in the photo store, under the key of its entry. */
export type Said =
  | { readonly kind: 'contribution'; readonly zoneId: string; readonly body: ContributionInput }
  | { readonly kind: 'zone'; readonly zoneId: ''; readonly body: ZoneInput }
  | { readonly kind: 'photo'; readonly zoneId: string }
export type SaidAnswer = ContributionCreatedBody | PhotoCreatedBody

export type Position = { readonly lat: number; readonly lng: number; readonly accuracy: number }

/** The position as the API takes it; left out where the rider shares none. */
export function positionOf(position: Position | null): { position?: Position } {
  if (position === null) return {}
  const { lat, lng, accuracy } = position
  return { position: { lat, lng, accuracy: Math.min(100_000, Math.max(0, accuracy)) } }
}

type Words = { readonly t: Messages; readonly text: ContributionsMessages }

/** A value in words: the page's own for kinds and grounds. */
export function valueText(field: string, value: unknown, { t, text }: Words): string {
  if (value === true) return t.yes
  if (value === false) return t.no
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string') return ''
  const names: Readonly<Record<string, string>> = field === 'kind' ? t.kinds : field === 'surface' ? text.surfaces : {}
  return names[value] ?? value
}

/** A contribution in a few words. */
export function factText(field: string, value: unknown, words: Words): string {
  const names: Readonly<Record<string, string>> = words.text.fields
  const name = names[field] ?? field
  const told = valueText(field, value, words)
  return told === '' || ((field === 'gone' || field === 'blocked') && value === true)
    ? name
    : words.text.said(name, told)
}

export function saidText(said: Said, words: Words): string {
  if (said.kind === 'zone') return words.text.added
  if (said.kind === 'photo') return words.text.photoSent
  return factText(said.body.field, said.body.value, words)
}
