import { describe, expect, it } from 'vitest'
import { createSharedRuns } from './shared-runs.ts'

/** Work whose runs end when the test says so. */
function slowWork() {
  const runs: { end: () => void; fail: (error: Error) => void }[] = []
  const work = (): Promise<void> => {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    runs.push({ end: resolve, fail: reject })
    return promise
  }
  return { runs, work }
}
const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
}

describe('shared runs', () => {
  it('begin at once where nothing runs, and calls during a run share one that begins after it', async () => {
    const { runs, work } = slowWork()
    const shared = createSharedRuns(work)
    const first = shared.run()
    expect(runs).toHaveLength(1)
    expect(shared.isRequested()).toBe(false)
    const later = [shared.run(), shared.run()]
    expect([runs.length, shared.isRequested()]).toEqual([1, true])
    runs[0].end()
    await first
    await turns()
    expect([runs.length, shared.isRequested()]).toEqual([2, false])
    let isIdle = false
    const idle = shared.idle().then(() => (isIdle = true))
    await turns()
    expect(isIdle).toBe(false)
    runs[1].end()
    await Promise.all([...later, idle])
    expect(runs).toHaveLength(2)
  })

  it('a failed run rejects its callers only', async () => {
    const { runs, work } = slowWork()
    const shared = createSharedRuns(work)
    const [first, second] = [shared.run(), shared.run()]
    runs[0].fail(new Error('no luck'))
    await expect(first).rejects.toThrow('no luck')
    await turns()
    runs[1].end()
    await second
  })

  it('calls during the delay before a run share that run', async () => {
    const { runs, work } = slowWork()
    const { promise, resolve } = Promise.withResolvers<void>()
    const shared = createSharedRuns(work, () => promise)
    const calls = [shared.run(), shared.run()]
    await turns()
    expect(runs).toHaveLength(0)
    calls.push(shared.run())
    resolve()
    await turns()
    expect(runs).toHaveLength(1)
    runs[0].end()
    await Promise.all(calls)
    expect(runs).toHaveLength(1)
  })
})
