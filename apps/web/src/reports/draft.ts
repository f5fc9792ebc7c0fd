import type { ReportInput } from '@kickstand/contract'
import type { Level, Problem } from '@kickstand/domain'
import type { Format } from '../i18n/format.ts'
import type { Messages } from '../i18n/en.ts'

/** What a rider tapped, before time and place are added. */
export type Draft =
  | { readonly kind: 'level'; readonly level: Level }
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'arrived' | 'left' }
  | { readonly kind: 'problem'; readonly problem: Problem }

export type Position = { readonly lat: number; readonly lng: number; readonly accuracy: number }

/** The draft in a word or two, for the thanks and the note on the card. */
export function draftText(draft: Draft, t: Messages, format: Format): string {
  switch (draft.kind) {
    case 'level':
      return t.levels[draft.level]
    case 'count':
      return t.reportWords.count(draft.count, format.count(draft.count))
    case 'problem':
      return t.problems[draft.problem]
    case 'arrived':
      return t.reportWords.iParked
    case 'left':
      return t.reportWords.iLeft
  }
}

/** The server takes no report over 30 minutes old unless it is marked late; ours are marked a little before. */
const LATE_AFTER_MS = 25 * 60_000

/** A waiting report as it is sent at `now`: an old one owns up to its age. */
export function bodyAt({ input, madeAt }: { input: ReportInput; madeAt: number }, now: number): ReportInput {
  return now - madeAt > LATE_AFTER_MS ? { ...input, late: true } : input
}

/** The body to send; `now` is epoch milliseconds by the server's clock, the position only if the rider shares one. */
export function reportInput(zoneId: string, draft: Draft, now: number, position: Position | null): ReportInput {
  return {
    zoneId,
    ...draft,
    observedAt: new Date(now).toISOString(),
    ...(position && {
      position: { lat: position.lat, lng: position.lng, accuracy: Math.min(100_000, Math.max(0, position.accuracy)) },
    }),
  }
}
