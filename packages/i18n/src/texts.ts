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
  /** Loads all loaded catalogues in another language, then shows it. Rejects, and changes nothing, if one cannot be loaded. */
  readonly change: (language: Language) => Promise<void>
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

  async function loadOne(name: Name, language: Language): Promise<Messages> {
    return (await catalogues[name](language)).default
  }

  async function show(language: Language, all: readonly Name[]): Promise<void> {
    const loaded = await Promise.all(all.map((name) => loadOne(name, language)))
    for (const name of all) names.add(name)
    state = { language, messages: Object.assign({}, ...loaded) }
    onLanguage(language)
    for (const listener of listeners) listener()
  }

  async function load(...all: readonly Name[]): Promise<void> {
    const { language, messages } = state
    if (names.size === 0) return show(language, all).catch(() => show('en', all))
    const missing = all.filter((name) => !names.has(name))
    const loaded = await Promise.all(missing.map((name) => loadOne(name, language).catch(() => loadOne(name, 'en'))))
    // The language has changed meanwhile.
    if (state.messages !== messages) return load(...all)
    for (const name of missing) names.add(name)
    Object.assign(messages, ...loaded)
  }

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    load,
    change: (language) => show(language, [...names]),
  }
}
