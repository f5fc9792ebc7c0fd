import type { PeerZone } from './peer.ts'

const PAGE_SIZE = 500

/** Reads all zones of a Kickstand server through its API, page by page. */
export async function* readZones(port: number): AsyncGenerator<PeerZone[]> {
  for (let cursor: string | null = ''; cursor !== null;) {
    const after = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const answer = await fetch(`http://127.0.0.1:${port}/v1/zones?bbox=-180,-90,180,90&limit=${PAGE_SIZE}${after}`)
    if (!answer.ok) throw new Error(`the zones could not be read: ${answer.status} ${await answer.text()}`)
    const page = (await answer.json()) as Page
    yield page.zones.map((zone) => ({ id: zone.id, lat: zone.lat, lng: zone.lng, json: JSON.stringify(zone) }))
    cursor = page.nextCursor
  }
}

type Page = {
  readonly zones: readonly { readonly id: string; readonly lat: number; readonly lng: number }[]
  readonly nextCursor: string | null
}
