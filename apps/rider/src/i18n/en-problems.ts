import type { ErrorCode } from '@kickstand/domain'

/** Values that a problem's text may show; null if the problem has none. */
export type ProblemValues = { readonly distance: string | null }
type Sentence = (values: ProblemValues) => string

const OURS: Sentence = () => 'Something went wrong on our side. Try again in a minute.'
const BUSY: Sentence = () => 'The service is busy right now. Try again in a minute.'
const RELOAD: Sentence = () => 'This page may be out of date. Reload it and try again.'

/** Texts for riders when the API rejects a request. The API's own messages are for developers. */
export const enProblems = {
  /** Texts by error code, for every code that a rider can receive. */
  reasons: {
    'invalid-request': () => 'Something you entered is not valid. Check it and try again.',
    'not-found': RELOAD,
    'zone-not-found': () => 'This place is no longer on the map.',
    'report-not-found': () => 'This report no longer exists.',
    'contribution-not-found': () => 'This change no longer exists.',
    'photo-not-found': () => 'This photo no longer exists.',
    'not-for-riders': () => 'Only the operator of this place can change that.',
    'zone-already-exists': ({ distance }) =>
      distance === null ? 'There is already a place here.' : `There is already a place ${distance} from here.`,
    'unusable-image': () => 'This picture cannot be used. Try another one.',
    'observed-in-future': () => 'The clock of this device is ahead. Set it and report again.',
    'observed-too-old': () => 'Your report is too old to help other riders.',
    'undo-too-late': () => 'It is too late to undo this.',
    'rider-required': () => 'Only the device that sent this can undo it.',
    'idempotency-mismatch': RELOAD,
    'idempotency-in-flight': BUSY,
    'body-too-large': () => 'The picture is too large. Send a smaller one.',
    'unsupported-media-type': () => 'This kind of file cannot be sent. Try a JPEG, PNG or WebP picture.',
    'method-not-allowed': RELOAD,
    'precondition-failed': RELOAD,
    'range-not-satisfiable': RELOAD,
    'rate-limited': () => 'You sent a lot in a short time. Try again in a few minutes.',
    overloaded: BUSY,
    'not-ready': BUSY,
    'wrong-server': BUSY,
    'database-unavailable': BUSY,
    'database-newer': BUSY,
    'storage-full': BUSY,
    internal: OURS,
  } satisfies Partial<Record<ErrorCode, Sentence>> as Partial<Record<string, Sentence>>,
  /** Any other code: one for operators and commands, or one of a newer server. */
  other: OURS,
  tooLate: 'It could not be sent within a day.',
}

export type ProblemMessages = typeof enProblems
