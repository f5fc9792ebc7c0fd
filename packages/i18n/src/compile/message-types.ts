import type { CompiledCatalogue } from './compile-catalogue.ts'
import type { ParamType } from './compile-message.ts'

/** The TypeScript module of all ids and their parameters, from the English catalogues by name. */
export function messageTypes(catalogues: ReadonlyMap<string, CompiledCatalogue>): string {
  const types = [...catalogues].map(([name, { params }]) => {
    const lines = [...params].map(([id, its]) => `  '${id}': ${argumentType(its)}`)
    return `export type ${typeName(name)} = {\n${lines.join('\n')}\n}\n`
  })
  return `// Made from the English catalogues by tools/check-texts.ts --write.\n\n${types.join('\n')}`
}

/** `rider-pages` becomes `RiderPagesMessages`. */
function typeName(catalogue: string): string {
  const words = catalogue.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1))
  return `${words.join('')}Messages`
}

function argumentType(params: ReadonlyMap<string, ParamType>): string {
  if (params.size === 0) return '[]'
  const fields = [...params].map(([name, type]) => `${name}: ${paramType(type)}`)
  return `[{ ${fields.join('; ')} }]`
}

function paramType(type: ParamType): string {
  return typeof type === 'string' ? type : type.map((word) => `'${word}'`).join(' | ')
}
