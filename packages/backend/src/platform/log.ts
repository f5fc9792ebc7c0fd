import { destination, pino, type Logger } from 'pino'

export type { Logger } from 'pino'

/** Bytes gathered before they are written; what waits is written every second all the same. */
const BUFFER = 32_768

/** JSON lines on standard output, gathered before they are written; `flushLog` writes what is left. */
export function createLog(level: string): Logger {
  return pino({ level, base: null }, destination({ dest: 1, minLength: BUFFER, sync: false, maxWrite: 65_536 }))
}

/** Writes out what is gathered, for quiet times and before the end. */
export function flushLog(log: Logger): void {
  log.flush()
}
