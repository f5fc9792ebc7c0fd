const CLASSES: readonly (readonly [RegExp, string])[] = [
  [/^GET \/(?:healthz|readyz)$/, 'health'],
  [/^GET \/v1\/zones\/nearby$/, 'nearby'],
  [/^GET \/v1\/plan$/, 'plan'],
  [/^GET \/v1\/live$/, 'live'],
  [/^GET \/v1\/tiles\//, 'tiles'],
  [/^(?:POST|DELETE) \/v1\/reports\b/, 'reports'],
  [/^POST \/v1\/feeds\//, 'readings'],
  [/^(?:POST|DELETE) \/v1\/(?:zones|riders)\b/, 'contributions'],
  [/^\w+ \/v1\/(?:sign-in|sign-out|links|account|accounts|invitations|organisations|audit|monitoring)\b/, 'console'],
  [/^GET \/(?:ogc\b|v1\/zones\.csv|v1\/zones\/changes)/, 'open-data'],
  [/^GET \/v1\//, 'zones'],
  [/^GET \/basemap\//, 'basemap'],
]
const known = new Map<string, string>()

/**
 * The class of a route in the figures of a minute: what a person at home or on call thinks of as one thing. `route`: its
 * pattern, such as `/v1/zones/:id`; all that is no route of the API is a file of the pages.
 */
export function classOfRoute(method: string, route: string): string {
  const key = `${method === 'HEAD' ? 'GET' : method} ${route}`
  let found = known.get(key)
  if (found === undefined) {
    found = CLASSES.find(([pattern]) => pattern.test(key))?.[1] ?? 'pages'
    known.set(key, found)
  }
  return found
}
