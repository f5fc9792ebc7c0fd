/**
 * Every path of the API, built in one place. Exported as the namespace `paths`, of which a bundler keeps only the
 * functions that a page uses.
 */
export const nearby = (): string => '/v1/zones/nearby'
export const zones = (): string => '/v1/zones'
export const zonesCsv = (): string => '/v1/zones.csv'
export const zoneChanges = (): string => '/v1/zones/changes'
export const zone = (id: string): string => `/v1/zones/${id}`
export const zoneForecast = (id: string): string => `/v1/zones/${id}/forecast`
export const zoneReports = (id: string): string => `/v1/zones/${id}/reports`
export const zoneContributions = (id: string): string => `/v1/zones/${id}/contributions`
export const zoneQuestions = (id: string): string => `/v1/zones/${id}/questions`
export const zonePhotos = (id: string): string => `/v1/zones/${id}/photos`
export const photo = (id: string): string => `/v1/photos/${id}`
export const myContributions = (): string => '/v1/riders/me/contributions'
export const myContribution = (id: string): string => `/v1/riders/me/contributions/${id}`
export const reports = (): string => '/v1/reports'
export const report = (id: string): string => `/v1/reports/${id}`
export const plan = (): string => '/v1/plan'
export const sources = (): string => '/v1/sources'
export const feedReadings = (id: string): string => `/v1/feeds/${id}/readings`
export const live = (): string => '/v1/live'
export const zoneTile = (z: number | string, x: number | string, y: number | string): string =>
  `/v1/tiles/zones/${z}/${x}/${y}.mvt`
export const ogc = (): string => '/ogc'
export const ogcConformance = (): string => '/ogc/conformance'
export const ogcCollections = (): string => '/ogc/collections'
export const ogcZones = (): string => '/ogc/collections/zones'
export const ogcItems = (): string => '/ogc/collections/zones/items'
export const ogcItem = (id: string): string => `/ogc/collections/zones/items/${id}`
export const appConfig = (): string => '/v1/app-config'
export const openapi = (): string => '/openapi.json'
export const healthz = (): string => '/healthz'
export const readyz = (): string => '/readyz'
