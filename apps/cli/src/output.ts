import { DomainError } from '@kickstand/domain'

/** Exit codes: 0 done, 1 a fault of ours, 2 something in the call, the settings or the input. */
export function fail(error: unknown): void {
  if (error instanceof DomainError) {
    process.stderr.write(`kickstand: ${error.message}\n`)
    for (const { pointer, message } of error.errors) process.stderr.write(`  ${pointer}: ${message}\n`)
    process.exitCode = error.code === 'internal' ? 1 : 2
    return
  }
  process.stderr.write(`kickstand: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  process.exitCode = 1
}

/** Prints one JSON value, the only thing on standard output of a command called with --json. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}

export function print(line = ''): void {
  process.stdout.write(`${line}\n`)
}
