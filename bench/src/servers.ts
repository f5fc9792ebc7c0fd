import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort } from '@kickstand/testkit'
import { cpuSeconds } from './measure/process-figures.ts'

/** A server under load, in a process of its own. */
export type ServerProcess = {
  readonly pid: number
  readonly port: number
  /** Seconds of processor time used so far by it and by what it asks (a database server). */
  cpuSeconds(): number
  /** From the start of the process to the first good answer. */
  readonly readySeconds: number
  /** Sends the signal that makes the server collect its garbage (started with `collectable`), and waits for it. */
  collect(): Promise<void>
  stop(): Promise<void>
}

export type ServerOptions = {
  readonly databaseUrl: string
  readonly logFile: string
  /** A folder to write a CPU profile to when the server stops. */
  readonly profile?: string | undefined
  readonly collectable?: boolean
}

/** As in tools/runtime/run.mjs, by which `npm start` runs it. */
const NODE_FLAGS = ['--max-semi-space-size=8']
const MAIN = fileURLToPath(new URL('../../apps/server/src/main.ts', import.meta.url))
const BARE = fileURLToPath(new URL('./bare-server.ts', import.meta.url))
const UNDER_BENCH = ['--import', new URL('./under-bench.ts', import.meta.url).href]
const READY_WITHIN_MS = 300_000
const POLL_MS = 20
/** The highest that settings allow: limits are counted and told, and never reached. */
const HIGHEST_LIMIT = '10000000'

/** The service as it is run in production: limits, logs (to a file) and metrics on. */
export async function startKickstand(options: ServerOptions): Promise<ServerProcess> {
  const port = await freePort()
  const env = {
    KICKSTAND_ENV: 'production',
    KICKSTAND_DEMO: 'off',
    KICKSTAND_BASEMAP: 'none',
    KICKSTAND_HOST: '127.0.0.1',
    KICKSTAND_PORT: String(port),
    KICKSTAND_METRICS_PORT: String(await freePort()),
    KICKSTAND_DATABASE_URL: options.databaseUrl,
    KICKSTAND_LIMIT_REQUESTS_PER_ADDRESS: HIGHEST_LIMIT,
    KICKSTAND_LIMIT_REPORTS_PER_ADDRESS: HIGHEST_LIMIT,
    KICKSTAND_LIMIT_STREAMS_PER_ADDRESS: '0',
    KICKSTAND_LIMIT_REPORTS_PER_RIDER: HIGHEST_LIMIT,
    KICKSTAND_LIMIT_BATCHES_PER_FEED_KEY: HIGHEST_LIMIT,
    KICKSTAND_DRAIN_SECONDS: '0',
    KICKSTAND_LOG_LEVEL: 'info',
  }
  const nodeArgs = [
    ...NODE_FLAGS,
    ...(options.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${options.profile}`]),
    ...(options.collectable === true ? ['--expose-gc'] : []),
  ]
  return start([...nodeArgs, MAIN], env, port, '/readyz', options.logFile)
}

/** Fastify with nothing on it; see `bare-server.ts`. */
export async function startBare(answerFile: string, logFile: string, profile?: string): Promise<ServerProcess> {
  const port = await freePort()
  const nodeArgs = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`]
  return start([...nodeArgs, BARE], { BENCH_PORT: String(port), BENCH_ANSWER: answerFile }, port, '/fixed', logFile)
}

/** Starts a server of ours under the bench: `args` for node, ready when `readyPath` answers 2xx. */
export async function start(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  port: number,
  readyPath: string,
  logFile: string,
): Promise<ServerProcess> {
  const log = openSync(logFile, 'a')
  const started = performance.now()
  const child = spawn(process.execPath, [...UNDER_BENCH, ...args], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], NODE_ENV: 'production', ...env },
    stdio: ['ignore', log, log, 'ipc'],
  })
  closeSync(log)
  let ended = false
  child.once('exit', () => {
    ended = true
  })
  async function stop(): Promise<void> {
    if (ended) return
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  const url = `http://127.0.0.1:${port}${readyPath}`
  for (;;) {
    const answer = await fetch(url).catch(() => null)
    await answer?.arrayBuffer()
    if (answer?.ok === true) break
    if (ended) throw new Error(`the server ended:\n${readFileSync(logFile, 'utf8').slice(-2000)}`)
    if (performance.now() - started > READY_WITHIN_MS) {
      await stop()
      throw new Error(`the server was not ready in ${READY_WITHIN_MS / 1000} s; see ${logFile}`)
    }
    await sleep(POLL_MS)
  }
  const pid = child.pid ?? 0
  return {
    pid,
    port,
    cpuSeconds: () => cpuSeconds(pid),
    readySeconds: (performance.now() - started) / 1000,
    async collect() {
      const done = once(child, 'message')
      child.kill('SIGUSR2')
      await done
    },
    stop,
  }
}
