import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { CatalogueFile } from '@kickstand/i18n/compile'

export const LOCALES = path.resolve(import.meta.dirname, '../../packages/i18n/locales')

export function catalogueFile(language: string, name: string): string {
  return path.join(LOCALES, language, `${name}.json`)
}

export function readCatalogue(language: string, name: string): CatalogueFile {
  return JSON.parse(readFileSync(catalogueFile(language, name), 'utf8')) as CatalogueFile
}

/** The names of a language's catalogues, sorted. */
export function catalogueNames(language: string): string[] {
  return globSync('*.json', { cwd: path.join(LOCALES, language) })
    .map((file) => path.basename(file, '.json'))
    .toSorted()
}

/** The languages that have the catalogue `name`, sorted. */
export function languagesOf(name: string): string[] {
  return globSync(`*/${name}.json`, { cwd: LOCALES })
    .map((file) => path.dirname(file))
    .toSorted()
}
