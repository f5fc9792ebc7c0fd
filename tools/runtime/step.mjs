import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

/** An expected failure of a preparation step, with a message that says what to do. */
export class StepError extends Error {}

/** Prints progress to stderr, so that the `--json` output of a command on stdout stays clean. */
export function say(step, message) {
  process.stderr.write(`kickstand ${step}: ${message}\n`)
}

/** Runs `main`. A StepError is printed without a stack and exits 1; any other error is thrown. */
export async function withOneLineErrors(main) {
  try {
    process.exitCode = await main()
  } catch (error) {
    if (!(error instanceof StepError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  }
}
