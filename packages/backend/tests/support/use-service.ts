import { fakeClock, type FakeClock } from '@kickstand/testkit'
import type { TestDatabase, TestEngine } from '@kickstand/testkit/engines'
import { seedZones, type SeededZone } from '@kickstand/testkit/seed-zones'
import { startTestService, type TestService } from '@kickstand/testkit/start-service'
import { afterAll, beforeAll } from 'vitest'

export type ServiceUnderTest = TestService & { readonly clock: FakeClock; readonly database: TestDatabase }

export type UseServiceOptions = {
  readonly zones?: readonly SeededZone[]
  readonly env?: Readonly<Record<string, string>>
  readonly webRoots?: { readonly rider?: string; readonly console?: string }
}

/** One service on a new database for all tests of the block, with a fake clock. `zones` are on the board. */
export function useService(
  engine: Pick<TestEngine, 'open'>,
  { zones = [], ...options }: UseServiceOptions = {},
): () => ServiceUnderTest {
  let running: ServiceUnderTest | undefined
  beforeAll(async () => {
    const database = await engine.open()
    const clock = fakeClock()
    const service = await startTestService({ url: database.url, clock: clock.now, ...options })
    running = { ...service, clock, database }
    await seedZones(service.service.context.eventLog, zones)
    await service.service.context.tail.catchUp()
  })
  afterAll(async () => {
    await running?.stop()
    await running?.database.dispose()
  })
  return () => {
    if (running === undefined) throw new Error('the service has not started')
    return running
  }
}
