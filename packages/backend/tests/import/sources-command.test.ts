import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { forEachEngine, type TestDatabase } from '@kickstand/testkit/engines'
import { runCommand, type Ran } from '@kickstand/testkit/run-command'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const table = (rows: number): string =>
  `id,lat,lng,capacity\n${Array.from({ length: rows }, (_, i) => `b${i},43.${50 + i},7.25,4\n`).join('')}`

forEachEngine((engine) => {
  describe('kickstand sources', () => {
    let database: TestDatabase
    let folder = ''
    beforeEach(async () => {
      database = await engine.open()
      folder = await mkdtemp(path.join(tmpdir(), 'ks-cli-'))
      await writeFile(path.join(folder, 'motos.csv'), table(8))
      await writeFile(path.join(folder, 'fewer.csv'), table(3))
    })
    afterEach(async () => {
      await database.dispose()
      await rm(folder, { recursive: true, force: true })
    })

    const kickstand = (...args: string[]): Promise<Ran> => runCommand(args, { databaseUrl: database.url, cwd: folder })
    async function json(...args: string[]): Promise<unknown> {
      const { stdout, stderr } = await kickstand(...args, '--json')
      expect(stderr).toBe('')
      return JSON.parse(stdout)
    }

    it('undo reverts an import once, with a dry run before', { timeout: 180_000 }, async () => {
      await json('import', 'motos.csv')
      const less = ['import', 'fewer.csv', '--source', 'motos', '--supply', 'motorcycle', '--accept-removals']
      expect(await json(...less)).toMatchObject({ retired: 5 })
      const trial = await json('sources', 'undo', 'motos', '--dry-run')
      expect(trial).toMatchObject({ source: 'motos', kind: 'import', restored: 5, retired: 0, dryRun: true })
      const undone = await kickstand('sources', 'undo')
      expect(undone).toMatchObject({ code: 0, stdout: expect.stringContaining('Undid the import of motos') })
      expect(await json('import', 'motos.csv')).toMatchObject({ unchanged: 8, updated: 0 })
      const again = await kickstand('sources', 'undo', 'motos')
      expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('was already undone') })
    })

    it(
      'remove removes a source from the map, with a dry run before, and says how to undo it',
      { timeout: 180_000 },
      async () => {
        await json('import', 'motos.csv')
        const trial = await json('sources', 'remove', 'motos', '--dry-run')
        expect(trial).toMatchObject({ retired: 8, kept: 0, dryRun: true })
        const removed = await kickstand('sources', 'remove', 'motos')
        expect(removed).toMatchObject({ code: 0, stdout: expect.stringContaining('sources undo motos') })
        expect(await json('sources', 'undo')).toMatchObject({ kind: 'removal', restored: 8 })
        expect(await json('import', 'motos.csv')).toMatchObject({ unchanged: 8 })
        const wrong = await kickstand('sources', 'remove', 'nobody')
        expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('no source "nobody"') })
      },
    )
  })
})
