import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { DomainError } from '@kickstand/domain'
import type { Static, TSchema } from 'typebox'
import { Check, Errors } from 'typebox/value'
import { parse } from 'yaml'

/**
 * Reads a YAML file and validates it against a schema. Throws `invalid-config` with the file and the fields that are wrong,
 * missing or unknown. Aliases are not expanded, because a small file could otherwise use up the memory.
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
  throw new DomainError('invalid-config', `${file} does not match its schema: ${faults.join('; ')}.`)
}

/** Lists the YAML files in a folder with their names (without the extension); empty if the folder does not exist. */
export function yamlFiles(folder: string): [name: string, file: string][] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .toSorted()
    .map((name) => [name.slice(0, -'.yaml'.length), path.join(folder, name)])
}
