import { fstatSync, writeSync } from 'node:fs'
import { visibleJson } from '@kickstand/domain'
import { pino, type DestinationStream, type Logger } from 'pino'

export type { Logger } from 'pino'

const STDOUT = 1

/** Buffered characters before a write; the buffer is also written every second. */
const MAX_BUFFERED_CHARACTERS = 32_768

/** A logger of JSON lines on standard output, buffered; `flushLog` writes the rest. */
export function createLog(level: string): Logger {
  return pino(
    { level, base: null },
    createBufferedDestination(
      fstatSync(STDOUT).isFile()
        ? createTolerantWriter((text) => writeSync(STDOUT, text))
        : (text) => process.stdout.write(text),
    ),
  )
}

/** Writes the buffered lines. */
export function flushLog(log: Logger): void {
  log.flush()
}

/** Pino's own destination measures the whole buffer at each line, which costs more than the rest of a request. */
export function createBufferedDestination(write: (text: string) => void): DestinationStream & { flush(): void } {
  let buffered = ''
  function flush(): void {
    if (buffered === '') return
    // Logs are read in terminals, and lines may contain text of feeds and riders.
    const text = visibleJson(buffered)
    buffered = ''
    write(text)
  }
  return {
    write(line) {
      buffered += line
      if (buffered.length >= MAX_BUFFERED_CHARACTERS) flush()
    },
    flush,
  }
}

/**
 * A failed write ends Node's own file stream and the process with it; a full disk must not. Here lines that cannot be
 * written are dropped, and their number is logged when writes succeed again.
 */
export function createTolerantWriter(write: (text: string) => number): (text: string) => void {
  let lost = 0
  return (text) => {
    // The last write may have been truncated.
    const before = lost === 0 ? '' : `\n{"level":40,"msg":"the log could not be written: ${lost} lines are lost"}\n`
    const whole = before + text
    try {
      if (write(whole) === Buffer.byteLength(whole)) lost = 0
      else lost += linesOf(text)
    } catch {
      lost += linesOf(text)
    }
  }
}

function linesOf(text: string): number {
  return text.split('\n').length - 1
}
