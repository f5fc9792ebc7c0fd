import type { Map, MapGeoJSONFeature, PointLike } from 'maplibre-gl'

/** Half the side of what a finger touches: targets are at least 44 px. */
const REACH = 22

export type Picked = { kind: 'zone'; id: string } | { kind: 'cluster'; lng: number; lat: number } | { kind: 'nothing' }

type Pixel = { x: number; y: number }

const ZONE_LAYERS = ['zone-selected', 'zone-plate', 'zone-mini', 'far-zone', 'far-cluster']

/** What a tap at this pixel means: the nearest plate, dot or cluster within a finger's reach. */
export function pickAt(map: Map, at: Pixel): Picked {
  const box: [PointLike, PointLike] = [
    [at.x - REACH, at.y - REACH],
    [at.x + REACH, at.y + REACH],
  ]
  const layers = ZONE_LAYERS.filter((id) => map.getLayer(id))
  const found = map
    .queryRenderedFeatures(box, { layers })
    .flatMap((feature) => {
      const [lng, lat] = feature.geometry.type === 'Point' ? feature.geometry.coordinates : []
      if (lng === undefined || lat === undefined) return []
      const { x, y } = map.project([lng, lat])
      return [{ feature, lng, lat, distance: Math.hypot(x - at.x, y - at.y) + hiddenPenalty(feature) }]
    })
    .toSorted((a, b) => a.distance - b.distance)
  const [nearest] = found
  if (!nearest) return { kind: 'nothing' }
  const { id, count } = nearest.feature.properties
  if (typeof count === 'number' && count > 1) return { kind: 'cluster', lng: nearest.lng, lat: nearest.lat }
  return typeof id === 'string' ? { kind: 'zone', id } : { kind: 'cluster', lng: nearest.lng, lat: nearest.lat }
}

/** A zone without a plate must be tapped closer than one with: the rider aims at what stands out. */
function hiddenPenalty(feature: MapGeoJSONFeature): number {
  return feature.layer.id === 'zone-mini' ? 10 : 0
}
