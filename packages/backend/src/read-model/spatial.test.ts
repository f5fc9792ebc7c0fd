import { distance } from '@kickstand/domain'
import { seededRandom } from '@kickstand/testkit'
import { expect, it } from 'vitest'
import { buildInWorker } from './build-in-worker.ts'
import { createSpatial, MAX_INLINE_ROWS, type IndexBuilder, type Spatial } from './spatial.ts'

const ROWS = MAX_INLINE_ROWS + 3_000

type Place = { lat: number; lng: number }

/** Every thousandth row has the second bit, every other one the first. */
const bitsOf = (row: number): number => (row % 1_000 === 0 ? 2 : row % 2)

/** The index beside a plain map: every change is applied to both. */
function tracked(build: IndexBuilder, seed: number) {
  const random = seededRandom(seed)
  const truth = new Map<number, Place>()
  const failures: unknown[] = []
  const spatial: Spatial = createSpatial(
    (a, b) => a - b,
    build,
    (error) => failures.push(error),
  )
  const anywhere = (): Place => ({ lat: (random() - 0.5) * 180, lng: (random() - 0.5) * 360 })

  function expectTruth(times: number): void {
    for (let i = 0; i < times; i += 1) {
      const at = anywhere()
      const nearest = [...truth]
        .map(([row, place]) => ({ row, metres: distance(at.lat, at.lng, place.lat, place.lng) }))
        .toSorted((a, b) => a.metres - b.metres || a.row - b.row)
        .slice(0, 10)
      const found = spatial.nearest(at.lat, at.lng, 21_000_000, 10, () => true)
      expect([...found.rows.subarray(0, found.count)]).toEqual(nearest.map(({ row }) => row))
      const rare = [...truth.keys()].filter((row) => (bitsOf(row) & 2) !== 0)
      const some = spatial.nearest(at.lat, at.lng, 21_000_000, 100, (row) => (bitsOf(row) & 2) !== 0, [2])
      expect([...some.rows.subarray(0, some.count)].toSorted((a, b) => a - b)).toEqual(rare.toSorted((a, b) => a - b))
      const area = {
        west: at.lng,
        south: at.lat,
        east: at.lng > 170 ? -170 : at.lng + 10,
        north: Math.min(90, at.lat + 10),
      }
      const inside = [...truth].flatMap(([row, { lat, lng }]) => {
        const across =
          area.west <= area.east ? lng >= area.west && lng <= area.east : lng >= area.west || lng <= area.east
        return across && lat >= area.south && lat <= area.north ? [row] : []
      })
      expect(spatial.inArea(area).toSorted((a, b) => a - b)).toEqual(inside.toSorted((a, b) => a - b))
    }
  }

  return {
    spatial,
    failures,
    expectTruth,
    place(row: number): void {
      const place = anywhere()
      truth.set(row, place)
      spatial.place(row, place.lat, place.lng, bitsOf(row))
    },
    remove(row: number): void {
      truth.delete(row)
      spatial.remove(row)
    },
  }
}

/** Changes of every kind: moves, new rows, removals, one removed and put back. */
function change({ place, remove }: ReturnType<typeof tracked>, from: number): void {
  for (let i = 0; i < 40; i += 1) place(from + i * 3)
  for (let i = 0; i < 40; i += 1) remove(from + 1 + i * 3)
  for (let i = 0; i < 10; i += 1) place(ROWS + from + i)
  remove(from)
  place(from)
}

it('searches are correct before, while and after an index is built in a worker', { timeout: 60_000 }, async () => {
  const world = tracked(buildInWorker, 7)
  for (let row = 0; row < ROWS; row += 1) world.place(row)
  await world.spatial.rebuild()
  expect(world.spatial.pending()).toBe(0)
  world.expectTruth(6)
  change(world, 0)
  world.expectTruth(6)
  const built = world.spatial.rebuild()
  // The worker has a copy of the earlier state: later changes must be found now, and after the build.
  change(world, 500)
  world.expectTruth(6)
  await built
  world.expectTruth(6)
  expect(world.spatial.pending()).toBeGreaterThan(0)
  await world.spatial.rebuild()
  expect(world.spatial.pending()).toBe(0)
  world.expectTruth(6)
  expect(world.failures).toEqual([])
})

it('a rebuild during another one ends with all rows in the index', { timeout: 60_000 }, async () => {
  const world = tracked(buildInWorker, 8)
  // The first 20,000 are indexed inline; the worker builds while the rest arrives.
  for (let row = 0; row < ROWS; row += 1) world.place(row)
  await world.spatial.rebuild()
  expect(world.spatial.pending()).toBe(0)
  world.expectTruth(5)
})

it('a filter that few rows pass checks few rows', async () => {
  const world = tracked(buildInWorker, 11)
  for (let row = 0; row < ROWS; row += 1) world.place(row)
  await world.spatial.rebuild()
  let checked = 0
  const accept = (row: number): boolean => {
    checked += 1
    return (bitsOf(row) & 2) !== 0
  }
  world.spatial.nearest(0, 0, 21_000_000, 100, accept, [2])
  const rare = Math.ceil(ROWS / 1_000)
  // Of each range of sixteen with a match, all rows may be checked.
  expect(checked).toBeLessThan(rare * 17)
})

it('a failed build leaves the searches correct, and is retried later', { timeout: 60_000 }, async () => {
  let broken = true
  const world = tracked(async (rows, lats, lngs, bits) => {
    if (broken) throw new Error('no threads left')
    return buildInWorker(rows, lats, lngs, bits)
  }, 9)
  for (let row = 0; row < ROWS; row += 1) world.place(row)
  await expect(world.spatial.rebuild()).rejects.toThrow('no threads left')
  expect(world.failures.length).toBeGreaterThan(0)
  world.expectTruth(5)
  broken = false
  await world.spatial.rebuild()
  expect(world.spatial.pending()).toBe(0)
  world.expectTruth(5)
})
