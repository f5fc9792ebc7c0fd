import type { BuildEnvironmentOptions, ProxyOptions } from 'vite'
import { TARGETS } from '../targets/targets.ts'

const { safari_ios: _phone, ...desktop } = TARGETS

/** Vite's `build` for each app for browsers. */
export const APP_BUILD = {
  target: Object.entries(desktop).map(([browser, version]) => browser + version),
  // No inlined assets: the Content-Security-Policy forbids data: URLs.
  assetsInlineLimit: 0,
  modulePreload: {
    polyfill: false,
    // A list of each later chunk's files would be part of the first screen. Their scripts name one another, styles do not.
    resolveDependencies: (_file, files, { hostType }) =>
      hostType === 'html' ? files : files.filter((file) => file.endsWith('.css')),
  },
} satisfies BuildEnvironmentOptions

/** Paths of the API, which Vite's dev server sends to a running service. */
export function apiProxy(port = '4242'): Record<string, string | ProxyOptions> {
  const paths = ['/v1', '/ogc', '/openapi.json', '/docs', '/healthz', '/readyz', '/basemap']
  return Object.fromEntries(paths.map((path) => [path, `http://127.0.0.1:${port}`]))
}
