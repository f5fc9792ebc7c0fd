import type { LoadProcess } from '../load/load-process.ts'
import type { LoadRequest } from '../load/plan.ts'
import type { World } from '../world/fill-world.ts'

export const RESULTS = 20
/** Metres. Large enough that every town of the world has enough zones within. */
export const RADIUS = 25_000
const METRES_PER_DEGREE = 111_195
const MAX_OFFSET_METRES = 400
const REQUESTS_PER_BATCH = 2000

/** A request with its position. */
export type NearbyRequest = LoadRequest & { readonly lat: number; readonly lng: number }

/** A request with its response. */
export type AskedNearby = NearbyRequest & { readonly answer: string }

/** A request from a random position near a zone. */
function requestNear(world: World, random: () => number): NearbyRequest {
  const zone = Math.floor(random() * world.ids.length)
  const metres = (): number => (random() * 2 - 1) * MAX_OFFSET_METRES
  const perDegree = METRES_PER_DEGREE * Math.max(0.01, Math.cos((world.lats[zone] * Math.PI) / 180))
  const lat = Number(Math.min(90, Math.max(-90, world.lats[zone] + metres() / METRES_PER_DEGREE)).toFixed(6))
  const lng = Number(Math.min(180, Math.max(-180, world.lngs[zone] + metres() / perDegree)).toFixed(6))
  return { lat, lng, path: `/v1/zones/nearby?lat=${lat}&lng=${lng}&radius=${RADIUS}&limit=${RESULTS}`, body: null }
}

/**
 * `count` requests whose responses have exactly 20 zones. Each was sent once, and those with fewer zones were left out (some towns of
 * the world are small). Also returns the first `sample` of them with their responses.
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
    const candidates = Array.from({ length: REQUESTS_PER_BATCH }, () => requestNear(world, random))
    const plan = { port, connections: 8, bearers: [], keyPrefix: null, until: 'each-once', keepBodies: true } as const
    const { bodies } = await load.run({ ...plan, requests: candidates.map(({ path, body }) => ({ path, body })) })
    for (const [i, request] of candidates.entries()) {
      if (bodies[i].split('"distance":').length - 1 !== RESULTS) continue
      requests.push(request)
      bytes += Buffer.byteLength(bodies[i])
      if (asked.length < sample) asked.push({ ...request, answer: bodies[i] })
    }
    if (requests.length < REQUESTS_PER_BATCH / 2)
      throw new Error(`most responses do not have ${RESULTS} zones; the first: ${bodies[0].slice(0, 500)}`)
  }
  return { requests, asked, meanBytes: Math.round(bytes / requests.length) }
}
