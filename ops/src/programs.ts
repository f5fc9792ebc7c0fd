import { existsSync } from 'node:fs'
import { DomainError } from '@kickstand/domain'
import { findProgram } from '@kickstand/testkit'
import type { TopologyOptions } from './options.ts'

export const GALERA_LIBRARY = '/usr/lib/galera/libgalera_smm.so'

/** The Debian package of each program. */
const PACKAGES = {
  mariadbd: 'mariadb-server',
  'mariadb-install-db': 'mariadb-server',
  'redis-server': 'redis-server',
  caddy: 'caddy',
  varnishd: 'varnish',
  // Varnish compiles its rules.
  gcc: 'gcc',
  rsync: 'rsync',
} as const
type Program = keyof typeof PACKAGES

/** Debian packages that this layout needs and that are not installed. */
export function missingPackages({ database, cdn }: Pick<TopologyOptions, 'database' | 'cdn'>): string[] {
  const needed: Program[] = ['mariadbd', 'mariadb-install-db', 'redis-server', 'caddy']
  if (cdn) needed.push('varnishd', 'gcc')
  if (database === 'galera') needed.push('rsync')
  const missing = needed.filter((name) => findProgram(name) === null).map((name): string => PACKAGES[name])
  if (database === 'galera' && !existsSync(GALERA_LIBRARY)) missing.push('galera-4')
  return [...new Set(missing)]
}

/** The path of a program. Throws `invalid-config` with the command that installs it. */
export function program(name: Program): string {
  const found = findProgram(name)
  if (found !== null) return found
  throw new DomainError(
    'invalid-config',
    `${name} is not installed. Install it with: apt-get install ${PACKAGES[name]}`,
  )
}
