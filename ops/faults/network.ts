import { leftovers, ownName, run } from './system.ts'

const PREFIX = 'ks-net-'

/** A network namespace for one program, with a virtual cable for each client. */
export type Network = {
  /** Command prefix that runs a program in the namespace. */
  readonly runBy: readonly string[]
  /** Addresses of the program, one per cable. */
  readonly hosts: readonly string[]
  /** Drops all packets on a cable silently: no reset, no "unreachable". */
  readonly cut: (cable: number) => void
  /** Reverses `cut`. */
  readonly restore: (cable: number) => void
  readonly remove: () => void
}

/** Creates a network with this number of cables and removes networks of tests that crashed. Needs root. */
export function makeNetwork(cables: number): Network {
  for (const name of leftovers(PREFIX, run('ip', 'netns', 'list').split(/\s/))) run('ip', 'netns', 'del', name)
  const name = ownName(PREFIX)
  run('ip', 'netns', 'add', name)
  const inside = (...args: readonly string[]): string => run('ip', '-n', name, ...args)
  inside('link', 'set', 'lo', 'up')
  // The reverse-path filter drops packets from an address without a route back. So `cut` works in both directions.
  run('ip', 'netns', 'exec', name, 'sh', '-c', 'echo 1 >/proc/sys/net/ipv4/conf/all/rp_filter')
  const links = Array.from({ length: cables }, (_, i) => layCable(name, i))
  return {
    runBy: ['ip', 'netns', 'exec', name],
    hosts: links.map(({ host }) => host),
    cut: (cable) => void inside('route', 'add', 'blackhole', `${links[cable].peer}/32`),
    restore: (cable) => void inside('route', 'del', 'blackhole', `${links[cable].peer}/32`),
    // Deleting the namespace also deletes the cables.
    remove: () => void run('ip', 'netns', 'del', name),
  }
}

/**
 * Connects the namespace to this machine. Each cable uses a free block of four addresses in the benchmark range (RFC
 * 2544).
 */
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
