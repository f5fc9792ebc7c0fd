import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { compileCatalogue } from '@kickstand/i18n/compile'
import type { Plugin } from 'vite'
import { idShapes, usedIds } from './find-used-ids.ts'
import { catalogueFile, catalogueNames, languagesOf, LOCALES, readCatalogue } from './read-catalogues.ts'
import { shortIds } from './short-ids.ts'

const VIRTUAL = 'virtual:texts/'
const LOADER = 'virtual:load-texts'
const MESSAGES = /[\\/]text-([a-z]+)-([a-z-]+)\.js$/
const CATALOGUE = /[\\/]texts-of-([a-z-]+)\.js$/
const QUOTED = /(['`])([a-z]\w*\.[\w.-]+)\1/g

/** The short ids in the build of the app in a folder. Ids that only another app uses would make them longer. */
function shortIdsOf(root: string): ReadonlyMap<string, string> {
  const sources = globSync('src/**/*.{ts,tsx}', { cwd: root }).map((file) => ({
    file,
    code: readFileSync(path.join(root, file), 'utf8'),
  }))
  return shortIds(
    catalogueNames('en')
      .flatMap((name) => Object.keys(readCatalogue('en', name)))
      .filter(usedIds(sources)),
    idShapes(sources),
  )
}

function messagesOf(language: string, catalogue: string, short: ReadonlyMap<string, string>): string {
  const { messages } = compileCatalogue(readCatalogue(language, catalogue), language)
  const named = Object.entries(messages).map(([id, message]) => [short.get(id) ?? id, message] as const)
  return `export default ${JSON.stringify(Object.fromEntries(named))}`
}

/**
 * How the names of the files of texts begin in the build of the app in `root`: with a hash of all these files, so that the
 * page needs no list of names. The language and the catalogue follow. The short ids depend on the sources, so a hash of the
 * catalogues alone would let caches keep files with the ids of another build.
 */
export function textFilePrefix(root: string): string {
  const short = shortIdsOf(root)
  const hash = createHash('sha256')
  for (const catalogue of catalogueNames('en'))
    for (const language of languagesOf(catalogue)) hash.update(messagesOf(language, catalogue, short))
  return `assets/text-${hash.digest('hex').slice(0, 8)}-`
}

/** The code that loads a catalogue by language in a build. */
function loaderCode(prefix: string, catalogue: string): string {
  return `import load from '${LOADER}'
export default (language) => load(${JSON.stringify(prefix)} + language + '-${catalogue}.js')`
}

/** Browsers remember a failed import by its address, so each new attempt has another. */
const LOADER_CODE = `const failures = {}
export default async (address) => {
  const failed = failures[address]
  try {
    return await import(/* @vite-ignore */ failed ? address + '?' + failed : address)
  } catch (error) {
    failures[address] = (failed ?? 0) + 1
    throw error
  }
}`

/**
 * Compiles the catalogues of `packages/i18n/locales`. `virtual:texts/rider` loads the messages of the catalogue `rider` by
 * language. A build writes a file for each language, and shortens the ids in it and in the sources.
 */
export function texts(): Plugin {
  const catalogues = new Set<string>()
  let short: ReadonlyMap<string, string> = new Map()
  let isBuild = false
  let base = '/'
  let prefix = ''

  return {
    name: 'kickstand-texts',
    enforce: 'pre',
    configResolved(config) {
      isBuild = config.command === 'build' && config.mode !== 'test'
      base = config.base
      if (!isBuild) return
      short = shortIdsOf(config.root)
      prefix = textFilePrefix(config.root)
    },
    resolveId(id) {
      if (id === LOADER) return LOADER
      if (!id.startsWith(VIRTUAL)) return null
      const parts = id.slice(VIRTUAL.length).split('/')
      return path.join(LOCALES, parts.length === 1 ? `texts-of-${parts[0]}.js` : `text-${parts.join('-')}.js`)
    },
    load(id) {
      if (id === LOADER) return LOADER_CODE
      const [, catalogue] = CATALOGUE.exec(id) ?? []
      if (catalogue !== undefined) {
        catalogues.add(catalogue)
        if (isBuild) return loaderCode(base + prefix, catalogue)
        const loaders = languagesOf(catalogue).map((one) => `${one}: () => import('${VIRTUAL}${one}/${catalogue}')`)
        return `const loaders = { ${loaders.join(', ')} }\nexport default (language) => loaders[language]()`
      }
      const [, language, name] = MESSAGES.exec(id) ?? []
      if (language === undefined || name === undefined) return null
      this.addWatchFile(catalogueFile(language, name))
      return messagesOf(language, name, short)
    },
    transform(code, id) {
      if (short.size === 0 || id.includes('node_modules') || !/\.tsx?$/.test(id)) return null
      return {
        code: code.replaceAll(QUOTED, (all, quote: string, text: string) => {
          const name = short.get(text)
          return name === undefined ? all : quote + name + quote
        }),
        map: null,
      }
    },
    generateBundle() {
      for (const catalogue of catalogues) {
        for (const language of languagesOf(catalogue)) {
          const fileName = `${prefix}${language}-${catalogue}.js`
          this.emitFile({ type: 'asset', fileName, source: messagesOf(language, catalogue, short) })
        }
      }
    },
  }
}
