import { distance } from '@kickstand/domain'
import type { World } from '../world/fill-world.ts'
import { RADIUS, RESULTS, type AskedNearby } from './nearby-requests.ts'

/** Distances in responses are rounded to tenths of a metre. */
const DISTANCE_TOLERANCE_METRES = 0.051
/** Zones whose distances differ by less may be in either order. */
const SAME_DISTANCE_METRES = 1e-6

/** Compares responses with the distances to all zones of the world; throws where one is wrong. */
export function checkAnswers(world: World, asked: readonly AskedNearby[]): void {
  const metres = new Float64Array(world.ids.length)
  for (const { path, lat, lng, answer } of asked) {
    for (let i = 0; i < metres.length; i += 1) metres[i] = distance(lat, lng, world.lats[i], world.lngs[i])
    const expected = nearestOf(metres)
    const got = readAnswer(answer)
    const wrong = got.findIndex(({ id, distance: reported }, index) => {
      const best = metres[expected[index]]
      const same =
        world.ids[expected[index]] === id ||
        expected.some((i) => world.ids[i] === id && Math.abs(metres[i] - best) < SAME_DISTANCE_METRES)
      return !same || Math.abs(reported - best) > DISTANCE_TOLERANCE_METRES
    })
    if (got.length !== expected.length || wrong >= 0) {
      throw new Error(
        `${path} differs from brute force at result ${wrong} of ${got.length} (expected ${expected.length})`,
      )
    }
  }
}

function nearestOf(metres: Float64Array): number[] {
  const limit = Math.min(RADIUS, metres.toSorted()[RESULTS - 1] ?? RADIUS)
  const within: number[] = []
  for (let i = 0; i < metres.length; i += 1) if (metres[i] <= limit) within.push(i)
  return within.toSorted((a, b) => metres[a] - metres[b]).slice(0, RESULTS)
}

function readAnswer(answer: string): { id: string; distance: number }[] {
  const { zones } = JSON.parse(answer) as { zones: { id: string; distance: number }[] }
  return zones
}
