import type { Map, PointLike } from 'maplibre-gl'
import { SELECTED_LIFT } from '../plates/plate-size.ts'

/** Half the side of what a finger touches: targets are at least 44 px. */
const TAP_RADIUS_PX = 22

export type Picked = { kind: 'zone'; id: string } | { kind: 'cluster'; lng: number; lat: number } | { kind: 'nothing' }

type Pixel = { x: number; y: number }

const ZONE_LAYERS = ['zone-selected', 'zone-plate', 'zone-mini', 'far-zone', 'far-dot', 'far-cluster']

/** What a tap at this pixel means: the nearest plate, dot or cluster within a finger's reach. */
export function pickAt(map: Map, at: Pixel): Picked {
  const box: [PointLike, PointLike] = [
    [at.x - TAP_RADIUS_PX, at.y - TAP_RADIUS_PX],
    [at.x + TAP_RADIUS_PX, at.y + TAP_RADIUS_PX],
  ]
  const layers = ZONE_LAYERS.filter((id) => map.getLayer(id))
  const found = map
    .queryRenderedFeatures(box, { layers })
    .flatMap((feature) => {
      const [lng, lat] = feature.geometry.type === 'Point' ? feature.geometry.coordinates : []
      if (lng === undefined || lat === undefined) return []
      return [{ feature, lng, lat, distance: reachOf(feature.layer.id, map.project([lng, lat]), at) }]
    })
    .toSorted((a, b) => a.distance - b.distance)
  const [nearest] = found
  if (!nearest) return { kind: 'nothing' }
  const { id, count } = nearest.feature.properties
  if (typeof count === 'number' && count > 1) return { kind: 'cluster', lng: nearest.lng, lat: nearest.lat }
  return typeof id === 'string' ? { kind: 'zone', id } : { kind: 'cluster', lng: nearest.lng, lat: nearest.lat }
}

/** Pixels from the finger to the middle of what is drawn. A dot must be tapped closer: the rider aims at what stands out. */
function reachOf(layer: string, foot: Pixel, at: Pixel): number {
  const y = layer === 'zone-selected' ? foot.y - SELECTED_LIFT : foot.y
  return Math.hypot(foot.x - at.x, y - at.y) + (layer === 'zone-mini' || layer === 'far-dot' ? 10 : 0)
}
