import { expect, it } from 'vitest'
import { classOfRoute } from './route-class.ts'

it.each([
  ['GET', '/v1/zones/nearby', 'nearby'],
  ['HEAD', '/v1/zones/nearby', 'nearby'],
  ['GET', '/v1/zones/:id', 'zones'],
  ['POST', '/v1/zones', 'contributions'],
  ['POST', '/v1/reports', 'reports'],
  ['GET', '/v1/tiles/zones/:z/:x/:y.mvt', 'tiles'],
  ['GET', '/v1/zones.csv', 'open-data'],
  ['GET', '/ogc/collections', 'open-data'],
  ['POST', '/v1/feeds/:id/readings', 'readings'],
  ['POST', '/v1/sign-in/password', 'console'],
  ['GET', '/v1/organisations/:organisationId/members', 'console'],
  ['GET', '/healthz', 'health'],
  ['GET', 'none', 'pages'],
])('%s %s is counted as %s', (method, route, routeClass) => {
  expect(classOfRoute(method, route)).toBe(routeClass)
})
