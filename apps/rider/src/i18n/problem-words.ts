import type { Failure } from '@kickstand/client'
import type { ErrorCode } from '@kickstand/domain'
import type { ErrorsMessages, Format, Translate } from '@kickstand/i18n'

type ErrorId = keyof ErrorsMessages
type Words = { readonly t: Translate<ErrorsMessages>; readonly format: Pick<Format, 'distance'> }
/** Ids of texts without parameters. */
type PlainId = { [Id in ErrorId]: ErrorsMessages[Id] extends [] ? Id : never }[ErrorId]

/** The text of each error code that a rider can receive. The API's own messages are for developers. */
export const REASONS: Partial<Record<string, PlainId>> = {
  'invalid-request': 'rejection.invalidRequest',
  'not-found': 'rejection.reload',
  'zone-not-found': 'rejection.zoneNotFound',
  'report-not-found': 'rejection.reportNotFound',
  'contribution-not-found': 'rejection.contributionNotFound',
  'photo-not-found': 'rejection.photoNotFound',
  'not-for-riders': 'rejection.notForRiders',
  'zone-already-exists': 'rejection.zoneExists',
  'unusable-image': 'rejection.unusableImage',
  'observed-in-future': 'rejection.observedInFuture',
  'observed-too-old': 'rejection.observedTooOld',
  'undo-too-late': 'rejection.undoTooLate',
  'rider-required': 'rejection.riderRequired',
  'idempotency-mismatch': 'rejection.reload',
  'idempotency-in-flight': 'rejection.busy',
  'body-too-large': 'rejection.bodyTooLarge',
  'unsupported-media-type': 'rejection.unsupportedMedia',
  'method-not-allowed': 'rejection.reload',
  'precondition-failed': 'rejection.reload',
  'range-not-satisfiable': 'rejection.reload',
  'rate-limited': 'rejection.rateLimited',
  overloaded: 'rejection.busy',
  'not-ready': 'rejection.busy',
  'wrong-server': 'rejection.busy',
  'database-unavailable': 'rejection.busy',
  'database-newer': 'rejection.busy',
  'storage-full': 'rejection.busy',
  internal: 'rejection.other',
} satisfies Partial<Record<ErrorCode, PlainId>>

/** Why a rider's request was rejected, in the page's language. */
export function problemText(failure: Failure, { t, format }: Words): string {
  if (failure.kind === 'unreachable') return t('rejection.tooLate')
  const { code, params } = failure.problem
  const metres = params?.['metres']
  if (code === 'zone-already-exists' && typeof metres === 'number')
    return t('rejection.zoneExistsNear', { distance: format.distance(metres) })
  // Another code is one for operators and commands, or one of a newer server.
  return t(REASONS[code] ?? 'rejection.other')
}
