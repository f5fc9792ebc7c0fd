/** Every path of the API, built in one place. */
export const paths = {
  nearby: () => '/v1/zones/nearby',
  zones: () => '/v1/zones',
  zone: (id: string) => `/v1/zones/${id}`,
  zoneForecast: (id: string) => `/v1/zones/${id}/forecast`,
  zoneReports: (id: string) => `/v1/zones/${id}/reports`,
  reports: () => '/v1/reports',
  report: (id: string) => `/v1/reports/${id}`,
  plan: () => '/v1/plan',
  sources: () => '/v1/sources',
  live: () => '/v1/live',
  zoneTile: (z: number | string, x: number | string, y: number | string) => `/v1/tiles/zones/${z}/${x}/${y}.mvt`,
  appConfig: () => '/v1/app-config',
  openapi: () => '/openapi.json',
  healthz: () => '/healthz',
  readyz: () => '/readyz',
} as const
