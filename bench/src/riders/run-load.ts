import { setTimeout as sleep } from 'node:timers/promises'
import { NearbyBodySchema, paths, AppConfigSchema } from '@kickstand/contract'
import { DomainError } from '@kickstand/domain'
import { seededRandom } from '@kickstand/testkit'
import Value from 'typebox/value'
import { Agent, request } from 'undici'
import { describeMachine, type Machine } from '../measure/machine.ts'
import { courseOf, drawVisits, type Profile } from './arrivals.ts'
import { drawActions, type Place } from './draw-actions.ts'
import { play } from './play.ts'
import { createSender } from './send.ts'
import { createTally, type TallyResult } from './tally.ts'

export type LoadOptions = {
  readonly url: string
  readonly profile: Profile
  readonly riders: number
  readonly seconds: number
  /** Mean length of a rider's visit. */
  readonly visitSeconds: number
  readonly steps: number
  /** Position of the riders; null for the service's default map position. */
  readonly at: { readonly lat: number; readonly lng: number } | null
  readonly seed: number
  /** An additional trusted certificate authority, as PEM. */
  readonly ca: string | null
  /** Whether the user confirms that a remote server is their own. */
  readonly ownServer: boolean
}

export type LoadReport = TallyResult & {
  readonly url: string
  readonly profile: Profile
  readonly riders: number
  readonly seconds: number
  readonly requests: number
  /** Number of scripts and styles of the page; 0 where it is not built. */
  readonly assets: number
  readonly maxStreams: number
  readonly messages: number
  /** CPU time of this process, which may share the machine with the server. */
  readonly ownCpuSeconds: number
  readonly machine: Machine
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/
const MAX_ZONES = 100

/**
 * Runs simulated riders on a service. They arrive, move, report and leave at times drawn before the run, independent of response
 * times; latencies count from these times. Throws `invalid-config` for a remote server without `ownServer`.
 */
export async function runLoad(options: LoadOptions, progress: (line: string) => void): Promise<LoadReport> {
  const { url, riders, seconds, visitSeconds, seed } = options
  requireOwn(options)
  const place = await findPlace(options)
  if (place.assets.length === 0)
    progress('the page is not built (npm run build:apps), so riders do not load its assets')
  const random = seededRandom(seed)
  const visits = drawVisits(courseOf(options.profile, riders, seconds), visitSeconds, random)
  const actions = drawActions(visits, place, random)
  progress(`${visits.length} visits, ${actions.length} requests over ${seconds} s`)

  const tally = createTally(seconds, options.steps)
  const cpuBefore = process.cpuUsage()
  const startedAt = performance.now()
  const sender = createSender(url.replace(/\/$/, ''), options.ca, startedAt, tally)
  let maxStreams = 0
  let reportedSeconds = 0
  await play(actions, startedAt, (action) => {
    sender.send(action)
    maxStreams = Math.max(maxStreams, sender.streams())
    if (action.at >= reportedSeconds + 10) {
      reportedSeconds += 10
      progress(`${reportedSeconds} s: ${sender.streams()} streams open`)
    }
  })
  await sleep(Math.max(0, seconds * 1000 - (performance.now() - startedAt)))
  await sender.finish()
  const cpu = process.cpuUsage(cpuBefore)
  return {
    url,
    profile: options.profile,
    riders,
    seconds,
    requests: actions.length,
    assets: place.assets.length,
    maxStreams,
    messages: sender.messages(),
    ownCpuSeconds: (cpu.user + cpu.system) / 1e6,
    machine: describeMachine(),
    ...tally.result(),
  }
}

function requireOwn({ url, ownServer }: LoadOptions): void {
  const host = URL.canParse(url) ? new URL(url).hostname : ''
  if (host === '')
    throw new DomainError('invalid-config', `"${url}" is not a URL; expected one such as http://127.0.0.1:4242.`)
  if (LOOPBACK.test(host) || ownServer) return
  const message = `${host} is not this machine. Only put load on your own servers; confirm with --i-own-this-server.`
  throw new DomainError('invalid-config', message)
}

/** The position of the service's data, the zones there, and the assets of its page. */
async function findPlace({ url, ca, at }: LoadOptions): Promise<Place> {
  const dispatcher = new Agent({ connect: ca === null ? {} : { ca } })
  const get = async (path: string, accept = 'application/json'): Promise<string> => {
    const answer = await request(new URL(path, url), { dispatcher, headers: { accept } })
    const text = await answer.body.text()
    if (answer.statusCode === 200) return text
    throw new DomainError(
      'not-ready',
      `${path} at ${url} returned ${answer.statusCode}, expected 200. Check that Kickstand is running.`,
    )
  }
  try {
    const page = await get('/', 'text/html')
    const start = at ?? Value.Parse(AppConfigSchema, JSON.parse(await get(paths.appConfig()))).start
    const query = `?lat=${start.lat}&lng=${start.lng}&limit=${MAX_ZONES}&radius=20000`
    const { zones } = Value.Parse(NearbyBodySchema, JSON.parse(await get(paths.nearby() + query)))
    if (zones.length === 0)
      throw new DomainError(
        'not-ready',
        `${url} has no zones at this position. Import some, or set another position with --at.`,
      )
    const assets = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path = '']) => path)
    return { lat: start.lat, lng: start.lng, zoneIds: zones.map(({ id }) => id), assets }
  } finally {
    await dispatcher.destroy()
  }
}
