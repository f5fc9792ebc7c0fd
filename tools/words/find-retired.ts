import { RETIRED_WORDS } from './retired-words.ts'

export type FoundWord = { readonly line: number; readonly word: string; readonly use: string }

const TERMS = new Map(RETIRED_WORDS.map(({ word, use }) => [word, use]))

/** The retired words of a text, in order, each with its line (from 1) and the term that replaces it. */
export function findRetired(text: string): FoundWord[] {
  return text.split('\n').flatMap((content, i) =>
    [...content.matchAll(/[A-Za-z_$][\w$]*/g)].flatMap(([word]) => {
      const use = TERMS.get(word)
      return use === undefined ? [] : [{ line: i + 1, word, use }]
    }),
  )
}
