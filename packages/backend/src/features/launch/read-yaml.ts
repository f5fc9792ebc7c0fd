import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { DomainError } from '@kickstand/domain'
import type { Static, TSchema } from 'typebox'
import { Check, Errors } from 'typebox/value'
import { parse } from 'yaml'

/**
 * Reads a YAML file of a shape. Throws `invalid-config` with the file and each field that is wrong, missing or unknown.
 * Aliases are not expanded: a small file could grow without bounds.
 */
export function readYaml<T extends TSchema>(file: string, schema: T): Static<T> {
  let value: unknown
  try {
    value = parse(readFileSync(file, 'utf8'), { maxAliasCount: 0 })
  } catch (error) {
    throw new DomainError(
      'invalid-config',
      `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
  if (Check(schema, value)) return value
  const faults = [...Errors(schema, value)].slice(0, 5).map((fault) => `${fault.instancePath || '/'} ${fault.message}`)
  throw new DomainError('invalid-config', `${file} has another shape than expected: ${faults.join('; ')}.`)
}

/** The YAML files of a folder, by name without the extension; empty if there is no such folder. */
export function yamlFiles(folder: string): [name: string, file: string][] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .toSorted()
    .map((name) => [name.slice(0, -'.yaml'.length), path.join(folder, name)])
}
