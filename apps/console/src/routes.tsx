import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from '@tanstack/react-router'
import { BrokenPage } from './pages/broken-page.tsx'
import { HomePage } from './pages/home-page.tsx'
import { NotFoundPage } from './pages/not-found-page.tsx'
import { SignedInFrame } from './pages/signed-in-frame.tsx'
import { readTexts } from './parts/search.ts'
import { BASE, pages } from './paths.ts'

type Search = Readonly<Record<string, unknown>>

const lazyPages = () => import('./pages/lazy-pages.ts')

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage })

const setup = createRoute({
  getParentRoute: () => root,
  path: pages.setup,
  component: lazyRouteComponent(lazyPages, 'SetupPage'),
})
const invitation = createRoute({
  getParentRoute: () => root,
  path: pages.invitation,
  component: lazyRouteComponent(lazyPages, 'InvitationPage'),
})
const recovery = createRoute({
  getParentRoute: () => root,
  path: pages.recovery,
  component: lazyRouteComponent(lazyPages, 'RecoveryPage'),
})

const decline = createRoute({
  getParentRoute: () => root,
  path: pages.decline,
  component: lazyRouteComponent(lazyPages, 'DeclinePage'),
})

const signedIn = createRoute({ getParentRoute: () => root, id: 'signed-in', component: SignedInFrame })
const start = createRoute({ getParentRoute: () => signedIn, path: pages.start, component: HomePage })
const account = createRoute({
  getParentRoute: () => signedIn,
  path: pages.account,
  component: lazyRouteComponent(lazyPages, 'AccountPage'),
})
const organisations = createRoute({
  getParentRoute: () => signedIn,
  path: pages.organisations,
  validateSearch: (search: Search) => readTexts(search, ['q']),
  component: lazyRouteComponent(lazyPages, 'OrganisationsPage'),
})
const organisation = createRoute({
  getParentRoute: () => signedIn,
  path: pages.organisation,
  validateSearch: (search: Search) => readTexts(search, ['tab']),
  component: lazyRouteComponent(lazyPages, 'OrganisationPage'),
})
const accounts = createRoute({
  getParentRoute: () => signedIn,
  path: pages.accounts,
  validateSearch: (search: Search) => readTexts(search, ['tab', 'q', 'role', 'state']),
  component: lazyRouteComponent(lazyPages, 'AccountsPage'),
})
const person = createRoute({
  getParentRoute: () => signedIn,
  path: pages.person,
  validateSearch: (search: Search) => readTexts(search, ['tab']),
  component: lazyRouteComponent(lazyPages, 'PersonPage'),
})
const audit = createRoute({
  getParentRoute: () => signedIn,
  path: pages.audit,
  validateSearch: (search: Search) => readTexts(search, ['action', 'object', 'organisationId', 'from', 'to']),
  component: lazyRouteComponent(lazyPages, 'AuditPage'),
})

/** The router of the console. All of its routes are below `BASE`. */
export const router = createRouter({
  routeTree: root.addChildren([
    setup,
    invitation,
    recovery,
    decline,
    signedIn.addChildren([start, account, organisations, organisation, accounts, person, audit]),
  ]),
  basepath: BASE,
  defaultErrorComponent: BrokenPage,
})

declare module '@tanstack/react-router' {
  // Declaration merging with the router's types needs an interface.
  interface Register {
    router: typeof router
  }
}
