import type { Language } from './languages.ts'
import type { Catalogue, Messages } from './message.ts'

/** The page's language and the messages loaded so far. Only another language makes a new state. */
export type TextState = { readonly language: Language; readonly messages: Messages }

export type Texts<Name extends string> = {
  readonly state: () => TextState
  /** Calls `listener` after a change of the language; returns the unsubscribe function. */
  readonly subscribe: (listener: () => void) => () => void
  /**
   * Loads catalogues in the page's language, in English where that fails. The first call decides the language: English if
   * the wanted one cannot be loaded. Rejects if English cannot be loaded either.
   */
  readonly load: (...names: readonly Name[]) => Promise<void>
  /**
   * Loads all loaded catalogues in another language, then shows it. Rejects, and changes nothing, if one cannot be loaded.
   * The latest call counts: resolves with false, and changes nothing, if another language was wanted meanwhile.
   */
  readonly change: (language: Language) => Promise<boolean>
}

/** The texts of an app. One language is loaded at a time. `onLanguage` is called with each language that is shown. */
export function createTexts<Name extends string>(
  catalogues: Readonly<Record<Name, Catalogue>>,
  wanted: Language,
  onLanguage: (language: Language) => void,
): Texts<Name> {
  const listeners = new Set<() => void>()
  const names = new Set<Name>()
  let state: TextState = { language: wanted, messages: {} }
  let changes = 0

  async function loadOne(name: Name, language: Language): Promise<Messages> {
    return (await catalogues[name](language)).default
  }

  async function loadAll(language: Language, all: Iterable<Name>): Promise<Messages> {
    const loaded = await Promise.all([...all].map((name) => loadOne(name, language)))
    return Object.assign({}, ...loaded)
  }

  function show(language: Language, messages: Messages): void {
    state = { language, messages }
    onLanguage(language)
    for (const listener of listeners) listener()
  }

  async function load(...all: readonly Name[]): Promise<void> {
    const { language, messages } = state
    if (names.size === 0) {
      let shown = language
      const first = await loadAll(language, all).catch(() => {
        shown = 'en'
        return loadAll(shown, all)
      })
      // Another call has shown a language meanwhile.
      if (state.messages !== messages) return load(...all)
      for (const name of all) names.add(name)
      return show(shown, first)
    }
    const missing = all.filter((name) => !names.has(name))
    const loaded = await Promise.all(missing.map((name) => loadOne(name, language).catch(() => loadOne(name, 'en'))))
    // The language has changed meanwhile.
    if (state.messages !== messages) return load(...all)
    for (const name of missing) names.add(name)
    Object.assign(messages, ...loaded)
  }

  async function change(language: Language): Promise<boolean> {
    changes += 1
    const current = changes
    const count = names.size
    const messages = await loadAll(language, names).catch((error: unknown) => {
      if (current === changes) throw error
      return undefined
    })
    if (messages === undefined || current !== changes) return false
    // Again with the catalogues that were loaded meanwhile.
    if (names.size > count) return change(language)
    show(language, messages)
    return true
  }

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    load,
    change,
  }
}
