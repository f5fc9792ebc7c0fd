import type { ReportInput } from '@kickstand/contract'
import type { Level, Problem } from '@kickstand/domain'
import type { Text } from '#i18n/i18n.ts'

/** A report before time and position are added. */
export type Draft =
  | { readonly kind: 'level'; readonly level: Level }
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'arrived' | 'left' }
  | { readonly kind: 'problem'; readonly problem: Problem }

export type Position = { readonly lat: number; readonly lng: number; readonly accuracy: number }

/** The draft as short text, for the toast and the note on the card. */
export function draftText(draft: Draft, t: Text): string {
  switch (draft.kind) {
    case 'level':
      return t(`level.${draft.level}`)
    case 'count':
      return t('report.count', { n: draft.count })
    case 'problem':
      return t(`problem.${draft.problem}`)
    case 'arrived':
      return t('report.parked')
    case 'left':
      return t('report.left')
  }
}

/** The server rejects a report older than 30 minutes unless it has `late`. The page sets it a little earlier. */
const LATE_AFTER_MS = 25 * 60_000

/** The body of a waiting report when sent at `now`: an old one has `late`. */
export function bodyAt({ input, madeAt }: { input: ReportInput; madeAt: number }, now: number): ReportInput {
  return now - madeAt > LATE_AFTER_MS ? { ...input, late: true } : input
}

/** The request body. `now` is epoch milliseconds by the server's clock; `position` is null if the rider shares none. */
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
