import { execFile } from 'node:child_process'
import path from 'node:path'

const SOURCES = path.resolve(import.meta.dirname, '../../../apps/cli/src')

/** Path of the main file of the command line. */
export const CLI_MAIN = path.join(SOURCES, 'main.ts')

export type Ran = { readonly code: number; readonly stdout: string; readonly stderr: string }

export type CommandOptions = {
  readonly databaseUrl: string
  /** Other `KICKSTAND_` settings. */
  readonly env?: Readonly<Record<string, string>>
  /** Working directory. */
  readonly cwd?: string
}

/** Runs `kickstand ARGS` as a process of its own, with only these settings. */
export function spawnCommand(args: readonly string[], { databaseUrl, env, cwd }: CommandOptions): Promise<Ran> {
  const { PATH = '', NODE_COMPILE_CACHE = '' } = process.env
  const all = { PATH, NODE_COMPILE_CACHE, KICKSTAND_DATABASE_URL: databaseUrl, KICKSTAND_FEEDS: '', ...env }
  return new Promise((resolve) => {
    execFile(process.execPath, [CLI_MAIN, ...args], { cwd, env: all }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, stdout, stderr }),
    )
  })
}

/** The names of all commands. */
export async function commandNames(): Promise<string[]> {
  const { COMMANDS } = (await import(path.join(SOURCES, 'commands.ts'))) as { COMMANDS: object }
  return Object.keys(COMMANDS)
}

/** Ends when the last command has. */
let last: Promise<unknown> = Promise.resolve()

/**
 * The same in this process: everything but the start of a process, which takes a second of processor time. Commands run
 * one after the other, because they share the environment, the working directory and the output of the process.
 */
export function runCommand(args: readonly string[], options: CommandOptions): Promise<Ran> {
  const ran = last.then(() => runNow(args, options))
  last = ran.catch(() => undefined)
  return ran
}

async function runNow(args: readonly string[], { databaseUrl, env, cwd }: CommandOptions): Promise<Ran> {
  const { run } = (await import(path.join(SOURCES, 'run.ts'))) as { run: (args: readonly string[]) => Promise<void> }
  const before = { env: process.env, folder: process.cwd() }
  const streams = [captured(process.stdout), captured(process.stderr)]
  const others = Object.entries(before.env).filter(([name]) => !name.startsWith('KICKSTAND_'))
  process.env = { ...Object.fromEntries(others), KICKSTAND_DATABASE_URL: databaseUrl, KICKSTAND_FEEDS: '', ...env }
  if (cwd !== undefined) process.chdir(cwd)
  try {
    await run(args)
    return { code: Number(process.exitCode ?? 0), stdout: streams[0].text(), stderr: streams[1].text() }
  } finally {
    process.exitCode = undefined
    process.env = before.env
    process.chdir(before.folder)
    for (const { end } of streams) end()
  }
}

/** Collects what is written to a stream of this process instead of writing it, until `end`. */
function captured(stream: NodeJS.WriteStream): { readonly text: () => string; readonly end: () => void } {
  const write = stream.write
  let text = ''
  stream.write = (chunk: string | Uint8Array): boolean => {
    text += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString()
    return true
  }
  return { text: () => text, end: () => void (stream.write = write) }
}
