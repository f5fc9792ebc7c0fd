import { createRootRoute, createRoute, createRouter, Navigate } from '@tanstack/react-router'
import { ListPage } from './pages/list-page.tsx'
import { loadLazyPages } from './pages/load-lazy-pages.ts'
import { LoadingFailed, PagePlaceholder } from './pages/page-states.tsx'
import { Shell } from './pages/shell.tsx'
import { pages } from './paths.ts'
import { BrokenPage } from './shell/broken-page.tsx'
import { parseAddress, parseViewSearch, writeAddress } from './shell/view.ts'

/** The placeholder is shown after this; a preloaded page is shown without it. */
const PLACEHOLDER_DELAY_MS = 30

const root = createRootRoute({
  component: Shell,
  validateSearch: parseViewSearch,
  notFoundComponent: () => <Navigate to={pages.home} replace />,
})
const home = createRoute({ getParentRoute: () => root, path: pages.home, component: ListPage })
const zone = createRoute({
  getParentRoute: () => root,
  path: pages.zone,
  errorComponent: LoadingFailed,
  // A link to a zone must not reveal the sender's position.
  search: {
    middlewares: [
      ({ search, next }) => {
        const { lat: _lat, lng: _lng, z: _z, ...rest } = next(search)
        return rest
      },
    ],
  },
}).lazy(() => loadLazyPages().then(({ zoneRoute }) => zoneRoute))
const plan = createRoute({ getParentRoute: () => root, path: pages.plan }).lazy(() =>
  loadLazyPages().then(({ planRoute }) => planRoute),
)

export const router = createRouter({
  routeTree: root.addChildren([home, zone, plan]),
  parseSearch: parseAddress,
  stringifySearch: writeAddress,
  defaultPreload: false,
  defaultErrorComponent: BrokenPage,
  defaultPendingComponent: PagePlaceholder,
  defaultPendingMs: PLACEHOLDER_DELAY_MS,
  defaultPendingMinMs: 0,
})

declare module '@tanstack/react-router' {
  // Declaration merging with the router's types needs an interface.
  interface Register {
    router: typeof router
  }
}
