import { pino, type DestinationStream, type Logger } from 'pino'

export type { Logger } from 'pino'

/** Characters gathered before they are written; what waits is written every second all the same. */
const GATHERED = 32_768

/** JSON lines on standard output, gathered before they are written; `flushLog` writes what is left. */
export function createLog(level: string): Logger {
  return pino(
    { level, base: null },
    gathering((text) => process.stdout.write(text)),
  )
}

/** Writes out what is gathered, for quiet times and before the end. */
export function flushLog(log: Logger): void {
  log.flush()
}

/** Pino's own destination measures all that waits at each line, which costs more than everything else about a request. */
export function gathering(write: (text: string) => void): DestinationStream & { flush(): void } {
  let waiting = ''
  function flush(): void {
    if (waiting === '') return
    const text = waiting
    waiting = ''
    write(text)
  }
  return {
    write(line) {
      waiting += line
      if (waiting.length >= GATHERED) flush()
    },
    flush,
  }
}
