import { destination, pino, type Logger } from 'pino'

export type { Logger } from 'pino'

const BUFFER = 4096

/** JSON lines on standard output, gathered before they are written; `flushLog` writes what is left. */
export function createLog(level: string): Logger {
  return pino({ level, base: null }, destination({ dest: 1, minLength: BUFFER, sync: false, maxWrite: 65_536 }))
}

/** Writes out what is gathered, for quiet times and before the end. */
export function flushLog(log: Logger): void {
  log.flush()
}
