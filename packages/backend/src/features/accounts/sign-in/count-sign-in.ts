import { DomainError, type ErrorCode } from '@kickstand/domain'
import type { Metrics } from '#platform/metrics.ts'

/** `code-needed`: the password was right. `limited`: beyond a limit of guesses. `rejected`: not verified at all. */
export type SignInOutcome = 'succeeded' | 'failed' | 'code-needed' | 'limited' | 'rejected'

const OUTCOMES: Partial<Record<ErrorCode, SignInOutcome>> = {
  'sign-in-failed': 'failed',
  'second-factor-required': 'code-needed',
  'rate-limited': 'limited',
}

/** Counts how a proof of identity ended. Failures have no audit entry: anybody can cause any number of them. */
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
