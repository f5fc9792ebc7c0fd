/**
 * Lists the APIs that some browser of the page's build targets lacks, from the data of @mdn/browser-compat-data:
 * `node tools/list-newer-apis.ts DATA.json > tools/targets/newer-apis.json`.
 */
import { readFileSync } from 'node:fs'
import { TARGETS } from './targets/targets.ts'

type Support = { readonly version_added: string | false; readonly flags?: unknown; readonly prefix?: string }
/** The member of a feature that holds its browser support. */
const COMPAT = '__compat'
type Feature = {
  readonly [COMPAT]?: {
    readonly spec_url?: string | readonly string[]
    readonly support: Readonly<Record<string, Support | readonly Support[]>>
  }
}
type Features = Readonly<Record<string, Feature>>

const [, , file] = process.argv
if (file === undefined) throw new Error('Name the file data.json of @mdn/browser-compat-data.')
const data = JSON.parse(readFileSync(file, 'utf8')) as { api: Features; javascript: { builtins: Features } }

function atMost(version: string, target: string): boolean {
  const [a, b] = [version, target].map((text) => text.replace('≤', '').split('.').map(Number))
  if (a === undefined || b === undefined) return false
  return (a[0] ?? 0) === (b[0] ?? 0) ? (a[1] ?? 0) <= (b[1] ?? 0) : (a[0] ?? 0) < (b[0] ?? 0)
}

function isNewer({ [COMPAT]: compat }: Feature): boolean {
  if (compat === undefined) return false
  return Object.entries(TARGETS).some(([browser, target]) => {
    const entries = compat.support[browser] ?? []
    return ![entries].flat().some((one: Support) => {
      const since = one.version_added
      return typeof since === 'string' && one.flags === undefined && one.prefix === undefined && atMost(since, target)
    })
  })
}

const globals = new Set<string>()
const statics = new Set<string>()
const members = new Set<string>()
/** Names of members that some object has in all targets: a use cannot be attributed by the name alone. */
const supported = new Set<string>()
for (const owners of [data.api, data.javascript.builtins]) {
  for (const [owner, feature] of Object.entries(owners)) {
    if (isNewer(feature)) globals.add(owner)
    for (const [name, member] of Object.entries(feature as Features)) {
      const compat = member[COMPAT]
      if (compat === undefined || name === owner) continue
      const isBuiltin = owners !== data.api
      const isStatic = isBuiltin
        ? ![compat.spec_url ?? ''].flat().join(' ').includes('prototype')
        : name.endsWith('_static')
      const key = name.replace(/_static$/, '')
      if (isStatic) {
        if (isNewer(member)) statics.add(`${owner}.${key}`)
      } else if (!isNewer(member)) supported.add(key)
      else if (isBuiltin) members.add(key)
    }
  }
}

const sorted = (names: Iterable<string>): string[] => [...names].filter((name) => /^[\w.]+$/.test(name)).toSorted()
const newer = {
  globals: sorted(globals),
  statics: sorted(statics),
  members: sorted([...members].filter((name) => !supported.has(name))),
}
process.stdout.write(`${JSON.stringify(newer, null, 2)}\n`)
