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
  /** Where the riders are; where the service opens its map unless told. */
  readonly at: { readonly lat: number; readonly lng: number } | null
  readonly seed: number
  /** PEM text of an authority to believe besides the usual ones. */
  readonly ca: string | null
  /** Load on a machine that is not this one. */
  readonly ownServer: boolean
}

export type LoadReport = TallyResult & {
  readonly url: string
  readonly profile: Profile
  readonly riders: number
  readonly seconds: number
  readonly requests: number
  /** Scripts and styles that the page names; none where it is not built. */
  readonly assets: number
  readonly mostStreams: number
  readonly messages: number
  /** Processor time of this process, which shares the machine with what it measures where that is here. */
  readonly ownCpuSeconds: number
  readonly machine: Machine
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/
const ZONES_ASKED = 100

/**
 * Puts riders on a service: each comes, moves, reports and leaves at times drawn beforehand, however late answers are, and
 * every latency counts from the time drawn. Throws `invalid-config` for a server elsewhere that is not said to be one's own.
 */
export async function runLoad(options: LoadOptions, progress: (line: string) => void): Promise<LoadReport> {
  const { url, riders, seconds, visitSeconds, seed } = options
  requireOwn(options)
  const place = await findPlace(options)
  if (place.assets.length === 0) progress('the page there is not built (npm run build:web): riders load none of it')
  const random = seededRandom(seed)
  const visits = drawVisits(courseOf(options.profile, riders, seconds), visitSeconds, random)
  const actions = drawActions(visits, place, random)
  progress(`${visits.length} visits, ${actions.length} requests over ${seconds} s`)

  const tally = createTally(seconds, options.steps)
  const cpuBefore = process.cpuUsage()
  const startedAt = performance.now()
  const sender = createSender(url.replace(/\/$/, ''), options.ca, startedAt, tally)
  let mostStreams = 0
  let told = 0
  await play(actions, startedAt, (action) => {
    sender.send(action)
    mostStreams = Math.max(mostStreams, sender.streams())
    if (action.at >= told + 10) {
      told += 10
      progress(`${told} s: ${sender.streams()} streams open`)
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
    mostStreams,
    messages: sender.messages(),
    ownCpuSeconds: (cpu.user + cpu.system) / 1e6,
    machine: describeMachine(),
    ...tally.result(),
  }
}

function requireOwn({ url, ownServer }: LoadOptions): void {
  const host = URL.canParse(url) ? new URL(url).hostname : ''
  if (host === '') throw new DomainError('invalid-config', `"${url}" is not an address such as http://127.0.0.1:4242.`)
  if (LOOPBACK.test(host) || ownServer) return
  const message = `${host} is not this machine. Load is only for servers of your own: say so with --i-own-this-server.`
  throw new DomainError('invalid-config', message)
}

/** Where the service's data is, its zones there, and what its page is made of. */
async function findPlace({ url, ca, at }: LoadOptions): Promise<Place> {
  const dispatcher = new Agent({ connect: ca === null ? {} : { ca } })
  const get = async (path: string, accept = 'application/json'): Promise<string> => {
    const answer = await request(new URL(path, url), { dispatcher, headers: { accept } })
    const text = await answer.body.text()
    if (answer.statusCode === 200) return text
    throw new DomainError('not-ready', `${path} at ${url} answered ${answer.statusCode}. Is Kickstand up there?`)
  }
  try {
    const page = await get('/', 'text/html')
    const start = at ?? Value.Parse(AppConfigSchema, JSON.parse(await get(paths.appConfig()))).start
    const query = `?lat=${start.lat}&lng=${start.lng}&limit=${ZONES_ASKED}&radius=20000`
    const { zones } = Value.Parse(NearbyBodySchema, JSON.parse(await get(paths.nearby() + query)))
    if (zones.length === 0)
      throw new DomainError('not-ready', `${url} knows no zones there: import some, or name another place with --at.`)
    const assets = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path = '']) => path)
    return { lat: start.lat, lng: start.lng, zoneIds: zones.map(({ id }) => id), assets }
  } finally {
    await dispatcher.destroy()
  }
}
