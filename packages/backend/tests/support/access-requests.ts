import { isPlatformRole, type PrincipalKind } from '@kickstand/domain'
import sharp from 'sharp'
import type { RouteAccess } from '#http/auth/access.ts'
import { aSignedInAccount, aToken } from './people.ts'
import type { ServiceUnderTest } from './use-service.ts'

/** What a route needs besides credentials. `path`: where the route has parameters other than those of `Ids`. */
export type Sample = { readonly path?: string; readonly body?: unknown; readonly image?: true }

/** For `{organisationId}` and the other ids in the path of a route. */
export type Ids = { readonly organisationId: string; readonly id?: string }

/** `code`: of the problem; null where the request was not rejected. */
export type Outcome = { readonly status: number; readonly code: string | null; readonly setsCookie: boolean }

export type Headers = Readonly<Record<string, string>>

/** An id that nothing has. */
export const NO_ID = '0000000000000000a'
const DEVICE = 'device-secret-of-a-rider-0001'

/** Sends the sample request of a route. `query`: begins with a question mark. */
export async function sendSample(
  at: ServiceUnderTest,
  { method, path }: Pick<RouteAccess, 'method' | 'path'>,
  sample: Sample,
  headers: Headers,
  { organisationId, id = NO_ID }: Ids,
  query = '',
): Promise<Outcome> {
  const template = path.includes('{organisationId}') ? path : (sample.path ?? path)
  const target = template.replace('{organisationId}', organisationId).replaceAll(/\{(?:id|accountId)\}/g, id)
  const image = sample.image === true ? await aPhoto() : null
  const type = image !== null ? 'image/jpeg' : sample.body === undefined ? null : 'application/json'
  const response = await fetch(at.url + target + (target.includes('?') ? query.replace('?', '&') : query), {
    method,
    headers: { ...headers, ...(type === null ? {} : { 'content-type': type }) },
    body: image ?? (sample.body === undefined ? null : JSON.stringify(sample.body)),
  })
  const { status } = response
  const setsCookie = response.headers.has('set-cookie')
  if (status < 400) {
    await response.body?.cancel()
    return { status, code: null, setsCookie }
  }
  const { code } = (await response.json()) as { code: string }
  return { status, code, setsCookie }
}

/**
 * What a principal of a kind sends. Members and tokens are those of `organisationId`, except for tokens that send readings. A
 * token has the scope of the route, if any has it.
 */
export async function credentialsOf(
  at: ServiceUnderTest,
  { access }: Pick<RouteAccess, 'access'>,
  principal: PrincipalKind,
  organisationId: string,
  { hasSecondFactor = true }: { readonly hasSecondFactor?: boolean } = {},
): Promise<Headers> {
  if (principal === 'anonymous') return {}
  if (principal === 'rider') return { authorization: `Bearer ${DEVICE}` }
  if (principal === 'token') return { authorization: `Bearer ${await aToken(at, access, { organisationId })}` }
  const rights = isPlatformRole(principal)
    ? { roles: [principal] }
    : { memberships: [{ organisationId, role: principal }] }
  return { cookie: (await aSignedInAccount(at, { ...rights, hasSecondFactor })).cookie }
}

async function aPhoto(): Promise<Uint8Array<ArrayBuffer>> {
  const drawn = sharp({ create: { width: 64, height: 48, channels: 3, background: '#3a5' } })
  return new Uint8Array(await drawn.jpeg().toBuffer())
}
