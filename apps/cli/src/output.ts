import { DomainError, visibleJson, visibleText } from '@kickstand/domain'

// All output of commands goes through this file: text from feeds and riders must not control a terminal or forge lines.
// `output.test.ts` finds code that bypasses it.

/** The exit code for input that is truncated or empty. */
export const INCOMPLETE = 3

/**
 * Exit codes: 0 success, 1 an internal error, 2 invalid arguments, settings or input, 3 incomplete input: it is truncated or
 * empty.
 */
export function fail(error: unknown): void {
  if (error instanceof DomainError) {
    // Errors in the settings are reported together, one per line. In other messages a line break can only come from quoted input.
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

/** Ignores EPIPE: the reader of a pipe may close it early, as `head` does. */
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

/** Prints one or more lines. Line breaks inside a line are escaped, because they could forge a line. */
export function print(lines: string | readonly string[] = ''): void {
  for (const line of typeof lines === 'string' ? [lines] : lines) process.stdout.write(`${visibleText(line)}\n`)
}

/** Writes lines to standard error: problems and progress. */
export function printToStderr(...lines: readonly string[]): void {
  for (const line of lines) process.stderr.write(`${visibleText(line)}\n`)
}

/** The lines of a text that the project itself produces, such as a table of figures. Never use it for text from outside. */
export function linesOf(text: string): string[] {
  return text.split('\n')
}
