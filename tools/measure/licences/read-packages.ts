import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { LICENCE_FILES } from './allowed.ts'
import type { InstalledPackage } from './judge-packages.ts'

type Manifest = { readonly version?: string; readonly license?: unknown; readonly licenses?: unknown }
type LockEntry = Manifest & {
  readonly name?: string
  readonly dev?: boolean
  readonly link?: boolean
}

const FOLDER = 'node_modules/'

/**
 * Lists the packages in package-lock.json that `npm ci --omit=dev` installs, including those for other platforms. The licence
 * comes from the installed package.json and from the lock file. If they differ, both must be allowed, because either can
 * be out of date.
 */
export function readPackages(root: string): InstalledPackage[] {
  const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as {
    packages: Readonly<Record<string, LockEntry>>
  }
  return Object.entries(lock.packages)
    .filter(([folder, entry]) => folder.includes(FOLDER) && !entry.dev && !entry.link)
    .map(([folder, entry]) => {
      const name = entry.name ?? folder.slice(folder.lastIndexOf(FOLDER) + FOLDER.length)
      const installed = readManifest(path.join(root, folder, 'package.json')) ?? entry
      const stated = new Set(
        [licenceInManifest(installed), licenceInManifest(entry)].filter((licence) => licence !== null),
      )
      const licence = stated.size > 1 ? [...stated].map((each) => `(${each})`).join(' AND ') : [...stated][0]
      return { name, version: installed.version ?? '', licence: licence ?? licenceInFile(root, folder, name) }
    })
}

function readManifest(file: string): Manifest | null {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Manifest) : null
}

/** The licence in a manifest. Old manifests have an object or a list of alternatives. */
function licenceInManifest({ license, licenses }: Manifest): string | null {
  const stated = license ?? licenses
  const all = (Array.isArray(stated) ? stated : [stated]).flatMap((value: unknown) => licenceName(value) ?? [])
  return all.length === 0 ? null : all.join(' OR ')
}

function licenceName(stated: unknown): string | null {
  if (typeof stated === 'string') return stated
  return typeof stated === 'object' && stated !== null && 'type' in stated && typeof stated.type === 'string'
    ? stated.type
    : null
}

function licenceInFile(root: string, folder: string, name: string): string | null {
  const known = LICENCE_FILES[name]
  const file = known === undefined ? '' : path.join(root, folder, known.file)
  if (known === undefined || !existsSync(file)) return null
  return readFileSync(file, 'utf8').includes(known.phrase) ? known.licence : null
}
