import { spawn } from 'node:child_process'
import path from 'node:path'

export const ROOT = path.resolve(import.meta.dirname, '..')

/** Scripts of tools in node_modules, so that they run with this Node, whatever is on PATH. */
export const BIN = {
  tsc: 'typescript/bin/tsc',
  oxlint: 'oxlint/bin/oxlint',
  oxfmt: 'oxfmt/bin/oxfmt',
  knip: 'knip/bin/knip.js',
  vitest: 'vitest/vitest.mjs',
  playwright: '@playwright/test/cli.js',
} as const

export type ScriptResult = { readonly code: number; readonly output: string; readonly seconds: number }

/** `quiet`: the output is only collected. `live`: it is also shown. */
export type Show = 'quiet' | 'live'

/** Runs a script with this Node from the root. It does not throw if the script fails. */
export async function runScript(
  script: string,
  args: readonly string[],
  { show = 'quiet', env = {} }: { show?: Show; env?: Readonly<Record<string, string>> } = {},
): Promise<ScriptResult> {
  const started = performance.now()
  const child = spawn(process.execPath, [script, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const [stream, shown] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ] as const) {
    stream.setEncoding('utf8')
    stream.on('data', (chunk: string) => {
      output += chunk
      if (show === 'live') shown.write(chunk)
    })
  }
  const code = await new Promise<number>((resolve) => {
    child.once('error', (error) => {
      output += `${error.message}\n`
      resolve(1)
    })
    child.once('close', (exit) => resolve(exit ?? 1))
  })
  return { code, output, seconds: (performance.now() - started) / 1000 }
}

export function toolScript(tool: keyof typeof BIN): string {
  return path.join(ROOT, 'node_modules', BIN[tool])
}
