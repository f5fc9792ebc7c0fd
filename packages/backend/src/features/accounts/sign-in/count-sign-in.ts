import { DomainError, type ErrorCode } from '@kickstand/domain'
import type { Metrics } from '#platform/metrics.ts'

/** `code-needed`: the password was right, the code is missing. `limited`: too many failures. `rejected`: not verified. */
export type SignInOutcome = 'succeeded' | 'failed' | 'code-needed' | 'limited' | 'rejected'

const OUTCOMES: Partial<Record<ErrorCode, SignInOutcome>> = {
  'sign-in-failed': 'failed',
  'second-factor-required': 'code-needed',
  'rate-limited': 'limited',
}

/** Counts the outcome of a proof of identity. Failures have no audit entry, because anybody can cause any number of them. */
export async function countSignIn<T>(
  { signIns }: Pick<Metrics, 'signIns'>,
  method: 'password' | 'passkey' | 'step-up',
  verify: () => Promise<T>,
): Promise<T> {
  try {
    const result = await verify()
    signIns.inc({ method, outcome: 'succeeded' })
    return result
  } catch (error) {
    const outcome = (error instanceof DomainError ? OUTCOMES[error.code] : undefined) ?? 'rejected'
    signIns.inc({ method, outcome })
    throw error
  }
}
