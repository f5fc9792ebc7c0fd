import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { DomainError, FIELD_LIST, fieldOf, type PlainField, type SourceInfo } from '@kickstand/domain'
import { Check, Errors } from 'typebox/value'
import { toDegrees } from '#coordinates/crs.ts'
import { faultsOf } from '#fetch/fetch-rule.ts'
import { messageOf } from '#values.ts'
import { type Profile, ProfileSchema, type Trust } from './profile-schema.ts'

/**
 * Loads a profile by name (a file in `folder`) or by the path of a file. Throws `unknown-profile` with the list of
 * known profiles, or with every error in the profile.
 */
export async function loadProfile(nameOrFile: string, folder: string): Promise<Profile> {
  const isPath = nameOrFile.endsWith('.json') || nameOrFile.includes('/') || nameOrFile.includes(path.sep)
  const file = isPath ? nameOrFile : path.join(folder, `${nameOrFile}.json`)
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    const there = (await profileNames(folder)).join(', ')
    const what = isPath ? `Cannot read the profile ${file}` : `There is no profile "${nameOrFile}"`
    throw new DomainError(
      'unknown-profile',
      `${what}. Profiles that come with Kickstand: ${there}. You can also name a JSON file of your own.`,
      [],
      error,
    )
  }
  return parseProfile(text, file)
}

/** Parses and checks a profile. Every error is listed, unknown fields too. */
export function parseProfile(text: string, file: string): Profile {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new DomainError('unknown-profile', `The profile ${file} is not valid JSON: ${messageOf(error)}.`, [], error)
  }
  if (!Check(ProfileSchema, value)) throw faultyProfile(value, file)
  try {
    toDegrees(value.crs ?? null)
    if (value.timeZone !== undefined) Intl.DateTimeFormat('en', { timeZone: value.timeZone })
    for (const { matches } of value.filter ?? []) if (matches !== undefined) RegExp(matches, 'iu')
  } catch (error) {
    throw new DomainError('unknown-profile', `The profile ${file} is not usable: ${messageOf(error)}`, [], error)
  }
  checkFetching(value, file)
  return value
}

/** Checks the fetch rules beyond the schema. */
function checkFetching(profile: Profile, file: string): void {
  for (const channel of ['static', 'live'] as const) {
    const rule = profile[channel]
    const faults = (rule === undefined ? [] : faultsOf(rule)).map((message) => ({ pointer: `/${channel}`, message }))
    if (faults.length === 0) continue
    const reasons = faults.map(({ pointer, message }) => `${pointer} ${message}`).join('; ')
    throw new DomainError('unknown-profile', `The profile ${file} is not usable: ${reasons}`, faults)
  }
}

function faultyProfile(value: unknown, file: string): DomainError {
  const faults = Errors(ProfileSchema, value).map((error) => {
    const unknown = error.keyword === 'additionalProperties' ? `: ${error.params.additionalProperties.join(', ')}` : ''
    return { pointer: error.instancePath, message: `${error.message}${unknown}` }
  })
  const reasons = faults.map(({ pointer, message }) => `${pointer === '' ? '/' : pointer} ${message}`).join('; ')
  const text = `The profile ${file} is not usable: ${reasons}. feeds/README.md explains each field.`
  return new DomainError('unknown-profile', text, faults)
}

async function profileNames(folder: string): Promise<string[]> {
  const files = await readdir(folder).catch(() => [])
  return files
    .filter((file) => file.endsWith('.json') && !file.endsWith('.schema.json'))
    .map((file) => path.basename(file, '.json'))
}

/** The trust of a source on one fact: its own, else that of the fact that it belongs to, else the default. */
export function trustOf({ trust }: Pick<Profile, 'trust'>, fact: PlainField): Trust {
  if (typeof trust === 'string') return trust
  return trust[fact] ?? trust[fieldOf(fact).belongsTo ?? ''] ?? trust.default
}

/** The source of a profile. `id` replaces the profile's own, from `--source` or from the name of a file. */
export function sourceOf(profile: Profile, id: string): SourceInfo {
  return {
    id,
    name: profile.name,
    licence: profile.licence,
    licenceUrl: profile.licenceUrl ?? null,
    attribution: profile.attribution,
    url: profile.url ?? null,
    simulated: false,
    ...trustFields(profile.trust),
    ...(profile.matchDistance === undefined ? {} : { matchDistance: profile.matchDistance }),
  }
}

function trustFields(trust: Profile['trust']): Pick<SourceInfo, 'trust' | 'fieldTrust'> {
  if (typeof trust === 'string') return { trust }
  const { default: defaultTrust, ...fieldTrust } = trust
  const belonging = FIELD_LIST.filter(({ belongsTo = '' }) => fieldTrust[belongsTo] !== undefined)
  const ofFacts = Object.fromEntries(belonging.map(({ name }) => [name, trustOf({ trust }, name)]))
  return { trust: defaultTrust, fieldTrust: { ...fieldTrust, ...ofFacts } }
}
