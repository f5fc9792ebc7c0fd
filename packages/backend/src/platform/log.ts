import { fstatSync, writeSync } from 'node:fs'
import { visibleJson } from '@kickstand/domain'
import { pino, type DestinationStream, type Logger } from 'pino'

export type { Logger } from 'pino'

const STDOUT = 1

/** Characters gathered before they are written; what waits is written every second all the same. */
const GATHERED = 32_768

/** JSON lines on standard output, gathered before they are written; `flushLog` writes what is left. */
export function createLog(level: string): Logger {
  return pino(
    { level, base: null },
    gathering(
      fstatSync(STDOUT).isFile() ? toFile((text) => writeSync(STDOUT, text)) : (text) => process.stdout.write(text),
    ),
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
    // Logs are read in terminals, and lines may contain text from feeds and riders.
    const text = visibleJson(waiting)
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

/**
 * Node's own stream to a file ends with the first write that fails, and the process with it: a full disk must not end the
 * service. What cannot be written is left out, and how much that was is said once there is room.
 */
export function toFile(write: (text: string) => number): (text: string) => void {
  let lost = 0
  return (text) => {
    // What was written last may have been cut off in its middle.
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
