import { createRootRoute, createRoute, createRouter, Navigate } from '@tanstack/react-router'
import { BrokenPage } from './app/broken-page.tsx'
import { parseAddress, parseViewSearch, writeAddress } from './app/view.ts'
import { ListPage } from './list-page.tsx'
import { pages } from './paths.ts'
import { PlanSlot, ZoneSlot } from './after-list-slots.tsx'
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
  component: ZoneSlot,
  // A link to a zone tells where the zone is and nothing of where its sender was.
  search: {
    middlewares: [
      ({ search, next }) => {
        const { lat: _lat, lng: _lng, z: _z, ...rest } = next(search)
        return rest
      },
    ],
  },
})
const plan = createRoute({ getParentRoute: () => root, path: pages.plan, component: PlanSlot })

export const router = createRouter({
  routeTree: root.addChildren([home, zone, plan]),
  parseSearch: parseAddress,
  stringifySearch: writeAddress,
  defaultPreload: false,
  defaultErrorComponent: BrokenPage,
})

declare module '@tanstack/react-router' {
  // The one place where the language asks for an interface: merging the router's own type register.
  interface Register {
    router: typeof router
  }
}
