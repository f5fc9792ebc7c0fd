import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openDatabase, systemClock } from '@kickstand/backend'
import { freshDatabase, startMariadb } from '@kickstand/testkit'
import { readEngine, type EngineName } from '../engines.ts'
import { startLoad } from '../load/load-process.ts'
import type { Spread } from '../measure/statistics.ts'
import { measureInRounds, over, ratio, type RoundsResult } from '../rounds.ts'
import { startBare, startKickstand, type ServerProcess } from '../servers.ts'
import { fillWorld } from '../world/fill-world.ts'
import { isBare, reportTargets } from './report-requests.ts'

export type ReportOptions = {
  /** Database engine; SQLite by default. */
  readonly database?: string
  readonly zones: number
  readonly rounds: number
  readonly seconds: number
  readonly profile?: string | undefined
}

export type ReportFigures = {
  readonly name: string
  readonly connections: number
  readonly perSecond: Spread
  /** Of the app server, without the database server. */
  readonly cpuMs: Spread
  readonly p50: Spread
  readonly p95: Spread
  readonly p99: Spread
  /** Requests per second over those of the bare POST with the same number of connections; null for the bare POST. */
  readonly toBare: Spread | null
  /** The same by requests per CPU second. */
  readonly toBareByCpu: Spread | null
}

export type ReportResult = {
  readonly engine: EngineName
  readonly figures: readonly ReportFigures[]
  /** Reports with a 201 response, and rows found afterwards. The bench fails if they differ. */
  readonly answered: number
  readonly stored: number
}

/** As long as a response of the service. */
const ANSWER = JSON.stringify({ report: 'x'.repeat(330), availability: 'x'.repeat(180) })

/**
 * Measures `POST /v1/reports` and a bare POST that parses and validates the same bodies, in turn. Throws `invalid-request`
 * for an unknown engine.
 */
export async function benchReport(options: ReportOptions, progress: (line: string) => void): Promise<ReportResult> {
  const engine = readEngine(options.database)
  const folder = await mkdtemp(path.join(tmpdir(), 'kickstand-bench-'))
  const mariadb = engine === 'mariadb' ? await startMariadb() : null
  const servers: ServerProcess[] = []
  const load = startLoad()
  try {
    const embedded = `sqlite:${path.join(folder, 'reports.db')}`
    const databaseUrl = mariadb === null ? embedded : (await freshDatabase(mariadb.url)).url
    progress(`${options.zones} zones: filling the database`)
    const world = await fillWorld(options.zones, databaseUrl, 0)
    const logFile = path.join(folder, 'server.log')
    const server = await startKickstand({ databaseUrl, logFile, profile: options.profile })
    servers.push(server)
    const answerFile = path.join(folder, 'answer.json')
    await writeFile(answerFile, ANSWER)
    const bare = await startBare(answerFile, path.join(folder, 'bare.log'), options.profile)
    servers.push(bare)

    const targets = reportTargets(world, server, bare)
    const results = await measureInRounds(targets, load, { ...options, expect: 201 }, progress)
    await server.stop()
    const answered = results.filter(({ name }) => !isBare(name)).reduce((sum, result) => sum + result.answers, 0)
    const stored = await countReports(databaseUrl)
    if (stored !== answered) throw new Error(`${answered} reports were answered 201, but ${stored} are stored`)
    return { engine, figures: toFigures(results), answered, stored }
  } finally {
    load.stop()
    for (const server of servers) await server.stop()
    await mariadb?.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

function toFigures(results: readonly RoundsResult[]): ReportFigures[] {
  return results.map((result) => {
    const name = result.name.split(',')[0]
    const connections = Number(/(\d+) connections/.exec(result.name)?.[1])
    const peer = results.find((other) => isBare(other.name) && other.name.endsWith(` ${connections} connections`))
    const against = isBare(name) ? undefined : peer
    return {
      name,
      connections,
      perSecond: over(result, (round) => round.perSecond),
      cpuMs: over(result, (round) => round.cpuMs),
      p50: over(result, (round) => round.p50),
      p95: over(result, (round) => round.p95),
      p99: over(result, (round) => round.p99),
      toBare: against === undefined ? null : ratio(result, against, (round) => round.perSecond),
      toBareByCpu: against === undefined ? null : ratio(against, result, (round) => round.cpuMs),
    }
  })
}

async function countReports(databaseUrl: string): Promise<number> {
  const { db, close } = await openDatabase(databaseUrl, systemClock)
  try {
    const { rows } = await db
      .selectFrom('reports')
      .select(({ fn }) => fn.countAll().as('rows'))
      .executeTakeFirstOrThrow()
    return Number(rows)
  } finally {
    await close()
  }
}
