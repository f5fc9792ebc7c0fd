import {
  DomainError,
  permissionFor,
  type AccessRule,
  type Action,
  type Permission,
  type Principal,
} from '@kickstand/domain'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Clock } from '#platform/clock.ts'
import { signInRequired, type PrincipalSource } from './principal.ts'
import { requireSameOrigin } from './same-origin.ts'
import { sessionSecretOf } from './session-cookie.ts'

declare module 'fastify' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- only an interface can be added to
  interface FastifyContextConfig {
    /** Who may use the route. A route without it keeps the service from starting. */
    access?: AccessRule
    /** Changes that need a proof of identity within the last minutes on the same session. */
    needsStepUp?: boolean
    /** On a public route that starts a session: only pages of this server may call it. */
    sameOriginOnly?: boolean
  }
}

/** How long a proof of identity counts for changes that need one. */
export const STEP_UP_MS = 10 * 60_000

/** A route with who may use it. `path` shows parameters as `{id}`. */
export type RouteAccess = {
  readonly method: string
  readonly path: string
  readonly access: AccessRule
  readonly needsStepUp: boolean
  readonly sameOriginOnly: boolean
}

export type AccessRegister = {
  /** The routes so far that state their access themselves, in the order of their registration. */
  readonly routes: readonly RouteAccess[]
  /** Runs a registration whose plugins add routes that cannot state it, such as those of static files: all are public. */
  asPublic(registration: () => Promise<void>): Promise<void>
}

export type AccessDeps = {
  readonly principals: PrincipalSource
  readonly clock: Clock
  readonly config: { readonly publicUrl: string }
}

/**
 * Rejects routes that do not state who may use them, and requests that may not use theirs. Register it before the routes.
 * Where the address of a route has an `organisationId`, the action is done to that organisation.
 */
export function registerAccess(app: FastifyInstance, deps: AccessDeps): AccessRegister {
  const routes: RouteAccess[] = []
  let assumesPublic = false
  app.decorateRequest('principal', null)
  app.addHook('onRoute', (route) => {
    const { method, url, config } = route
    const access = config?.access
    if (access === undefined) {
      if (assumesPublic) return
      throw new Error(`The route ${String(method)} ${url} does not state who may use it. Add config: { access }.`)
    }
    // Before the route's own hooks. Only where it is needed: public routes never read the session.
    if (isAction(access) || config?.sameOriginOnly === true) {
      const own = [route.onRequest ?? []].flat()
      const check = async (request: FastifyRequest): Promise<void> => authorise(request, access, deps)
      route.onRequest = [check, ...own]
      // Again after the body, whose sender may delay it: the session may have ended and the rights may be gone.
      if (isAction(access) && changesSomething(method)) route.preHandler = [check, ...[route.preHandler ?? []].flat()]
    }
    const path = url.replaceAll(/:(\w+)(\([^)]*\))?/g, '{$1}')
    const { needsStepUp = false, sameOriginOnly = false } = config ?? {}
    for (const each of [method].flat()) {
      // Fastify adds a HEAD to each GET, with the same handler and configuration.
      if (each !== 'HEAD') routes.push({ method: each, path, access, needsStepUp, sameOriginOnly })
    }
  })
  return {
    routes,
    async asPublic(registration) {
      assumesPublic = true
      await registration()
      assumesPublic = false
    },
  }
}

function changesSomething(method: string | string[]): boolean {
  return [method].flat().some((each) => each !== 'GET' && each !== 'HEAD')
}

function isAction(access: AccessRule): access is Action {
  return access !== 'public' && access !== 'rider' && access !== 'own-rider'
}

async function authorise(request: FastifyRequest, access: AccessRule, deps: AccessDeps): Promise<void> {
  const isWrite = changesSomething(request.method)
  if (!isAction(access)) {
    requireSameOrigin(request, deps.config.publicUrl)
    return
  }
  const principal = await readPrincipal(request, deps.principals)
  request.principal = principal
  if (principal.kind === 'account' && isWrite) requireSameOrigin(request, deps.config.publicUrl)
  const organisationId = organisationOf(request)
  const object = organisationId === null ? undefined : { organisationId }
  rejectUnless(permissionFor(principal, access, object))
  if (request.routeOptions.config.needsStepUp === true) requireFreshProof(principal, deps.clock())
}

/**
 * Throws `step-up-required` where a person last proved on their session too long ago who they are. For changes that need a
 * fresh proof only with some bodies; other routes state `needsStepUp`. Tokens never act on people.
 */
export function requireFreshProof(principal: Principal, now: number): void {
  if (principal.kind === 'account' && now - principal.verifiedAt > STEP_UP_MS) throw stepUpRequired()
}

/**
 * A bearer is a token; without one, the cookie of a session counts. Never both: a token is no session, and a bearer that is no
 * token does not fall back to the cookie. Other schemes, such as Basic, can be meant for a proxy in front of this server.
 */
async function readPrincipal(request: FastifyRequest, principals: PrincipalSource): Promise<Principal> {
  const authorization = request.headers.authorization ?? ''
  if (/^Bearer\b/i.test(authorization)) {
    const bearer = /^Bearer (\S{1,200})$/i.exec(authorization)?.[1]
    return (bearer === undefined ? null : await principals.token(bearer, request.ip)) ?? { kind: 'anonymous' }
  }
  const secret = sessionSecretOf(request)
  return (secret === null ? null : await principals.session(secret)) ?? { kind: 'anonymous' }
}

function organisationOf({ params }: FastifyRequest): string | null {
  const has = typeof params === 'object' && params !== null && 'organisationId' in params
  return has ? String(params.organisationId) : null
}

/**
 * Throws what a permission that is not `allow` means to the client: an organisation of others looks as if it did not
 * exist.
 */
export function rejectUnless(permission: Permission): void {
  switch (permission) {
    case 'allow':
      return
    case 'sign-in':
      throw signInRequired()
    case 'other-organisation':
      throw new DomainError('organisation-not-found', 'There is no such organisation, or you are not a member of it.')
    case 'second-factor':
      throw new DomainError(
        'second-factor-required',
        'Your role needs a second factor. Add a passkey or an authenticator app to your account, then sign in with it.',
      )
    case 'not-allowed':
      throw new DomainError('not-allowed', 'Your role or the scope of your token does not allow this.')
  }
}

function stepUpRequired(): DomainError {
  const minutes = STEP_UP_MS / 60_000
  return new DomainError(
    'step-up-required',
    `This change needs a proof of who you are from the last ${minutes} minutes. Confirm with your passkey or password.`,
  )
}
