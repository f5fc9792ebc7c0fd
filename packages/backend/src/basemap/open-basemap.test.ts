import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { DomainError } from '@kickstand/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBasemap } from './open-basemap.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'kickstand-basemap-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function rejection(setting: string): Promise<DomainError> {
  const error: unknown = await openBasemap(setting).then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof DomainError)) throw new Error(`expected a rejection of ${setting}, got ${String(error)}`)
  return error
}

describe('openBasemap', () => {
  it('defaults to OpenFreeMap, with full attribution', async () => {
    const basemap = await openBasemap(null)
    expect(basemap).toMatchObject({ kind: 'tiles', url: 'https://tiles.openfreemap.org/planet', local: null })
    expect(basemap.attribution).toMatch(/OpenFreeMap.*OpenMapTiles.*OpenStreetMap contributors/)
  })

  it('opens no basemap for none', async () => {
    expect(await openBasemap('none')).toMatchObject({ kind: 'none', url: null, attribution: '' })
  })

  it('keeps a URL unchanged', async () => {
    const url = 'https://tiles.example/v3.json?key=k'
    expect((await openBasemap(url)).url).toBe(url)
  })

  it.each([
    ['ftp://tiles.example/planet', /not an http/],
    ['https://tiles.example/planet.pmtiles', /another server/],
    ['/no/such/file.pmtiles', /\/no\/such\/file\.pmtiles cannot be read \(ENOENT\)/],
    [os.tmpdir(), /is not a file/],
  ])('rejects %s in one line that names the setting', async (setting, reason) => {
    const error = await rejection(setting)
    expect(error.code).toBe('invalid-config')
    expect(error.message).toMatch(reason)
    expect(error.message).toMatch(/^KICKSTAND_BASEMAP: .*; give the path|^KICKSTAND_BASEMAP: .*download it; give/)
    expect(error.message).not.toContain('\n')
  })

  it.each([
    ['empty', ''],
    ['text', 'not tiles at all'.repeat(2000)],
    ['only-magic', 'PMTiles\u0003'],
  ])('rejects a file that is %s', async (name, content) => {
    const file = path.join(folder, `${name}.pmtiles`)
    await writeFile(file, content)
    expect((await rejection(file)).message).toMatch(/is not a PMTiles archive, or is truncated/)
  })
})
