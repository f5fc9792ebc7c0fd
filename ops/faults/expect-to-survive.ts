import { setTimeout as sleep } from 'node:timers/promises'
import { expect, type TestContext } from 'vitest'
import { checkDatabase, checkReplays, untilServersAgree, untilStreamsAgree } from './check-stored.ts'
import { startLoad, USUAL_LOAD, type Load, type LoadOptions } from './load.ts'
import { sendOnce } from './phones.ts'
import type { Outcome } from './outcome.ts'
import type { Scene } from './scene.ts'

/** Maximum time after the fault until every retried report is acknowledged. */
const ANSWERED_WITHIN_MS = 120_000
const BEFORE_MS = 1_000

/**
 * Runs `fault` under load and checks that no report was lost, duplicated or invented, that all servers and streams
 * agree in the end, and that every server accepts reports. `fault` resolves once the failed part is restored.
 * @returns the measurements, which are also written to the test report
 */
export async function expectToSurvive(
  { task }: Pick<TestContext, 'task'>,
  scene: Scene,
  fault: (load: Load) => Promise<void>,
  more: Partial<LoadOptions> = {},
): Promise<Outcome> {
  const load = startLoad(scene, { ...USUAL_LOAD, ...more })
  try {
    const isRunning = (): boolean => load.answers() > 0 && load.streams.every((one) => one.opened() === 1)
    await expect.poll(isRunning, { timeout: 30_000 }).toBe(true)
    await sleep(BEFORE_MS)
    const begun = performance.now()
    await fault(load)
    const ended = performance.now()
    const writes = await load.finish(ANSWERED_WITHIN_MS)
    expect(load.reportLog.rejected, 'rejected permanently').toEqual([])
    expect(load.reportLog.open, 'never answered').toEqual([])
    await untilServersAgree(scene, load.reportLog)
    const serversAgreed = performance.now()
    await untilStreamsAgree(scene, load.streams)
    const streamsAgreed = performance.now()
    const reads = await load.endReads()
    expect([writes.bad, reads.bad], 'no internal errors').toEqual([
      expect.not.objectContaining({ 500: expect.any(Number) }),
      expect.not.objectContaining({ 500: expect.any(Number) }),
    ])
    await checkDatabase(scene, load.reportLog)
    await checkReplays(scene, load.reportLog)
    await checkAllTakeReports(scene)

    const sum = (of: (one: Load['streams'][number]) => number): number =>
      load.streams.reduce((total, one) => total + of(one), 0)
    const outcome: Outcome = {
      fault: task.name,
      engine: scene.engine,
      lastedMs: ended - begun,
      reports: load.reportLog.answered.size,
      writes,
      reads,
      streams: {
        held: load.streams.length,
        opened: sum((one) => one.opened()),
        broken: sum((one) => one.broken()),
      },
      serversAgreeMs: serversAgreed - ended,
      streamsAgreeMs: streamsAgreed - ended,
    }
    task.meta.outcome = outcome
    return outcome
  } finally {
    await Promise.all([load.finish(0), load.endReads(), load.endStreams()])
  }
}

async function checkAllTakeReports({ name, servers, zones }: Scene): Promise<void> {
  for (const [i, server] of servers.entries()) {
    const answer = await sendOnce(server, { name: `${name}-after-${i}`, zoneId: zones[0], count: i })
    expect(answer.status, `${server}: ${await answer.text()}`).toBe(201)
  }
}
