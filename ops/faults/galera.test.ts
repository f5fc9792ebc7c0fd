import { setTimeout as sleep } from 'node:timers/promises'
import { everythingRequired } from '@kickstand/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { missingPackages } from '../src/index.ts'
import { startLayout, type Layout } from '../tests/layout.ts'
import { expectToSurvive } from './expect-to-survive.ts'
import { killPart } from './kill-part.ts'
import { lasting, MINUTES } from './length.ts'
import { openScene, placeOf, type Scene } from './scene.ts'

const missing = missingPackages({ database: 'galera', cdn: true })

describe.skipIf(missing.length > 0 && !everythingRequired())('two servers on Galera', { timeout: MINUTES }, () => {
  let layout: Layout

  beforeAll(async () => {
    layout = await startLayout({ servers: 2, database: 'galera' })
  }, MINUTES)
  afterAll(async () => layout?.stop(), MINUTES)

  const newScene = (zones?: number): Promise<Scene> => openScene(placeOf(layout), zones)

  it('the Galera node in use, kill -9, and its return', async (test) => {
    const { reads } = await expectToSurvive(test, await newScene(), async () => {
      const node = await killPart(layout.folder, 'galera-1')
      await sleep(lasting(20, 3))
      await node.restart()
    })
    expect(reads.bad, 'reads go on').toEqual({})
  })

  it('two of three Galera nodes, kill -9, and their return', async (test) => {
    const { reads } = await expectToSurvive(test, await newScene(), async () => {
      const nodes = await Promise.all(['galera-1', 'galera-2'].map((name) => killPart(layout.folder, name)))
      await sleep(lasting(20, 5))
      await Promise.all(nodes.map((node) => node.restart()))
    })
    expect(reads.bad, 'reads go on').toEqual({})
  })

  it('64 writers on one zone', async (test) => {
    await expectToSurvive(test, await newScene(1), () => sleep(lasting(60, 5)), { phones: 64, reportsASecond: 0 })
  })
})
