import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort } from '@kickstand/testkit'
import { cpuSeconds } from './measure/process-figures.ts'

/** A server under load, in a separate process. */
export type ServerProcess = {
  readonly pid: number
  readonly port: number
  /** CPU seconds used so far, for peers including their store. */
  cpuSeconds(): number
  /** From the start of the process to the first 2xx response. */
  readonly readySeconds: number
  /** Triggers a garbage collection in the server (started with `collectable`) and waits for it. */
  collect(): Promise<void>
  stop(): Promise<void>
}

export type ServerOptions = {
  readonly databaseUrl: string
  readonly logFile: string
  /** Folder for a CPU profile, written when the server stops. */
  readonly profile?: string | undefined
  readonly collectable?: boolean
}

/** The same flags as in tools/runtime/run.mjs, which `npm start` uses. */
const NODE_FLAGS = ['--max-semi-space-size=8']
const MAIN = fileURLToPath(new URL('../../apps/server/src/main.ts', import.meta.url))
const bareMain = (framework: string): string =>
  fileURLToPath(new URL(`./frameworks/${framework}-server.ts`, import.meta.url))
const UNDER_BENCH = ['--import', new URL('./under-bench.ts', import.meta.url).href]
const READY_TIMEOUT_MS = 300_000
const POLL_MS = 20
/** The highest value that settings allow: limits are counted but never reached. */
const MAX_LIMIT = '10000000'

/** Starts the service as in production, with limits, logs (to a file) and metrics. */
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
    KICKSTAND_LIMIT_REQUESTS_PER_ADDRESS: MAX_LIMIT,
    KICKSTAND_LIMIT_REPORTS_PER_ADDRESS: MAX_LIMIT,
    KICKSTAND_LIMIT_STREAMS_PER_ADDRESS: '0',
    KICKSTAND_LIMIT_REPORTS_PER_RIDER: MAX_LIMIT,
    KICKSTAND_LIMIT_BATCHES_PER_FEED_KEY: MAX_LIMIT,
    KICKSTAND_LIMIT_SIGN_INS_PER_ADDRESS: MAX_LIMIT,
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

/** Starts a framework alone, with fixed responses: see `frameworks/fastify-server.ts`. */
export async function startBare(
  answerFile: string,
  logFile: string,
  profile?: string,
  framework: 'fastify' | 'express' = 'fastify',
): Promise<ServerProcess> {
  const port = await freePort()
  const nodeArgs = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`]
  const args = [...nodeArgs, bareMain(framework)]
  return start(args, { BENCH_PORT: String(port), BENCH_ANSWER: answerFile }, port, '/fixed', logFile)
}

/** Starts a server of this repository: `args` for node; it is ready when `readyPath` returns 2xx. */
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
    if (performance.now() - started > READY_TIMEOUT_MS) {
      await stop()
      throw new Error(`the server was not ready in ${READY_TIMEOUT_MS / 1000} s; see ${logFile}`)
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
