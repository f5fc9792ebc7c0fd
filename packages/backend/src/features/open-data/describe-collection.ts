import { paths, type LinkBody, type OgcCollectionBody, type OgcLandingBody } from '@kickstand/contract'
import { licenceLinks, type Terms } from './terms.ts'

export const CRS84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84'
export const JSON_TYPE = 'application/json'
export const GEOJSON_TYPE = 'application/geo+json'

/**
 * The conformance classes of Part 1 that are fully met. The description is OpenAPI 3.1, so the class `oas30` is not
 * listed.
 */
export const CONFORMS_TO = [
  'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core',
  'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson',
]

/** `base` is the public URL of this service without a trailing slash; empty for relative links. */
export function describeLanding(base: string): OgcLandingBody {
  const link = (path: string, rel: LinkBody['rel'], type: string, title: string): LinkBody => ({
    href: base + path,
    rel,
    type,
    title,
  })
  return {
    title: 'Kickstand',
    description: 'Where motorcycles may park: the facts of all zones, with their sources, licences and attribution.',
    links: [
      link(paths.ogc(), 'self', JSON_TYPE, 'This page'),
      link(paths.openapi(), 'service-desc', JSON_TYPE, 'The API, as OpenAPI 3.1'),
      link('/docs', 'service-doc', 'text/html', 'Interactive API documentation'),
      link(paths.ogcConformance(), 'conformance', JSON_TYPE, 'Conformance classes of the standard'),
      link(paths.ogcCollections(), 'data', JSON_TYPE, 'The collections'),
    ],
  }
}

/**
 * The collection of all zones, with the attribution of each source that has zones. `base`: the address of the
 * service.
 */
export function describeZones(base: string, terms: Terms): OgcCollectionBody {
  const named = [...terms.values()].filter(({ zones }) => zones > 0).map(({ attribution }) => attribution)
  return {
    id: 'zones',
    title: 'Motorcycle parking',
    description:
      'Places with motorcycle spaces as points. Unknown facts are null. Availability is not included, since it changes by the minute.',
    attribution: named.join('; '),
    itemType: 'feature',
    crs: [CRS84],
    extent: { spatial: { bbox: [[-180, -90, 180, 90]], crs: CRS84 } },
    links: [
      { href: base + paths.ogcZones(), rel: 'self', type: JSON_TYPE, title: 'This collection' },
      { href: base + paths.ogcItems(), rel: 'items', type: GEOJSON_TYPE, title: 'Its zones as GeoJSON' },
      { href: base + paths.zonesCsv(), rel: 'alternate', type: 'text/csv', title: 'Its zones as CSV' },
      ...licenceLinks(terms),
    ],
  }
}
