import { expect, it, vi } from 'vitest'
import type { Language } from './languages.ts'
import type { Catalogue } from './message.ts'
import { createTexts } from './texts.ts'

function catalogue(name: string, failing: readonly Language[] = []): Catalogue {
  return async (language) => {
    if (failing.includes(language)) throw new Error('no network')
    return { default: { [name]: `${name} ${language}` } }
  }
}

it('loads one language, and adds catalogues without a new state', async () => {
  const first = vi.fn<Catalogue>(catalogue('first'))
  const texts = createTexts({ first, later: catalogue('later') }, 'de', () => {})
  await texts.load('first')
  const state = texts.state()
  await texts.load('first', 'later')
  expect(texts.state()).toBe(state)
  expect(state.messages).toEqual({ first: 'first de', later: 'later de' })
  expect(first.mock.calls).toEqual([['de']])
})

it('shows English where the wanted language cannot be loaded', async () => {
  const shown: Language[] = []
  const texts = createTexts({ first: catalogue('first', ['de']) }, 'de', (language) => shown.push(language))
  await texts.load('first')
  expect(texts.state()).toEqual({ language: 'en', messages: { first: 'first en' } })
  expect(shown).toEqual(['en'])
})

it('keeps its language where a later catalogue comes in English', async () => {
  const texts = createTexts({ first: catalogue('first'), later: catalogue('later', ['ar']) }, 'ar', () => {})
  await texts.load('first')
  await texts.load('later')
  expect(texts.state()).toEqual({ language: 'ar', messages: { first: 'first ar', later: 'later en' } })
})

it('rejects if English cannot be loaded, and can be tried again', async () => {
  const failing: Language[] = ['en', 'de']
  const texts = createTexts({ first: catalogue('first', failing) }, 'de', () => {})
  await expect(texts.load('first')).rejects.toThrow('no network')
  failing.length = 0
  await texts.load('first')
  expect(texts.state().messages).toEqual({ first: 'first de' })
})

it('changes all loaded catalogues at once, or nothing', async () => {
  const failing: Language[] = []
  const texts = createTexts({ first: catalogue('first'), later: catalogue('later', failing) }, 'en', () => {})
  await texts.load('first', 'later')
  const changed = vi.fn<() => void>()
  texts.subscribe(changed)
  failing.push('de')
  await expect(texts.change('de')).rejects.toThrow('no network')
  expect(texts.state().language).toBe('en')
  expect(changed).not.toHaveBeenCalled()
  await texts.change('ar')
  expect(texts.state()).toEqual({ language: 'ar', messages: { first: 'first ar', later: 'later ar' } })
  expect(changed).toHaveBeenCalledOnce()
})

it('loads a catalogue in the language chosen meanwhile', async () => {
  const texts = createTexts({ first: catalogue('first'), later: catalogue('later') }, 'en', () => {})
  await texts.load('first')
  await Promise.all([texts.load('later'), texts.change('de')])
  expect(texts.state()).toEqual({ language: 'de', messages: { first: 'first de', later: 'later de' } })
})

/** A catalogue that answers in a language when told. */
function heldCatalogue() {
  const held = new Map<Language, () => void>()
  const first: Catalogue = (language) =>
    new Promise((resolve) => held.set(language, () => resolve({ default: { held: language } })))
  return { first, answer: (language: Language) => held.get(language)?.() }
}

it('shows the language that was chosen last, whichever is loaded first', async () => {
  const { first, answer } = heldCatalogue()
  const shown: Language[] = []
  const texts = createTexts({ first }, 'en', (language) => shown.push(language))
  const loaded = texts.load('first')
  answer('en')
  await loaded
  const arabic = texts.change('ar')
  const german = texts.change('de')
  answer('de')
  expect(await german).toBe(true)
  answer('ar')
  expect(await arabic).toBe(false)
  expect(texts.state()).toEqual({ language: 'de', messages: { held: 'de' } })
  expect(shown).toEqual(['en', 'de'])
})

it('a language that fails after another was chosen is not reported', async () => {
  const { first, answer } = heldCatalogue()
  const texts = createTexts({ first, later: catalogue('later', ['ar']) }, 'en', () => {})
  const loaded = texts.load('first', 'later')
  answer('en')
  await loaded
  const arabic = texts.change('ar')
  const german = texts.change('de')
  expect(await arabic).toBe(false)
  answer('de')
  expect(await german).toBe(true)
})

it('a change keeps the catalogues that were loaded meanwhile', async () => {
  const { first, answer } = heldCatalogue()
  const texts = createTexts({ first, later: catalogue('later') }, 'en', () => {})
  const loaded = texts.load('first')
  answer('en')
  await loaded
  const changed = texts.change('de')
  await texts.load('later')
  answer('de')
  // The change asks for all catalogues once more.
  await vi.waitFor(() => {
    answer('de')
    expect(texts.state().language).toBe('de')
  })
  await changed
  expect(texts.state().messages).toEqual({ held: 'de', later: 'later de' })
})

it('two first calls at once keep the messages of both', async () => {
  const texts = createTexts({ first: catalogue('first'), later: catalogue('later') }, 'de', () => {})
  await Promise.all([texts.load('first'), texts.load('later')])
  expect(texts.state().messages).toEqual({ first: 'first de', later: 'later de' })
})
