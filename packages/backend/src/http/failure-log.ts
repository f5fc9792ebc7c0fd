import type { DomainError, ErrorCode } from '@kickstand/domain'
import type { Clock } from '#platform/clock.ts'
import type { Logger } from '#platform/log.ts'

/** Failures caused by load, a full disk or an unreachable database. Clients can cause some of them at will. */
const EXPECTED: ReadonlySet<ErrorCode> = new Set(['overloaded', 'not-ready', 'database-unavailable', 'storage-full'])
const LINE_EVERY_MS = 10_000

export type FailureLog = (error: DomainError, requestId: string) => void

/**
 * Logs failed requests: an internal error with its stack each time, an expected failure in at most one line per error
 * code every 10 s, with the number of requests since the previous line.
 */
export function createFailureLog(log: Logger, uptime: Clock): FailureLog {
  const lines = new Map<ErrorCode, { at: number; unlogged: number }>()
  return (error, requestId) => {
    const { code } = error
    if (!EXPECTED.has(code)) {
      log.error({ err: error.cause ?? error, requestId }, 'request failed')
      return
    }
    const line = lines.get(code) ?? { at: Number.NEGATIVE_INFINITY, unlogged: 0 }
    line.unlogged += 1
    if (uptime() - line.at >= LINE_EVERY_MS) {
      const cause = error.cause instanceof Error ? { cause: error.cause.message } : {}
      log.warn({ code, requests: line.unlogged, requestId, ...cause }, error.message)
      line.at = uptime()
      line.unlogged = 0
    }
    lines.set(code, line)
  }
}
