import { spawn } from 'node:child_process'
import type { FigureValue } from '@kickstand/domain'
import { Type } from 'typebox'
import { Check } from 'typebox/value'

const Figures = Type.Record(Type.String(), Type.Union([Type.Number(), Type.String(), Type.Boolean()]))

/** Maximum output of a command, so that endless output cannot fill the memory. */
const KEPT_CHARACTERS = 64 * 1024
const MAX_CHARACTERS = 16 * 1024 * 1024

export type RanMeasurement =
  | { readonly figures: Readonly<Record<string, FigureValue>>; readonly fault: null }
  | { readonly figures: null; readonly fault: string }

/**
 * Runs a quick measurement and reads its figures: the JSON object in the last line that it prints, if there is one, and
 * always `exitCode`. If the command cannot be started, prints nothing or too much, or does not end in time, the result has a
 * fault and no figures. The program `node` stands for the running Node.
 */
export function runMeasurement(
  run: readonly string[],
  { root, timeoutSeconds }: { readonly root: string; readonly timeoutSeconds: number },
): Promise<RanMeasurement> {
  const [program = '', ...args] = run
  return new Promise((resolve) => {
    const child = spawn(program === 'node' ? process.execPath : program, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      // A separate process group, so that child processes of the command are ended with it.
      detached: true,
    })
    let output = ''
    let characters = 0
    let fault: string | null = null
    const end = (reason: string): void => {
      fault ??= reason
      if (child.pid !== undefined) killGroup(child.pid)
    }
    const timer = setTimeout(() => end(`It did not end within ${timeoutSeconds} s.`), timeoutSeconds * 1000)
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8')
      stream.on('data', (chunk: string) => {
        characters += chunk.length
        if (stream === child.stdout) output = (output + chunk).slice(-KEPT_CHARACTERS)
        if (characters > MAX_CHARACTERS) end(`It printed over ${MAX_CHARACTERS / 1024 / 1024} MB.`)
      })
    }
    child.once('error', (error) => {
      clearTimeout(timer)
      resolve({ figures: null, fault: `It could not be started: ${error.message}.` })
    })
    child.once('close', (code) => {
      clearTimeout(timer)
      if (fault !== null) return resolve({ figures: null, fault })
      if (output.trim() === '')
        return resolve({ figures: null, fault: 'It printed nothing. Expected at least one line of output.' })
      resolve({ figures: { ...lastLineFigures(output), exitCode: code ?? -1 }, fault: null })
    })
  })
}

function lastLineFigures(output: string): Readonly<Record<string, FigureValue>> {
  const last = output.trimEnd().split('\n').at(-1) ?? ''
  if (!last.startsWith('{')) return {}
  try {
    const value: unknown = JSON.parse(last)
    return Check(Figures, value) ? value : {}
  } catch {
    return {}
  }
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    // The process has already ended.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
