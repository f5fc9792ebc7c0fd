import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { crc32 } from 'node:zlib'
import { paths } from '@kickstand/contract'
import { AN_ACTOR } from '@kickstand/testkit'
import { forEachEngine } from '@kickstand/testkit/engines'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { eraseRider } from '#features/erasure/erase-rider.ts'
import { decideReview } from '#features/moderation/decide-review.ts'
import { listReviews } from '#features/moderation/list-reviews.ts'
import { importPredecessor } from '#features/transfer/import-predecessor/import-predecessor.ts'
import { openPredecessor } from '#features/transfer/import-predecessor/open-predecessor.ts'
import { rollBackImport } from '#features/transfer/import-predecessor/roll-back.ts'
import { legacyIdFor, newId } from '#platform/ids.ts'
import { useService } from '../support/use-service.ts'
import { dumpWithPeople } from './people-data.ts'

const ID = 'legacy'
let folder: string
let pictures: string
let archive: string

/** A PNG whose header claims 30,000 × 30,000 pixels. */
async function bomb(): Promise<Buffer> {
  const png = await sharp({ create: { width: 16, height: 16, channels: 3, background: 'white' } })
    .png()
    .toBuffer()
  png.writeUInt32BE(30_000, 16)
  png.writeUInt32BE(30_000, 20)
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29)
  return png
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'ks-pictures-'))
  writeFileSync(path.join(folder, 'dump.sql'), dumpWithPeople())
  pictures = path.join(folder, 'uploads')
  mkdirSync(pictures)
  const drawn = sharp({ create: { width: 64, height: 48, channels: 3, background: '#3a5' } })
  const jpeg = await drawn
    .clone()
    .withExif({ IFD0: { Artist: 'Somebody' } })
    .jpeg()
    .toBuffer()
  expect(jpeg.includes('Somebody')).toBe(true)
  writeFileSync(path.join(pictures, 'one.jpg'), jpeg)
  writeFileSync(
    path.join(pictures, 'two.png'),
    await sharp({ create: { width: 30, height: 30, channels: 3, background: '#f05' } })
      .png()
      .toBuffer(),
  )
  writeFileSync(path.join(pictures, 'three.jpg'), jpeg)
  writeFileSync(path.join(pictures, 'text.jpg'), 'nothing to see')
  writeFileSync(path.join(pictures, 'bomb.png'), await bomb())
  writeFileSync(path.join(pictures, 'unused.jpg'), jpeg)
  writeFileSync(path.join(folder, 'secret.jpg'), jpeg)
  archive = path.join(folder, 'uploads.tar.gz')
  // -P keeps the name with `..`.
  execFileSync('tar', ['-czPf', archive, '-C', folder, 'uploads', 'uploads/../secret.jpg'])
})
afterAll(() => rmSync(folder, { recursive: true }))

forEachEngine((engine) => {
  const at = useService(engine)
  const context = () => at().service.context
  const deps = () => {
    const { database, eventLog } = context()
    return { database, eventLog, clock: at().clock.now, actor: AN_ACTOR }
  }
  beforeEach(async () => {
    for (const table of ['photos', 'reports', 'riders'] as const) await context().db.deleteFrom(table).execute()
  })
  async function bring(place: string | null, dryRun = false) {
    const from = await openPredecessor(path.join(folder, 'dump.sql'))
    const report = await importPredecessor(deps(), { from, id: ID, dryRun, pictures: place })
    await context().tail.catchUp()
    return report
  }
  const photos = () => context().db.selectFrom('photos').selectAll().orderBy('id').execute()
  const PLACES = { 'a folder': () => pictures, 'an archive': () => archive }

  describe.each(Object.entries(PLACES))('pictures in %s', (_name, place) => {
    it('are copied without metadata, and wait for a moderator', async () => {
      const report = await bring(place())
      expect(report.tables.images).toMatchObject({ read: 7, imported: 2, alreadyImported: 0, rejected: 5 })
      expect(report.agrees).toBe(true)
      const reasons = Object.keys(report.tables.images.reasons).join('\n')
      for (const reason of [
        /its report was not imported/,
        /its path leaves its folder/,
        /its file is unusable: The image cannot be read|its file is unusable: The image is not/,
        /was not found/,
        /megapixels|side of more/,
      ])
        expect(reasons).toMatch(reason)
      expect(report.pictures).toMatchObject({ unused: 1 })
      if (place() === archive)
        expect(report.pictures?.examples).toEqual([
          { where: 'uploads/../secret.jpg', reason: 'has a name that leaves its folder' },
        ])
      const stored = await photos()
      expect(stored.map(({ state, rider_id }) => `${state} ${rider_id}`).toSorted()).toEqual(
        ['1', '2'].map((user) => `pending ${legacyIdFor('rider', ID, user)}`).toSorted(),
      )
      for (const { image } of stored) {
        const { format, exif } = await sharp(image ?? Buffer.alloc(0)).metadata()
        expect([format, exif]).toEqual(['webp', undefined])
      }
      const id = stored[0]?.id ?? ''
      expect((await at().get(paths.photo(id))).status).toBe(404)
      const { db, eventLog } = context()
      const reviews = await listReviews({ db })
      expect(reviews.map((review) => review.id)).toContain(`photo:${id}`)
      await decideReview({ eventLog, clock: at().clock.now, newId, actor: AN_ACTOR }, `photo:${id}`, {
        accepted: true,
        by: 'mo',
        reason: null,
      })
      expect((await at().get(paths.photo(id))).status).toBe(200)
    })
  })

  it('are only listed without a folder or archive, and a dry run checks them and stores none', async () => {
    expect(await bring(null)).toMatchObject({ pictures: null, tables: { images: { imported: 7 } } })
    await context().db.deleteFrom('reports').execute()
    const { tables, agrees } = await bring(pictures, true)
    expect(tables.images).toMatchObject({ imported: 2, rejected: 5 })
    expect(agrees).toBe(true)
    expect(await photos()).toEqual([])
  })

  it('are copied once, not for erased riders, and removed by a rollback', async () => {
    await bring(pictures)
    const before = await photos()
    expect((await bring(pictures)).tables.images).toMatchObject({ imported: 0, alreadyImported: 2 })
    expect(await photos()).toEqual(before)
    await eraseRider({ ...deps(), ...context().database, newId }, legacyIdFor('rider', ID, '1'))
    expect((await bring(pictures)).tables.images).toMatchObject({ imported: 0, alreadyImported: 1, rejected: 6 })
    expect(await photos()).toHaveLength(1)
    await rollBackImport(deps(), ID)
    expect(await photos()).toEqual([])
  })
})
