/** A zone as every store holds it: its position, and Kickstand's JSON of it. */
export type PeerZone = { readonly id: string; readonly lat: number; readonly lng: number; readonly json: string }

/** A result zone at a distance of `metres`. */
export type Found = { readonly json: string; readonly metres: number }

/** Another kind of store that finds the nearest zones. */
export type Peer = {
  /** Stores zones. Returns the number of zones that the store cannot hold. */
  fill(zones: readonly PeerZone[]): Promise<number>
  /** Called after the last zone: runs what the store's manual advises after loading data. */
  finishLoading(): Promise<void>
  /** The nearest zones within `radius` metres, nearest first. */
  nearest(lat: number, lng: number, radius: number, limit: number): Promise<Found[]>
  close(): Promise<void>
}

/**
 * `plain` queries once with the radius of the request, as the manual shows. `growing` starts with a small radius and increases it
 * until there are enough results, which helps stores without an index for nearest neighbours.
 */
export type PeerStrategy = 'plain' | 'growing'

const FIRST_RADIUS_METRES = 200
const RADIUS_GROWTH = 3

/** Queries larger and larger circles until `limit` zones are found or `radius` is reached. */
export async function growing(
  radius: number,
  limit: number,
  within: (metres: number) => Promise<Found[]>,
): Promise<Found[]> {
  for (let metres = Math.min(FIRST_RADIUS_METRES, radius); ; metres = Math.min(radius, metres * RADIUS_GROWTH)) {
    const found = await within(metres)
    if (found.length >= limit || metres >= radius) return found
  }
}
