import type { CodeLine } from './measure-source.ts'

/** Lines of code that make a block. */
export const BLOCK_LINES = 10

type Source = { readonly file: string; readonly code: readonly CodeLine[] }

/** Lines that are part of a block of code that appears twice, by file. */
export type Duplicates = ReadonlyMap<string, ReadonlySet<number>>

/**
 * Finds blocks of at least ten lines of code that appear more than once, in one file or in two. Comments, blank lines, imports and
 * indentation do not count. Lines of a block that are only brackets count, since they are part of it.
 */
export function findDuplicates(sources: readonly Source[]): Duplicates {
  const ids = new Map<string, number>()
  const idOf = (text: string): number => {
    const id = ids.get(text) ?? ids.size
    ids.set(text, id)
    return id
  }
  const seen = new Map<string, { readonly source: Source; readonly at: number }>()
  const found = new Map<string, Set<number>>()
  const mark = ({ file, code }: Source, at: number): void => {
    const lines = found.get(file) ?? new Set()
    found.set(file, lines)
    for (let line = code[at]?.line ?? 1; line <= (code[at + BLOCK_LINES - 1]?.line ?? 0); line++) lines.add(line)
  }
  for (const source of sources) {
    const numbers = source.code.map(({ text }) => idOf(text))
    for (let at = 0; at + BLOCK_LINES <= numbers.length; at++) {
      const block = numbers.slice(at, at + BLOCK_LINES).join()
      const first = seen.get(block)
      if (first === undefined) seen.set(block, { source, at })
      else {
        mark(first.source, first.at)
        mark(source, at)
      }
    }
  }
  return found
}
