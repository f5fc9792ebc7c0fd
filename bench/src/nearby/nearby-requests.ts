import type { LoadProcess } from '../load/load-process.ts'
import type { LoadRequest } from '../load/plan.ts'
import type { World } from '../world/fill-world.ts'

export const RESULTS = 20
/** Wide enough that every town of the world has enough zones within. */
export const RADIUS = 25_000
const METRES_PER_DEGREE = 111_195
const FARTHEST = 400
const PER_ASK = 2000

/** A request, and where it asks. */
export type NearbyRequest = LoadRequest & { readonly lat: number; readonly lng: number }

/** A request with the answer it was given. */
export type AskedNearby = NearbyRequest & { readonly answer: string }

/** Asks from somewhere near a zone, as someone does who looks for a space. */
function requestNear(world: World, random: () => number): NearbyRequest {
  const zone = Math.floor(random() * world.ids.length)
  const metres = (): number => (random() * 2 - 1) * FARTHEST
  const perDegree = METRES_PER_DEGREE * Math.max(0.01, Math.cos((world.lats[zone] * Math.PI) / 180))
  const lat = Number(Math.min(90, Math.max(-90, world.lats[zone] + metres() / METRES_PER_DEGREE)).toFixed(6))
  const lng = Number(Math.min(180, Math.max(-180, world.lngs[zone] + metres() / perDegree)).toFixed(6))
  return { lat, lng, path: `/v1/zones/nearby?lat=${lat}&lng=${lng}&radius=${RADIUS}&limit=${RESULTS}`, body: null }
}

/**
 * `count` different requests whose answers hold exactly 20 zones: each was asked, and those with fewer were left out (a town
 * at the end of the world may be small). Also the first `sample` of them with their answers.
 */
export async function findRequests(
  world: World,
  random: () => number,
  load: LoadProcess,
  port: number,
  { count, sample }: { readonly count: number; readonly sample: number },
): Promise<{ requests: NearbyRequest[]; asked: AskedNearby[]; meanBytes: number }> {
  const requests: NearbyRequest[] = []
  const asked: AskedNearby[] = []
  let bytes = 0
  while (requests.length < count) {
    const candidates = Array.from({ length: PER_ASK }, () => requestNear(world, random))
    const plan = { port, connections: 8, bearers: [], keyPrefix: null, until: 'each-once', keepBodies: true } as const
    const { bodies } = await load.run({ ...plan, requests: candidates.map(({ path, body }) => ({ path, body })) })
    for (const [i, request] of candidates.entries()) {
      if (bodies[i].split('"distance":').length - 1 !== RESULTS) continue
      requests.push(request)
      bytes += Buffer.byteLength(bodies[i])
      if (asked.length < sample) asked.push({ ...request, answer: bodies[i] })
    }
    if (requests.length < PER_ASK / 2)
      throw new Error(`most answers do not hold ${RESULTS} zones; the first: ${bodies[0].slice(0, 500)}`)
  }
  return { requests, asked, meanBytes: Math.round(bytes / requests.length) }
}
