import { openDatabase, type Database } from '@kickstand/backend'
import { fakeClock, type FakeClock } from '@kickstand/testkit'
import { forEachEngine, type TestDatabase } from '@kickstand/testkit/engines'
import { Registry } from 'prom-client'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { LeasedJob } from '#jobs/job.ts'
import { createScheduler, type Scheduler } from '#jobs/scheduler.ts'
import { createMinuteFigures } from '#platform/minute-figures.ts'

const MINUTE = 60_000

forEachEngine((engine) => {
  let place: TestDatabase
  let clock: FakeClock
  let servers: Database[]
  let schedulers: Scheduler[]
  let ran: string[]
  let errors: string[]

  beforeEach(async () => {
    place = await engine.open()
    clock = fakeClock()
    servers = [await openDatabase(place.url, clock.now), await openDatabase(place.url, clock.now)]
    schedulers = []
    ran = []
    errors = []
  })
  afterEach(async () => {
    for (const scheduler of schedulers) await scheduler.stop()
    for (const server of servers) await server.close()
    await place.dispose()
  })

  function schedulerOf(server: number, jobs: readonly LeasedJob[]): Scheduler {
    const onError = (name: string, error: unknown): void => void errors.push(`${name}: ${String(error)}`)
    const scheduler = createScheduler(
      {
        database: servers[server],
        clock: clock.now,
        uptime: clock.now,
        random: () => 0.5,
        holder: `server-${server}`,
        hasJobs: true,
        registry: new Registry(),
        figures: createMinuteFigures(),
        onError,
      },
      jobs,
    )
    schedulers.push(scheduler)
    return scheduler
  }

  function job(
    server: number,
    name: string,
    work: (signal: AbortSignal) => Promise<void> = async () => undefined,
  ): LeasedJob {
    return {
      name,
      runsOn: 'one-server',
      schedule: (time) => time + 10 * MINUTE,
      async run(signal) {
        ran.push(`${name} on ${server}`)
        await work(signal)
      },
    }
  }

  it('run once when due, on any number of servers', async () => {
    const names = ['a', 'b', 'c', 'd']
    const both = [0, 1].map((server) =>
      schedulerOf(
        server,
        names.map((name) => job(server, name)),
      ),
    )
    for (let round = 0; round < 4; round += 1) {
      await Promise.all(both.flatMap((server) => [server.runDue(), server.runDue()]))
      expect(ran.map((line) => line[0]).toSorted()).toEqual(names)
      ran = []
      clock.advance(9 * MINUTE)
      expect(await both[0].runDue()).toBe(0)
      clock.advance(MINUTE)
    }
    expect(errors).toEqual([])
  })

  it('keep their lease while they run, and move to another server when it expires', async () => {
    let finish = (): void => undefined
    const dead = schedulerOf(0, [
      job(
        0,
        'a',
        () =>
          new Promise((resolve) => {
            finish = resolve
          }),
      ),
    ])
    const heir = schedulerOf(1, [job(1, 'a')])
    const hanging = dead.runDue()
    await expect.poll(() => ran).toEqual(['a on 0'])
    expect(await heir.runDue()).toBe(0)
    // Time passes and the first server does not renew its lease.
    clock.advance(MINUTE)
    expect(await heir.runDue()).toBe(1)
    expect(ran).toEqual(['a on 0', 'a on 1'])
    // When the first server resumes, it changes nothing: the next run is set by the other.
    finish()
    await hanging
    clock.advance(10 * MINUTE - 1)
    expect(await heir.runDue()).toBe(0)
    clock.advance(1)
    expect(await heir.runDue()).toBe(1)
  })

  it('are due again after a failure', async () => {
    const failing = job(0, 'a', async () => {
      throw new Error('no luck')
    })
    const scheduler = schedulerOf(0, [failing])
    expect(await scheduler.runDue()).toBe(1)
    expect(errors).toEqual(['a: Error: no luck'])
    clock.advance(10 * MINUTE)
    expect(await scheduler.runDue()).toBe(1)
  })

  it('that failed are due sooner where they say so, and never later than scheduled', async () => {
    let fails = true
    const failing = job(0, 'a', async () => {
      if (fails) throw new Error('no luck')
    })
    const scheduler = schedulerOf(0, [{ ...failing, retryMs: MINUTE }])
    expect(await scheduler.runDue()).toBe(1)
    clock.advance(MINUTE - 1)
    expect(await scheduler.runDue()).toBe(0)
    clock.advance(1)
    fails = false
    expect(await scheduler.runDue()).toBe(1)
    clock.advance(10 * MINUTE - 1)
    expect(await scheduler.runDue()).toBe(0)
    const late = schedulerOf(1, [{ ...job(1, 'b', () => Promise.reject(new Error('no luck'))), retryMs: 60 * MINUTE }])
    expect(await late.runDue()).toBe(1)
    clock.advance(10 * MINUTE)
    expect(await late.runDue()).toBe(1)
  })

  it('do not wait for a due time that a wrong clock set', async () => {
    const scheduler = schedulerOf(0, [job(0, 'a')])
    clock.advance(60 * MINUTE)
    expect(await scheduler.runDue()).toBe(1)
    clock.advance(-60 * MINUTE)
    expect(await scheduler.runDue()).toBe(0)
    clock.advance(10 * MINUTE)
    expect(await scheduler.runDue()).toBe(1)
    // A lease that was taken with the wrong clock expires like any other.
    const { db } = servers[0]
    const held = { holder: 'dead', due_at: clock.now() + 60 * MINUTE, lease_expires_at: clock.now() + 61 * MINUTE }
    await db.updateTable('jobs').set(held).execute()
    expect(await scheduler.runDue()).toBe(0)
    clock.advance(10 * MINUTE)
    expect(await scheduler.runDue()).toBe(1)
  })

  it('are aborted when the service stops, and are then due at once', async () => {
    const scheduler = schedulerOf(0, [
      job(
        0,
        'a',
        (signal) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => reject(new Error('stopped')))
          }),
      ),
    ])
    void scheduler.runDue()
    await expect.poll(() => ran).toEqual(['a on 0'])
    await scheduler.stop()
    expect(await schedulerOf(1, [job(1, 'a')]).runDue()).toBe(1)
  })
})
