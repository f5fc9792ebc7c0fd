import { createRootRoute, createRoute, createRouter, Navigate } from '@tanstack/react-router'
import { BrokenPage } from './shell/broken-page.tsx'
import { parseAddress, parseViewSearch, writeAddress } from './shell/view.ts'
import { ListPage } from './list-page.tsx'
import { pages } from './paths.ts'
import { LazyPlanPage, LazyZonePage } from './lazy-routes.tsx'
import { Shell } from './shell.tsx'

const root = createRootRoute({
  component: Shell,
  validateSearch: parseViewSearch,
  notFoundComponent: () => <Navigate to={pages.home} replace />,
})
const home = createRoute({ getParentRoute: () => root, path: pages.home, component: ListPage })
const zone = createRoute({
  getParentRoute: () => root,
  path: pages.zone,
  component: LazyZonePage,
  // A link to a zone must not reveal the sender's position.
  search: {
    middlewares: [
      ({ search, next }) => {
        const { lat: _lat, lng: _lng, z: _z, ...rest } = next(search)
        return rest
      },
    ],
  },
})
const plan = createRoute({ getParentRoute: () => root, path: pages.plan, component: LazyPlanPage })

export const router = createRouter({
  routeTree: root.addChildren([home, zone, plan]),
  parseSearch: parseAddress,
  stringifySearch: writeAddress,
  defaultPreload: false,
  defaultErrorComponent: BrokenPage,
})

declare module '@tanstack/react-router' {
  // Declaration merging with the router's types needs an interface.
  interface Register {
    router: typeof router
  }
}
