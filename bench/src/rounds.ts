import type { LoadProcess } from './load/load-process.ts'
import type { LoadPlan, LoadResult } from './load/plan.ts'
import { spread, type Spread } from './measure/statistics.ts'
import type { ServerProcess } from './servers.ts'

/** A measured server and its requests. */
export type Target = {
  readonly name: string
  readonly server: ServerProcess
  readonly plan: Omit<LoadPlan, 'port' | 'until'>
}

export type Round = {
  /** CPU milliseconds of the whole server process per request. */
  readonly cpuMs: number
  readonly perSecond: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly bytes: number
}

export type RoundsOptions = { readonly rounds: number; readonly seconds: number; readonly expect: 200 | 201 }

export type RoundsResult = {
  readonly name: string
  readonly rounds: readonly Round[]
  /** Number of responses in all rounds, including the warm-up. */
  readonly answers: number
}

/**
 * Measures the targets in turn, in several rounds, so that other load on the machine affects all of them equally. The first round is
 * a warm-up and does not count. Throws where a response does not have the expected status.
 */
export async function measureInRounds(
  targets: readonly Target[],
  load: LoadProcess,
  { rounds, seconds, expect }: RoundsOptions,
  progress: (line: string) => void,
): Promise<RoundsResult[]> {
  const results = targets.map(({ name }) => ({ name, rounds: [] as Round[], answers: 0 }))
  for (let round = 0; round <= rounds; round += 1) {
    for (const [i, { name, server, plan }] of targets.entries()) {
      const keyPrefix = plan.keyPrefix === null ? null : `${plan.keyPrefix}-${round}`
      const before = server.cpuSeconds()
      const result = await load.run({ ...plan, keyPrefix, port: server.port, until: { ms: seconds * 1000 } })
      const used = server.cpuSeconds() - before
      checkStatuses(name, result, expect)
      results[i].answers += result.answers
      if (round === 0) continue
      results[i].rounds.push(toRound(result, used))
      progress(`round ${round}/${rounds}  ${name}: ${((used / result.answers) * 1000).toFixed(4)} ms CPU`)
    }
  }
  return results
}

function toRound({ answers, seconds, bytes, latency }: LoadResult, cpu: number): Round {
  return { cpuMs: (cpu / answers) * 1000, perSecond: answers / seconds, ...latency, bytes: bytes / answers }
}

function checkStatuses(name: string, { statuses, failures }: LoadResult, expect: number): void {
  const other = Object.keys(statuses).filter((status) => Number(status) !== expect)
  if (other.length > 0 || failures > 0) {
    throw new Error(`${name}: ${failures} broken connections, answers by status ${JSON.stringify(statuses)}`)
  }
}

/** One figure over all rounds. */
export function over(result: RoundsResult, read: (round: Round) => number): Spread {
  return spread(result.rounds.map(read))
}

/** Difference of two targets by round: `read` of the first minus `read` of the second. */
export function difference(a: RoundsResult, b: RoundsResult, read: (round: Round) => number): Spread {
  return spread(a.rounds.map((round, i) => read(round) - read(b.rounds[i])))
}

/** Ratio of two targets by round: `read` of the first over `read` of the second. */
export function ratio(a: RoundsResult, b: RoundsResult, read: (round: Round) => number): Spread {
  return spread(a.rounds.map((round, i) => read(round) / read(b.rounds[i])))
}
