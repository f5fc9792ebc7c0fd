import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startLoad } from '../load/load-process.ts'
import type { Spread } from '../measure/statistics.ts'
import { measureInRounds, over, ratio, type RoundsResult, type Target } from '../rounds.ts'
import { startBare, type ServerProcess } from '../servers.ts'

export type FrameworksOptions = { readonly rounds: number; readonly seconds: number; readonly connections: number }

export type FrameworkFigures = {
  readonly route: string
  readonly fastifyCpuMs: Spread
  readonly expressCpuMs: Spread
  /** CPU time of a request with Express over that with Fastify. */
  readonly ratio: Spread
}

/** As long as a response to a report. */
const ANSWER = 'x'.repeat(510)
const BODY = JSON.stringify({ zoneId: 'aaaaaaaaa', kind: 'count', count: 3 })
const ROUTES = [
  { route: 'GET a fixed text', body: null, expect: 200 },
  { route: 'POST a report: parse, validate, fixed text', body: BODY, expect: 201 },
] as const
const FRAMEWORKS = ['fastify', 'express'] as const

/** Measures Fastify and Express with the same two routes, in turn. */
export async function benchFrameworks(
  options: FrameworksOptions,
  progress: (line: string) => void,
): Promise<FrameworkFigures[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kickstand-bench-'))
  const servers: ServerProcess[] = []
  const load = startLoad()
  try {
    const answerFile = path.join(folder, 'answer.txt')
    await writeFile(answerFile, ANSWER)
    for (const framework of FRAMEWORKS) {
      servers.push(await startBare(answerFile, path.join(folder, `${framework}.log`), undefined, framework))
    }
    const figures: FrameworkFigures[] = []
    for (const { route, body, expect } of ROUTES) {
      const plan = { connections: options.connections, requests: [{ path: '/fixed', body }], bearers: [] } as const
      const targets = servers.map((server, i): Target => ({
        name: `${FRAMEWORKS[i]}, ${route}`,
        server,
        plan: { ...plan, keyPrefix: null, keepBodies: false },
      }))
      const [fastify, express] = await measureInRounds(targets, load, { ...options, expect }, progress)
      figures.push(toFigures(route, fastify, express))
    }
    return figures
  } finally {
    load.stop()
    for (const server of servers) await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

function toFigures(route: string, fastify: RoundsResult, express: RoundsResult): FrameworkFigures {
  return {
    route,
    fastifyCpuMs: over(fastify, ({ cpuMs }) => cpuMs),
    expressCpuMs: over(express, ({ cpuMs }) => cpuMs),
    ratio: ratio(express, fastify, ({ cpuMs }) => cpuMs),
  }
}
