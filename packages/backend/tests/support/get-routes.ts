import type { FastifyInstance } from 'fastify'

const LEVEL = 4

/** All GET routes in the route table, including hidden ones. */
export function getRoutes(app: FastifyInstance): string[] {
  const routes: string[] = []
  const parents: string[] = []
  for (const line of app.printRoutes({ commonPrefix: false }).split('\n')) {
    const [, indent = '', part = '', methods = ''] = /^([\s│├└─]*)(\S+) \(([A-Z, ]+)\)$/.exec(line) ?? []
    if (part === '') continue
    const depth = indent.length / LEVEL
    const parent = parents[depth - 1] ?? ''
    const route = parent === '/' && !part.startsWith('/') ? `/${part}` : parent === '/' ? part : parent + part
    parents.length = depth
    parents[depth] = route
    if (methods.split(', ').includes('GET')) routes.push(route)
  }
  return routes
}
