import { leftovers, ownName, run } from './system.ts'

const PREFIX = 'ks-net-'

/** A network of its own for one program, and a cable to it for each of those who reach it. */
export type Network = {
  /** Words before a program that is to run in it. */
  readonly runBy: readonly string[]
  /** Under which the program is reached, one for each cable. */
  readonly hosts: readonly string[]
  /** From now on whatever goes through the cable is lost and nobody is told: no reset, no "unreachable". */
  readonly cut: (cable: number) => void
  readonly mend: (cable: number) => void
  readonly remove: () => void
}

/** Makes a network with so many cables; those that a test left behind which has died are removed. Needs root. */
export function makeNetwork(cables: number): Network {
  for (const name of leftovers(PREFIX, run('ip', 'netns', 'list').split(/\s/))) run('ip', 'netns', 'del', name)
  const name = ownName(PREFIX)
  run('ip', 'netns', 'add', name)
  const inside = (...args: readonly string[]): string => run('ip', '-n', name, ...args)
  inside('link', 'set', 'lo', 'up')
  // What comes from where nothing may be sent to is dropped.
  run('ip', 'netns', 'exec', name, 'sh', '-c', 'echo 1 >/proc/sys/net/ipv4/conf/all/rp_filter')
  const links = Array.from({ length: cables }, (_, i) => layCable(name, i))
  return {
    runBy: ['ip', 'netns', 'exec', name],
    hosts: links.map(({ host }) => host),
    cut: (cable) => void inside('route', 'add', 'blackhole', `${links[cable].peer}/32`),
    mend: (cable) => void inside('route', 'del', 'blackhole', `${links[cable].peer}/32`),
    // The cables go with their ends in it.
    remove: () => void run('ip', 'netns', 'del', name),
  }
}

/** An address range for tests between machines (RFC 2544); four of it for each cable, which nobody on this machine uses yet. */
function layCable(namespace: string, i: number): { host: string; peer: string } {
  const device = `ks${process.pid}-${i}`
  const taken = run('ip', '-o', 'addr')
  let base = ''
  do base = `198.18.${Math.floor(Math.random() * 256)}.${4 * Math.floor(Math.random() * 64)}`
  while (taken.includes(`${base}/`) || taken.includes(next(base, 1)))
  const [peer, host] = [next(base, 1), next(base, 2)]
  run('ip', 'link', 'add', device, 'type', 'veth', 'peer', 'name', 'cable', 'netns', namespace)
  run('ip', 'addr', 'add', `${peer}/30`, 'dev', device)
  run('ip', 'link', 'set', device, 'up')
  run('ip', '-n', namespace, 'link', 'set', 'cable', 'name', `cable${i}`)
  run('ip', '-n', namespace, 'addr', 'add', `${host}/30`, 'dev', `cable${i}`)
  run('ip', '-n', namespace, 'link', 'set', `cable${i}`, 'up')
  return { host, peer }
}

function next(address: string, by: number): string {
  const parts = address.split('.')
  return [...parts.slice(0, 3), Number(parts[3]) + by].join('.')
}
