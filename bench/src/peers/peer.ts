/** What every peer stores of a zone: its place, and the JSON that Kickstand answers of it. */
export type PeerZone = { readonly id: string; readonly lat: number; readonly lng: number; readonly json: string }

/** A zone that was found, `metres` away. */
export type Found = { readonly json: string; readonly metres: number }

/** The nearest zones as another kind of store finds them. */
export type Peer = {
  /** Stores zones; what it cannot hold it leaves out. Returns how many it left out. */
  fill(zones: readonly PeerZone[]): Promise<number>
  /** After the last of them: what its manual advises once the data is in. */
  settle(): Promise<void>
  /** The nearest zones within `radius` metres, nearest first. */
  nearest(lat: number, lng: number, radius: number, limit: number): Promise<Found[]>
  close(): Promise<void>
}

/**
 * `plain` asks once with the radius of the request, as the manual shows it. `growing` asks with a small radius first and with
 * a larger one until there are enough, which spares stores that have no index for "nearest".
 */
export type PeerWay = 'plain' | 'growing'

const FIRST_RADIUS = 200
const GROWTH = 3

/** Asks within ever larger circles until `limit` are found or `radius` is reached. */
export async function growing(
  radius: number,
  limit: number,
  within: (metres: number) => Promise<Found[]>,
): Promise<Found[]> {
  for (let metres = Math.min(FIRST_RADIUS, radius); ; metres = Math.min(radius, metres * GROWTH)) {
    const found = await within(metres)
    if (found.length >= limit || metres >= radius) return found
  }
}
