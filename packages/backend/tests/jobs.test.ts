import { openDatabase, type Database } from '@kickstand/backend'
import { fakeClock, type FakeClock } from '@kickstand/testkit'
import { forEachEngine, type TestDatabase } from '@kickstand/testkit/engines'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createJobLoop, type Job, type JobLoop } from '#jobs/job-loop.ts'

const MINUTE = 60_000

forEachEngine((engine) => {
  let place: TestDatabase
  let clock: FakeClock
  let servers: Database[]
  let loops: JobLoop[]
  let ran: string[]
  let errors: string[]

  beforeEach(async () => {
    place = await engine.open()
    clock = fakeClock()
    servers = [await openDatabase(place.url, clock.now), await openDatabase(place.url, clock.now)]
    loops = []
    ran = []
    errors = []
  })
  afterEach(async () => {
    for (const loop of loops) await loop.stop()
    for (const server of servers) await server.close()
    await place.dispose()
  })

  function loopOf(server: number, jobs: readonly Job[]): JobLoop {
    const onError = (name: string, error: unknown): void => void errors.push(`${name}: ${String(error)}`)
    const loop = createJobLoop(
      { database: servers[server], clock: clock.now, holder: `server-${server}`, onError },
      jobs,
    )
    loops.push(loop)
    return loop
  }

  function job(
    server: number,
    name: string,
    work: (signal: AbortSignal) => Promise<void> = async () => undefined,
  ): Job {
    return {
      name,
      next: (time) => time + 10 * MINUTE,
      async run(signal) {
        ran.push(`${name} on ${server}`)
        await work(signal)
      },
    }
  }

  it('run once when due, on any number of servers', async () => {
    const names = ['a', 'b', 'c', 'd']
    const both = [0, 1].map((server) =>
      loopOf(
        server,
        names.map((name) => job(server, name)),
      ),
    )
    for (let round = 0; round < 4; round += 1) {
      await Promise.all(both.flatMap((loop) => [loop.tick(), loop.tick()]))
      expect(ran.map((line) => line[0]).toSorted()).toEqual(names)
      ran = []
      clock.advance(9 * MINUTE)
      expect(await both[0].tick()).toBe(0)
      clock.advance(MINUTE)
    }
    expect(errors).toEqual([])
  })

  it('keep their lease while they run, and move to another server when it expires', async () => {
    let finish = (): void => undefined
    const dead = loopOf(0, [
      job(
        0,
        'a',
        () =>
          new Promise((resolve) => {
            finish = resolve
          }),
      ),
    ])
    const heir = loopOf(1, [job(1, 'a')])
    const hanging = dead.tick()
    await expect.poll(() => ran).toEqual(['a on 0'])
    expect(await heir.tick()).toBe(0)
    // Time passes and the first server does not renew its lease.
    clock.advance(MINUTE)
    expect(await heir.tick()).toBe(1)
    expect(ran).toEqual(['a on 0', 'a on 1'])
    // When the first server resumes, it changes nothing: the next run is set by the other.
    finish()
    await hanging
    clock.advance(10 * MINUTE - 1)
    expect(await heir.tick()).toBe(0)
    clock.advance(1)
    expect(await heir.tick()).toBe(1)
  })

  it('are due again after a failure', async () => {
    const failing = job(0, 'a', async () => {
      throw new Error('no luck')
    })
    const loop = loopOf(0, [failing])
    expect(await loop.tick()).toBe(1)
    expect(errors).toEqual(['a: Error: no luck'])
    clock.advance(10 * MINUTE)
    expect(await loop.tick()).toBe(1)
  })

  it('do not wait for a due time that a wrong clock set', async () => {
    const loop = loopOf(0, [job(0, 'a')])
    clock.advance(60 * MINUTE)
    expect(await loop.tick()).toBe(1)
    clock.advance(-60 * MINUTE)
    expect(await loop.tick()).toBe(0)
    clock.advance(10 * MINUTE)
    expect(await loop.tick()).toBe(1)
    // A lease that was taken with the wrong clock expires like any other.
    const { db } = servers[0]
    const held = { holder: 'dead', due_at: clock.now() + 60 * MINUTE, lease_expires_at: clock.now() + 61 * MINUTE }
    await db.updateTable('jobs').set(held).execute()
    expect(await loop.tick()).toBe(0)
    clock.advance(10 * MINUTE)
    expect(await loop.tick()).toBe(1)
  })

  it('are aborted when the service stops, and are then due at once', async () => {
    const loop = loopOf(0, [
      job(
        0,
        'a',
        (signal) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => reject(new Error('stopped')))
          }),
      ),
    ])
    void loop.tick()
    await expect.poll(() => ran).toEqual(['a on 0'])
    await loop.stop()
    expect(await loopOf(1, [job(1, 'a')]).tick()).toBe(1)
  })
})
