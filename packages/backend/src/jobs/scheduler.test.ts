import { fakeClock, type FakeClock } from '@kickstand/testkit'
import { Registry } from 'prom-client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Database } from '#db/open-database.ts'
import { createMinuteFigures } from '#platform/minute-figures.ts'
import type { ProcessJob } from './job.ts'
import { createScheduler, type Scheduler } from './scheduler.ts'

// Leased jobs, with their database: tests/jobs.test.ts.

/** No job here is leased, so the database is never used. */
const NO_DATABASE = {} as Database

describe('jobs of a process', () => {
  let uptime: FakeClock
  let registry: Registry
  let errors: string[]
  let scheduler: Scheduler | null

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    uptime = fakeClock()
    registry = new Registry()
    errors = []
    scheduler = null
  })
  afterEach(async () => {
    await scheduler?.stop()
    vi.useRealTimers()
  })

  function start(jobs: readonly ProcessJob[], { hasJobs = false, random = (): number => 0.5 } = {}): Scheduler {
    registry.clear()
    const onError = (name: string, error: unknown): void => void errors.push(`${name}: ${String(error)}`)
    const own = createScheduler(
      {
        database: NO_DATABASE,
        clock: uptime.now,
        uptime: uptime.now,
        random,
        holder: 'x',
        hasJobs,
        registry,
        figures: createMinuteFigures(),
        onError,
      },
      jobs,
    )
    scheduler = own
    own.start()
    return own
  }
  async function pass(ms: number): Promise<void> {
    uptime.advance(ms)
    await vi.advanceTimersByTimeAsync(ms)
  }
  const job = (name: string, run: ProcessJob['run'], more: Partial<ProcessJob> = {}): ProcessJob => ({
    name,
    runsOn: 'every-server',
    everyMs: 1_000,
    run,
    ...more,
  })

  it('run after each interval, and go on after an error', async () => {
    let runs = 0
    start([
      job('a', () => {
        runs += 1
        if (runs === 2) throw new Error('no luck')
      }),
    ])
    await pass(999)
    expect(runs).toBe(0)
    await pass(1)
    expect(runs).toBe(1)
    await pass(2_000)
    expect([runs, errors]).toEqual([3, ['a: Error: no luck']])
    const text = await registry.metrics()
    expect(text).toContain('kickstand_job_runs_total{job="a",outcome="done"} 2')
    expect(text).toContain('kickstand_job_runs_total{job="a",outcome="failed"} 1')
  })

  it('never overlap: the next interval begins when a run has ended', async () => {
    const ends: (() => void)[] = []
    start([job('a', () => new Promise((end) => ends.push(end)))])
    await pass(10_000)
    expect(ends).toHaveLength(1)
    ends[0]()
    await pass(999)
    expect(ends).toHaveLength(1)
    await pass(1)
    expect(ends).toHaveLength(2)
    ends[1]()
  })

  it('run on every server, or on servers with the role only', async () => {
    const ran: string[] = []
    const jobs = [
      job('all', () => void ran.push('all')),
      job('role', () => void ran.push('role'), { runsOn: 'job-servers' }),
    ]
    await start(jobs).stop()
    start(jobs)
    await pass(1_000)
    expect(ran).toEqual(['all'])
  })

  it('vary their interval at random by their jitter', async () => {
    const at: number[] = []
    const random = vi.fn<() => number>().mockReturnValueOnce(0).mockReturnValueOnce(1).mockReturnValue(0.5)
    start([job('a', () => void at.push(uptime.now()), { jitter: 0.2 })], { random })
    const began = uptime.now()
    for (let i = 0; i < 300; i += 1) await pass(10)
    expect(at.map((time) => time - began)).toEqual([800, 2_000, 3_000])
  })

  it('are aborted by a stop, which waits for them, and do not run again', async () => {
    let signal: AbortSignal | null = null
    let end = (): void => undefined
    const own = start([
      job('a', (given) => {
        signal = given
        return new Promise((resolve) => {
          end = resolve
        })
      }),
    ])
    await pass(1_000)
    expect(signal).toMatchObject({ aborted: false })
    let isStopped = false
    const stopping = own.stop().then(() => (isStopped = true))
    await pass(5_000)
    expect(signal).toMatchObject({ aborted: true })
    expect(isStopped).toBe(false)
    end()
    await stopping
    signal = null
    await pass(5_000)
    expect(signal).toBeNull()
  })
})
