import path from 'node:path'
import { startService, type Clock, type RunningService } from '@kickstand/backend'
import { parseConfig } from '@kickstand/backend/config'

/** A running service and short forms of requests to it. Paths start with `/` and include the query. */
export type TestService = {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string
  readonly service: RunningService
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>
  /** Sends `body` as JSON; a string is sent unchanged. */
  post(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Response>
  delete(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>
  stop(): Promise<void>
}

export type TestServiceOptions = {
  /** URL of the database, from `forEachEngine`. */
  readonly url: string
  readonly clock?: Clock
  /** `KICKSTAND_` settings that override those of `testSettings`. */
  readonly env?: Readonly<Record<string, string>>
  /** Folders of the built apps. Without them the service has no pages. */
  readonly webRoots?: { readonly rider?: string; readonly console?: string }
  /** Interval of polling for events of other servers, in milliseconds. */
  readonly tailEveryMs?: number
}

/** Settings of a service under test: a free port, no log, no demo town, no basemap, no limits. */
export function testSettings(databaseUrl: string): Record<string, string> {
  return {
    KICKSTAND_ENV: 'test',
    KICKSTAND_PORT: '0',
    KICKSTAND_DATABASE_URL: databaseUrl,
    KICKSTAND_BASEMAP: 'none',
    KICKSTAND_DEMO: 'off',
    KICKSTAND_LIMIT_REQUESTS_PER_ADDRESS: '0',
    KICKSTAND_LIMIT_REPORTS_PER_ADDRESS: '0',
    KICKSTAND_LIMIT_REPORTS_PER_RIDER: '0',
    KICKSTAND_LIMIT_STREAMS_PER_ADDRESS: '0',
    KICKSTAND_DRAIN_SECONDS: '0',
    KICKSTAND_LIMIT_CONTRIBUTIONS_PER_RIDER: '0',
    KICKSTAND_LIMIT_BATCHES_PER_FEED_KEY: '0',
    KICKSTAND_LIMIT_SIGN_INS_PER_ADDRESS: '0',
    KICKSTAND_LOG_LEVEL: 'silent',
  }
}

/** Starts the real service in this process. Stop it before you dispose of its database. */
export async function startTestService(options: TestServiceOptions): Promise<TestService> {
  const { url, clock, env = {}, webRoots, tailEveryMs } = options
  const root = path.resolve(import.meta.dirname, '../../..')
  const config = parseConfig({ ...testSettings(url), ...env }, root)
  const service = await startService(config, {
    webRoots: { rider: path.join(root, 'no-page'), console: path.join(root, 'no-page'), ...webRoots },
    ...(clock === undefined ? {} : { clock }),
    ...(tailEveryMs === undefined ? {} : { tailEveryMs }),
  })
  return {
    url: service.url,
    service,
    get: (target, headers = {}) => fetch(service.url + target, { headers }),
    post: (target, body, headers = {}) =>
      fetch(service.url + target, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    delete: (target, headers = {}) => fetch(service.url + target, { method: 'DELETE', headers }),
    stop: () => service.stop(),
  }
}
