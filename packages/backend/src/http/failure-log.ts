import type { DomainError, ErrorCode } from '@kickstand/domain'
import type { Clock } from '#platform/clock.ts'
import type { Logger } from '#platform/log.ts'

/** Failures that load, a full disk or an absent database explain; anyone can cause some of them as often as they like. */
const EXPECTED: ReadonlySet<ErrorCode> = new Set(['overloaded', 'not-ready', 'database-unavailable', 'storage-full'])
const LINE_EVERY_MS = 10_000

export type FailureLog = (error: DomainError, requestId: string) => void

/**
 * Logs failed requests: a fault of ours with its stack each time, an expected one in a line, and after that at most one line of its
 * code every 10 s, which says how many there were.
 */
export function createFailureLog(log: Logger, uptime: Clock): FailureLog {
  const lines = new Map<ErrorCode, { at: number; unsaid: number }>()
  return (error, requestId) => {
    const { code } = error
    if (!EXPECTED.has(code)) {
      log.error({ err: error.cause ?? error, requestId }, 'request failed')
      return
    }
    const line = lines.get(code) ?? { at: Number.NEGATIVE_INFINITY, unsaid: 0 }
    line.unsaid += 1
    if (uptime() - line.at >= LINE_EVERY_MS) {
      const cause = error.cause instanceof Error ? { cause: error.cause.message } : {}
      log.warn({ code, requests: line.unsaid, requestId, ...cause }, error.message)
      line.at = uptime()
      line.unsaid = 0
    }
    lines.set(code, line)
  }
}
