import { failureOf } from '@kickstand/client'
import type { ConsoleMessages, Translate } from '@kickstand/i18n'
import { PasskeyError } from '#api/passkeys.ts'

/** What each field of a request must contain. The server names the field; its own message is for programs. */
const EXPECTED = {
  name: 'problem.field.name',
  email: 'problem.email',
  password: 'problem.password',
  currentPassword: 'problem.currentPassword',
  code: 'problem.field.code',
  recoveryCode: 'problem.field.recoveryCode',
  reason: 'problem.field.reason',
  until: 'problem.field.until',
  role: 'problem.field.role',
  scopes: 'problem.field.scopes',
  networks: 'tokens.networksWrong',
  object: 'audit.objectWrong',
} as const

type Known = keyof typeof EXPECTED

function isKnown(name: string): name is Known {
  return Object.hasOwn(EXPECTED, name)
}

/** The field of a pointer: `/networks/0` is `networks`, `?object` is `object`. */
function fieldOf(pointer: string): string {
  return pointer.split(/[/?]/)[1] ?? ''
}

/** The fields of the input that the server rejected, each once. */
export function rejectedFields(error: Error | null): readonly string[] {
  if (error === null || error instanceof PasskeyError) return []
  const failure = failureOf(error)
  if (failure.kind !== 'rejected') return []
  return [...new Set((failure.problem.errors ?? []).map(({ pointer }) => fieldOf(pointer)))]
}

/** What one field must contain, in the language of the page, if the server rejected its value; else null. */
export function fieldText(error: Error | null, field: Known, t: Translate<ConsoleMessages>): string | null {
  return rejectedFields(error).includes(field) ? t(EXPECTED[field]) : null
}

/** What the rejected fields must contain, without those of `shown`, which the page explains at the field. */
export function otherFieldTexts(
  error: Error | null,
  shown: readonly string[],
  t: Translate<ConsoleMessages>,
): readonly string[] {
  return rejectedFields(error)
    .filter((field) => !shown.includes(field))
    .map((field) => (isKnown(field) ? t(EXPECTED[field]) : t('problem.field.other', { field })))
}
