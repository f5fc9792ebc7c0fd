type ListedZone = { readonly id: string; readonly lat: number; readonly lng: number; readonly outline: unknown }

/** A list of zones as a GeoJSON FeatureCollection (RFC 7946): points, everything else as properties. */
export function toFeatureCollection(body: Buffer): string {
  const { zones, ...rest } = JSON.parse(body.toString('utf8')) as { zones: ListedZone[] }
  return JSON.stringify({
    type: 'FeatureCollection',
    ...rest,
    features: zones.map(({ id, lat, lng, ...properties }) => ({
      type: 'Feature',
      id,
      geometry: { type: 'Point', coordinates: [lng, lat] },
      properties,
    })),
  })
}
