import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

/** A preparation step that could not be done, told in one line with what to do about it. */
export class StepError extends Error {}

/** Progress goes to stderr so that a command's `--json` on stdout stays clean. */
export function say(step, message) {
  process.stderr.write(`kickstand ${step}: ${message}\n`)
}

/** Runs `main`; an expected failure becomes one line and exit code 1, a fault of our own keeps its stack. */
export async function orOneLine(main) {
  try {
    process.exitCode = await main()
  } catch (error) {
    if (!(error instanceof StepError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  }
}
