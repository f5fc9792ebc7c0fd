import { parseSync, Visitor } from 'oxc-parser'

/** Tests whether an id is used. */
export type UsedIds = (id: string) => boolean

const ID_START = /^[a-z][A-Za-z]*\./

type Sources = readonly { readonly file: string; readonly code: string }[]

/**
 * The message ids in sources: each text that is an id, and each template such as `state.${state}`, which stands for all ids
 * of its shape. TypeScript finds ids that no catalogue has.
 */
export function usedIds(sources: Sources): UsedIds {
  const { texts, shapes } = readSources(sources)
  return (id) => texts.has(id) || shapes.some((shape) => shape.test(id))
}

/** The shapes of the ids that sources put together in templates. */
export function idShapes(sources: Sources): readonly RegExp[] {
  return readSources(sources).shapes
}

function readSources(sources: Sources): { readonly texts: ReadonlySet<string>; readonly shapes: readonly RegExp[] } {
  const texts = new Set<string>()
  const shapes = new Map<string, RegExp>()
  for (const { file, code } of sources) {
    const { program, errors } = parseSync(file, code)
    if (errors[0]) throw new Error(`${file}: ${errors[0].message}`)
    new Visitor({
      Literal({ value }) {
        if (typeof value === 'string') texts.add(value)
      },
      TemplateLiteral({ quasis }) {
        const parts = quasis.map((quasi) => quasi.value.raw)
        if (!ID_START.test(parts[0] ?? '')) return
        const shape = parts
          .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
          .join(String.raw`[\w-]+`)
        shapes.set(shape, new RegExp(`^${shape}$`))
      },
    }).visit(program)
  }
  return { texts, shapes: [...shapes.values()] }
}
