import { distance } from '@kickstand/domain'
import type { World } from '../world/fill-world.ts'
import { RADIUS, RESULTS, type AskedNearby } from './nearby-requests.ts'

/** Distances are told in tenths of a metre. */
const TOLD_TO = 0.051
/** Two zones this close to the same distance may come in either order: metres. */
const SAME = 1e-6

/** Holds answers against the distance to every zone of the world; throws where one is wrong. */
export function checkAnswers(world: World, asked: readonly AskedNearby[]): void {
  const metres = new Float64Array(world.ids.length)
  for (const { path, lat, lng, answer } of asked) {
    for (let i = 0; i < metres.length; i += 1) metres[i] = distance(lat, lng, world.lats[i], world.lngs[i])
    const expected = nearestOf(metres)
    const got = readAnswer(answer)
    const wrong = got.findIndex(({ id, distance: told }, place) => {
      const best = metres[expected[place]]
      const same =
        world.ids[expected[place]] === id ||
        expected.some((i) => world.ids[i] === id && Math.abs(metres[i] - best) < SAME)
      return !same || Math.abs(told - best) > TOLD_TO
    })
    if (got.length !== expected.length || wrong >= 0) {
      throw new Error(
        `${path} is not what brute force finds: place ${wrong} of ${got.length} (expected ${expected.length})`,
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
