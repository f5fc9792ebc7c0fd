import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { DomainError } from '@kickstand/domain'

export type PartKind = 'database' | 'redis' | 'server' | 'balancer' | 'cdn'

/** A program of the layout. */
export type Part = {
  readonly name: string
  readonly kind: PartKind
  readonly pid: number
  /** `http://127.0.0.1:PORT`, `https://…`, `redis://…`, or the host and port of a database node. */
  readonly address: string
}

/** The stored state of a running layout: what is needed to inspect it, restart its servers and stop it. */
export type State = {
  readonly database: string
  readonly parts: readonly Part[]
  /**
   * Settings of the app servers, without their port. It holds the database password: only the owner may read the file.
   */
  readonly serverEnv: Readonly<Record<string, string>>
  /** Path of the load balancer's CA certificate, PEM. */
  readonly authority: string
}

const NAME = 'state.json'

/** The layout that was started in the folder, or null. Throws `invalid-config` if the state file is invalid. */
export function readState(folder: string): State | null {
  const file = path.join(folder, NAME)
  if (!existsSync(file)) return null
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as State
  } catch (error) {
    const message = `${file} is not a valid state file. Stop the layout with "kickstand topology down", which does not need it.`
    throw new DomainError('invalid-config', message, [], error)
  }
}

export function forgetState(folder: string): void {
  rmSync(path.join(folder, NAME), { force: true })
}

/** Writes the file atomically, so that a crash cannot leave half of it. */
export function writeState(folder: string, state: State): void {
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  const file = path.join(folder, NAME)
  writeFileSync(`${file}.new`, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}
