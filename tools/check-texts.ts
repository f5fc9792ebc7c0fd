/**
 * Checks the texts of the apps: no text outside the catalogues, no unused id, no language that lacks an id or has other
 * parameters than English. `--write` writes the types of ids and parameters.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { LANGUAGES } from '@kickstand/i18n'
import { compareCatalogues, compileCatalogue, messageTypes, type CompiledCatalogue } from '@kickstand/i18n/compile'
import { ROOT } from './steps.ts'
import { findLiterals } from './texts/find-literals.ts'
import { usedIds } from './texts/find-used-ids.ts'
import { catalogueNames, readCatalogue } from './texts/read-catalogues.ts'

const TYPES = path.join(ROOT, 'packages/i18n/src/messages.gen.ts')
const SOURCES = '{apps/*/src,packages/ui/src,packages/backend/src/features/{mail,notifications}}/**/*.{ts,tsx}'
/** The command line and the server write English. */
const NOT_SCREENS = /^apps\/(cli|server)\/|\.test\.tsx?$/
/** Languages of catalogues that not all languages have. */
const LANGUAGES_OF: Readonly<Record<string, readonly string[]>> = {
  console: ['en', 'de'],
  mail: ['en', 'de'],
  'staff-notifications': ['en', 'de'],
}

const faults: string[] = []
const english = new Map<string, CompiledCatalogue>()

function compiled(language: string, name: string): CompiledCatalogue | null {
  try {
    return compileCatalogue(readCatalogue(language, name), language)
  } catch (error) {
    faults.push(`locales/${language}/${name}.json: ${error instanceof Error ? error.message : String(error)}`)
    return null
  }
}

for (const name of catalogueNames('en')) {
  const its = compiled('en', name)
  if (its === null) continue
  english.set(name, its)
  for (const language of LANGUAGES_OF[name] ?? Object.keys(LANGUAGES)) {
    const translated = language === 'en' ? its : compiled(language, name)
    if (translated !== null)
      faults.push(...compareCatalogues(its, translated).map((fault) => `locales/${language}/${name}.json: ${fault}`))
  }
}

const sources = globSync(SOURCES, { cwd: ROOT })
  .filter((file) => !NOT_SCREENS.test(file))
  .toSorted()
  .map((file) => ({ file, code: readFileSync(path.join(ROOT, file), 'utf8') }))
for (const { file, code } of sources.filter((one) => one.file.endsWith('.tsx'))) {
  for (const { text, line } of findLiterals(file, code))
    faults.push(`${file}:${line}: “${text}” is not from a catalogue. Add it to packages/i18n/locales and use its id.`)
}

const isUsed = usedIds(sources)
const catalogueOf = new Map<string, string>()
for (const [name, { params }] of english) {
  for (const id of params.keys()) {
    if (!isUsed(id)) faults.push(`locales/en/${name}.json: ${id} is not used. Remove it from all languages.`)
    const other = catalogueOf.get(id)
    if (other !== undefined) faults.push(`locales/en/${name}.json: ${id} is also in ${other}.json. Rename one.`)
    catalogueOf.set(id, name)
  }
}

const types = messageTypes(english)
if (process.argv.includes('--write')) writeFileSync(TYPES, types)
if (readFileSync(TYPES, 'utf8') !== types)
  faults.push('packages/i18n/src/messages.gen.ts is not current: run node tools/check-texts.ts --write')

for (const fault of faults) console.error(fault)
console.log(`${catalogueOf.size} texts, ${sources.length} files, ${faults.length} faults`)
process.exitCode = faults.length === 0 ? 0 : 1
