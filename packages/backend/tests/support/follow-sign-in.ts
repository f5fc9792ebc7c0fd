/** Cookies of one browser, by host. */
export type CookieJar = Map<string, Map<string, string>>

const MAX_STEPS = 20

/** A request with the cookies of the jar, which takes those of the answer. Redirects are not followed. */
export async function request(jar: CookieJar, address: string, init: RequestInit = {}): Promise<Response> {
  const { host } = new URL(address)
  const cookies = jar.get(host) ?? new Map<string, string>()
  jar.set(host, cookies)
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const headers = { ...(init.headers as Record<string, string> | undefined), ...(cookie === '' ? {} : { cookie }) }
  const response = await fetch(address, { ...init, headers, redirect: 'manual' })
  for (const line of response.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    if (/max-age=0|expires=Thu, 01 Jan 1970/i.test(line)) cookies.delete(name)
    else cookies.set(name, value)
  }
  return response
}

/**
 * What a person does at the identity provider: follows redirects from `address`, fills in the login form, agrees, and goes
 * on until the browser is sent to an address that begins with `end`, which is returned and not opened.
 */
export async function signInAtProvider(jar: CookieJar, address: string, login: string, end: string): Promise<string> {
  let next = address
  for (let step = 0; step < MAX_STEPS; step += 1) {
    if (next.startsWith(end)) return next
    const response = await request(jar, next)
    const location = response.headers.get('location')
    if (location !== null) {
      next = new URL(location, next).href
      continue
    }
    const page = await response.text()
    const action = /action="([^"]+)"/.exec(page)?.[1]
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1]
    if (action === undefined || prompt === undefined)
      throw new Error(`the provider answered ${response.status}: ${page}`)
    const form = new URLSearchParams(prompt === 'login' ? { prompt, login, password: 'any' } : { prompt })
    const sent = await request(jar, new URL(action, next).href, { method: 'POST', body: form })
    next = new URL(sent.headers.get('location') ?? '', next).href
  }
  throw new Error('the sign-in goes in circles')
}
