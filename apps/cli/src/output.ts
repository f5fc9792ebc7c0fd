import { DomainError } from '@kickstand/domain'

/** The exit code for input that breaks off or is empty. */
export const INCOMPLETE = 3

/**
 * Exit codes: 0 done, 1 a fault of ours, 2 something in the call, the settings or the input, 3 input that is incomplete: it breaks
 * off, or there is nothing in it.
 */
export function fail(error: unknown): void {
  if (error instanceof DomainError) {
    process.stderr.write(`kickstand: ${error.message}\n`)
    for (const { pointer, message } of error.errors) process.stderr.write(`  ${pointer}: ${message}\n`)
    process.exitCode = error.code === 'internal' ? 1 : error.code === 'incomplete-file' ? INCOMPLETE : 2
    return
  }
  process.stderr.write(`kickstand: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
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
  process.stdout.write(`${JSON.stringify(value)}\n`)
}

export function print(line = ''): void {
  process.stdout.write(`${line}\n`)
}
