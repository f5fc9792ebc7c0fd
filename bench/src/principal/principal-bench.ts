import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '@kickstand/testkit'
import { startLoad } from '../load/load-process.ts'
import type { Spread } from '../measure/statistics.ts'
import { difference, measureInRounds, over, type RoundsResult, type Target } from '../rounds.ts'
import { start, type ServerProcess } from '../servers.ts'
import { seedPrincipals } from './seed-principals.ts'

export type PrincipalOptions = { readonly rounds: number; readonly seconds: number; readonly connections: number }

export type PrincipalFigures = {
  readonly who: string
  /** CPU milliseconds of a request. */
  readonly cpuMs: Spread
  /** CPU microseconds more than the public route of the same round. */
  readonly extraMicros: Spread
}

const SERVER = fileURLToPath(new URL('./principal-server.ts', import.meta.url))
/** As long as a short list. */
const ANSWER = 'x'.repeat(510)

/** Measures a public route and a route that needs a principal, by session and by token, in turn. */
export async function benchPrincipal(
  options: PrincipalOptions,
  progress: (line: string) => void,
): Promise<PrincipalFigures[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kickstand-bench-'))
  const load = startLoad()
  let server: ServerProcess | null = null
  try {
    const databaseUrl = `sqlite:${path.join(folder, 'principal.db')}`
    const { organisationId, cookie, token } = await seedPrincipals(databaseUrl)
    const answerFile = path.join(folder, 'answer.txt')
    await writeFile(answerFile, ANSWER)
    const port = await freePort()
    const env = { BENCH_PORT: String(port), BENCH_ANSWER: answerFile, BENCH_DATABASE: databaseUrl }
    server = await start([SERVER], env, port, `/public/${organisationId}`, path.join(folder, 'server.log'))
    const plan = { connections: options.connections, bearers: [], keyPrefix: null, keepBodies: false } as const
    const needsPrincipal = [{ path: `/action/${organisationId}`, body: null }]
    const targets: Target[] = [
      {
        name: 'public route',
        server,
        plan: { ...plan, requests: [{ path: `/public/${organisationId}`, body: null }] },
      },
      { name: 'account, by session', server, plan: { ...plan, requests: needsPrincipal, cookie } },
      { name: 'token', server, plan: { ...plan, requests: needsPrincipal, bearers: [token] } },
    ]
    const results = await measureInRounds(targets, load, { ...options, expect: 200 }, progress)
    return results.map((result) => toFigures(result, results[0]))
  } finally {
    load.stop()
    await server?.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

function toFigures(result: RoundsResult, bare: RoundsResult): PrincipalFigures {
  return {
    who: result.name,
    cpuMs: over(result, ({ cpuMs }) => cpuMs),
    extraMicros: difference(result, bare, ({ cpuMs }) => cpuMs * 1000),
  }
}
