import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { forEachEngine, type TestDatabase } from '@kickstand/testkit/engines'
import { runCommand, spawnCommand, type Ran } from '@kickstand/testkit/run-command'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseConfig } from '#platform/config.ts'
import { startService } from '#app/start.ts'

const ROOT = path.resolve(import.meta.dirname, '../../../..')
const CSV = 'id,lat,lng,capacity\na,43.5,7.25,7\nb,43.6,7.25,n/a\nc,,,3\n'

forEachEngine((engine) => {
  describe('kickstand import', () => {
    let database: TestDatabase
    let folder = ''
    beforeEach(async () => {
      database = await engine.open()
      folder = await mkdtemp(path.join(tmpdir(), 'ks-cli-'))
      await writeFile(path.join(folder, 'motos.csv'), CSV)
    })
    afterEach(async () => {
      await database.dispose()
      await rm(folder, { recursive: true, force: true })
    })

    const kickstand = (...args: string[]): Promise<Ran> =>
      runCommand(['import', ...args], { databaseUrl: database.url, cwd: folder })
    /** As people run it. */
    const asProcess = (...args: string[]): Promise<Ran> =>
      spawnCommand(['import', ...args], { databaseUrl: database.url, cwd: folder })

    it('prints one JSON object with --json and exits 0, rejected rows or not', async () => {
      const { code, stdout, stderr } = await asProcess('motos.csv', '--json')
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect(JSON.parse(stdout)).toMatchObject({
        added: 2,
        updated: 0,
        unchanged: 0,
        missing: 0,
        retired: 0,
        rejected: 1,
        zones: 2,
        spaces: 7,
        rejections: [{ where: 'line 4', reason: expect.stringContaining('no readable position') }],
        warnings: [{ where: 'line 3', reason: expect.stringContaining('n/a') }],
      })
    })

    it('prints a text report without --json', async () => {
      const { code, stdout } = await kickstand('motos.csv', '--source', 'my-city')
      expect(code).toBe(0)
      expect(stdout).toMatch(/motos\.csv \(my-city\), CSV: 2 zones, 7 spaces known/)
      expect(stdout).toMatch(/added +2/)
      expect(stdout).toMatch(/Rejected:\n {2}line 4: has no readable position/)
    })

    it('requires --supply if a list does not mention motorcycles', async () => {
      await writeFile(path.join(folder, 'bays.csv'), CSV)
      const asked = await asProcess('bays.csv', '--json')
      expect(asked).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('--supply motorcycle') })
      const taken = await kickstand('bays.csv', '--supply', 'motorcycle', '--json')
      expect(taken.code).toBe(0)
      expect(JSON.parse(taken.stdout)).toMatchObject({ source: 'bays', zones: 2 })
    })

    it('prints one line for invalid arguments, and exits 2', async () => {
      for (const args of [
        ['nowhere.csv'],
        ['motos.csv', '--profile', 'nobody'],
        ['motos.csv', '--source', 'A b'],
        [],
      ]) {
        const { code, stdout, stderr } = await kickstand(...args)
        expect(code).toBe(2)
        expect(stdout).toBe('')
        expect(stderr).not.toMatch(/ at .*:\d+:\d+/)
        expect(stderr.trim()).not.toBe('')
      }
    })

    it('makes imported zones visible on a running server, without a restart', async () => {
      const config = parseConfig(
        {
          KICKSTAND_DATABASE_URL: database.url,
          KICKSTAND_PORT: '0',
          KICKSTAND_ENV: 'test',
          KICKSTAND_BASEMAP: 'none',
          KICKSTAND_DEMO: 'off',
          KICKSTAND_LOG_LEVEL: 'silent',
        },
        ROOT,
      )
      const service = await startService(config, { webRoots: { rider: folder, console: folder } })
      try {
        const nearby = async (): Promise<unknown> =>
          (await fetch(`${service.url}/v1/zones/nearby?lat=43.5&lng=7.25&radius=50`)).json()
        expect(await nearby()).toMatchObject({ zones: [] })
        expect((await asProcess('motos.csv', '--source', 'my-city', '--json')).code).toBe(0)
        let found = await nearby()
        for (let tries = 0; tries < 40 && JSON.stringify(found).includes('"zones":[]'); tries++) {
          await sleep(100)
          found = await nearby()
        }
        expect(found).toMatchObject({ zones: [{ capacity: 7, sources: [{ id: 'my-city', ref: 'a' }] }] })
      } finally {
        await service.stop()
      }
    })
  })
})
