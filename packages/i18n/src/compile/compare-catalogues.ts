import type { CompiledCatalogue } from './compile-catalogue.ts'
import type { ParamType } from './compile-message.ts'

/** Lists how a translated catalogue differs from the English one: missing ids, unknown ids and different parameters. */
export function compareCatalogues(english: CompiledCatalogue, translated: CompiledCatalogue): string[] {
  const faults: string[] = []
  for (const [id, params] of english.params) {
    const found = translated.params.get(id)
    if (found === undefined) faults.push(`${id}: is missing`)
    else if (paramsText(found) !== paramsText(params))
      faults.push(`${id}: has ${paramsText(found)}, English has ${paramsText(params)}`)
  }
  for (const id of translated.params.keys()) if (!english.params.has(id)) faults.push(`${id}: is not in English`)
  return faults
}

function paramsText(params: ReadonlyMap<string, ParamType>): string {
  const all = [...params].map(([name, type]) => `{${name}: ${typeof type === 'string' ? type : type.join('|')}}`)
  return all.length === 0 ? 'no parameters' : all.toSorted().join(' ')
}
