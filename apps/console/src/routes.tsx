import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router'
import { BrokenPage } from './pages/broken-page.tsx'
import { Frame } from './pages/frame.tsx'
import { NotFoundPage } from './pages/not-found-page.tsx'
import { StartPage } from './pages/start-page.tsx'
import { BASE, pages } from './paths.ts'

const root = createRootRoute({ component: Frame, notFoundComponent: NotFoundPage })
const start = createRoute({ getParentRoute: () => root, path: pages.start, component: StartPage })

/** The router of the console. All of its routes are below `BASE`. */
export const router = createRouter({
  routeTree: root.addChildren([start]),
  basepath: BASE,
  defaultErrorComponent: BrokenPage,
})

declare module '@tanstack/react-router' {
  // Declaration merging with the router's types needs an interface.
  interface Register {
    router: typeof router
  }
}
