import type { Map, PointLike } from 'maplibre-gl'
import { SELECTED_LIFT_PX } from '../plates/plate-size.ts'

/** Half the size of a touch target, which is at least 44 px. */
const TAP_RADIUS_PX = 22

export type Picked = { kind: 'zone'; id: string } | { kind: 'cluster'; lng: number; lat: number } | { kind: 'nothing' }

type Pixel = { x: number; y: number }

const ZONE_LAYERS = ['zone-selected', 'zone-plate', 'zone-mini', 'far-zone', 'far-dot', 'far-cluster']

/** The nearest plate, dot or cluster within `TAP_RADIUS_PX` of a pixel. */
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
      return [{ feature, lng, lat, distance: tapDistance(feature.layer.id, map.project([lng, lat]), at) }]
    })
    .toSorted((a, b) => a.distance - b.distance)
  const [nearest] = found
  if (!nearest) return { kind: 'nothing' }
  const { id, count } = nearest.feature.properties
  if (typeof count === 'number' && count > 1) return { kind: 'cluster', lng: nearest.lng, lat: nearest.lat }
  return typeof id === 'string' ? { kind: 'zone', id } : { kind: 'cluster', lng: nearest.lng, lat: nearest.lat }
}

/** Pixels from the tap to the centre of the symbol. Dots get a penalty, so that a plate nearby wins. */
function tapDistance(layer: string, foot: Pixel, at: Pixel): number {
  const y = layer === 'zone-selected' ? foot.y - SELECTED_LIFT_PX : foot.y
  return Math.hypot(foot.x - at.x, y - at.y) + (layer === 'zone-mini' || layer === 'far-dot' ? 10 : 0)
}
