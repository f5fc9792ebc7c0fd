/**
 * Answers of services of which there is no file to test with, made by hand after their published specifications: Opendatasoft's
 * Explore API v2.1, ArcGIS's FeatureServer query, Hong Kong's car park data dictionary, LTA DataMall's guide.
 */

const COUNT = 12

function each<T>(make: (i: number) => T): T[] {
  return Array.from({ length: COUNT }, (_, i) => make(i))
}

/** A page of `records`: all of them, unless `total` says that there are more. */
export function opendatasoft(total = COUNT): string {
  const results = each((i) => ({
    id_stationnement: 100 + i,
    nom_voie: `Rue ${i}`,
    nb_places: i + 2,
    regime: i === 3 ? 'VOITURE' : 'MOTO',
    geo_point_2d: { lon: 2.35 + i / 1000, lat: 48.85 + i / 1000 },
    geo_shape:
      i === 0
        ? {
            type: 'Feature',
            properties: {},
            geometry: {
              type: 'LineString',
              coordinates: [
                [2.35, 48.85],
                [2.351, 48.85],
              ],
            },
          }
        : null,
  }))
  return JSON.stringify({ total_count: total, results })
}

export const OPENDATASOFT_PROFILE = {
  format: 'opendatasoft',
  ref: 'id_stationnement',
  filter: [{ field: 'regime', in: ['MOTO'] }],
  fields: { name: 'nom_voie', capacity: 'nb_places' },
  area: [2, 48.6, 2.7, 49.1],
}

/** Esri's JSON in web Mercator; `limit` is how a service says that it stopped. */
export function arcGis(limit = false): string {
  const [x, y] = [-13_627_665.27, 4_547_675.35]
  const square = (size: number, clockwise: boolean): number[][] => {
    const ring = [
      [x, y],
      [x, y + size],
      [x + size, y + size],
      [x + size, y],
      [x, y],
    ]
    return clockwise ? ring : ring.toReversed()
  }
  const features = each((i) => ({
    attributes: { OBJECTID: i + 1, STREET: `Street ${i}`, SPACES: i + 1 },
    geometry: i === 0 ? { rings: [square(30, true), square(10, false)] } : { x: x + i * 20, y: y + i * 20 },
  }))
  return JSON.stringify({
    objectIdFieldName: 'OBJECTID',
    geometryType: 'esriGeometryPoint',
    spatialReference: { wkid: 102_100, latestWkid: 3857 },
    fields: [{ name: 'OBJECTID', type: 'esriFieldTypeOID' }],
    features,
    ...(limit ? { exceededTransferLimit: true } : {}),
  })
}

export const ARCGIS_PROFILE = {
  format: 'arcgis',
  fields: { name: 'STREET', capacity: 'SPACES' },
  area: [-123, 37, -122, 38],
}

export function hongKong(): string {
  const results = each((i) => ({
    park_Id: String(i + 1),
    name: `Car park ${i}`,
    carpark_Type: i % 2 === 0 ? 'multi-storey' : 'off-street',
    latitude: 22.3 + i / 1000,
    longitude: 114.17 + i / 1000,
    openingHours: [{ weekdays: ['MON', 'TUE', 'PH'], periodStart: '07:00', periodEnd: '23:59' }],
    privateCar: { space: 200 },
    ...(i === 4 ? {} : { motorCycle: { space: i === 5 ? 0 : i + 1, hourlyCharges: [{ type: 'hourly', price: 5 }] } }),
  }))
  return JSON.stringify({ results })
}

export function singapore(): string {
  const value = each((i) => ({
    CarParkID: `K${i}`,
    Area: 'Marina',
    Development: `Mall ${i}`,
    Location: `${1.29 + i / 1000} ${103.85 + i / 1000}`,
    AvailableLots: i,
    LotType: i === 2 ? 'C' : 'Y',
    Agency: 'LTA',
  }))
  return JSON.stringify({ 'odata.metadata': 'http://datamall2.mytransport.sg/', value })
}
