import { DomainError, visibleJson, visibleText } from '@kickstand/domain'

// Everything that a command writes goes through here: what feeds and riders wrote must neither drive a terminal nor make lines of
// its own. `output.test.ts` looks for whoever writes around it.

/** The exit code for input that breaks off or is empty. */
export const INCOMPLETE = 3

/**
 * Exit codes: 0 done, 1 a fault of ours, 2 something in the call, the settings or the input, 3 input that is incomplete: it breaks
 * off, or there is nothing in it.
 */
export function fail(error: unknown): void {
  if (error instanceof DomainError) {
    // All faults of the settings are told at once; in other messages a line break is somebody's who was quoted.
    const [first = '', ...more] = error.code === 'invalid-config' ? linesOf(error.message) : [error.message]
    printToStderr(`kickstand: ${first}`, ...more)
    for (const { pointer, message } of error.errors) printToStderr(`  ${pointer}: ${message}`)
    process.exitCode = error.code === 'internal' ? 1 : error.code === 'incomplete-file' ? INCOMPLETE : 2
    return
  }
  const known = error instanceof Error ? error : new Error(String(error))
  const frames = linesOf(known.stack ?? '').filter((line) => /^ {4}at /.test(line))
  printToStderr(`kickstand: ${known.name}: ${known.message}`, ...frames)
  process.exitCode = 1
}

/** Whoever reads our output may stop early, as `head` does: what is left is not written, and that is no fault. */
export function ignoreClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error) => {
      if (!('code' in error) || error.code !== 'EPIPE') throw error
    })
  }
}

/** Prints one JSON value, the only thing on standard output of a command called with --json. */
export function printJson(value: unknown): void {
  process.stdout.write(`${visibleJson(JSON.stringify(value))}\n`)
}

/** Prints a line, or each of some. A line break inside of one is written out: it can only be somebody's who would forge a line. */
export function print(lines: string | readonly string[] = ''): void {
  for (const line of typeof lines === 'string' ? [lines] : lines) process.stdout.write(`${visibleText(line)}\n`)
}

/** Writes lines on standard error: problems, and how far something is. */
export function printToStderr(...lines: readonly string[]): void {
  for (const line of lines) process.stderr.write(`${visibleText(line)}\n`)
}

/** The lines of a text of our own making, a table of figures say: never of one that holds what somebody else wrote. */
export function linesOf(text: string): string[] {
  return text.split('\n')
}
