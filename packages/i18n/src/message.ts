import type { Language } from './languages.ts'

/**
 * A compiled message: a text with `{name}` for a parameter and `{#name}` for a number in the language's digits, or parts
 * where it has plurals or choices.
 */
export type Message = string | readonly Part[]
type Part = string | Choice
/** A choice by the value of a parameter; with `1`, by its plural category. `other` stands for all other values. */
export type Choice = readonly [name: string, cases: Readonly<Record<string, Message>>, isPlural?: 1]

export type Messages = Readonly<Record<string, Message>>
export type Params = Readonly<Record<string, string | number>>

/** Loads the messages of a catalogue in a language. Rejects if it does not exist or cannot be loaded. */
export type Catalogue = (language: Language) => Promise<{ readonly default: Messages }>

/** How a language writes what stands in a message. */
export type Writing = {
  /** The plural category of a number: `one`, `few` … */
  readonly pluralOf: (value: number) => string
  readonly number: (value: number) => string
  /** Keeps the direction of a text from mixing with that of the message around it. */
  readonly isolate: (text: string) => string
}

const PARAMETER = /\{(#?)(\w+)\}/g

/** The message as text. A parameter that is missing shows as nothing. */
export function renderMessage(message: Message, params: Params, writing: Writing): string {
  if (typeof message !== 'string') {
    return message
      .map((part) =>
        renderMessage(typeof part === 'string' ? part : chosenCase(part, params, writing), params, writing),
      )
      .join('')
  }
  return message.replaceAll(PARAMETER, (_, isNumber: string, name: string) => {
    const value = params[name] ?? ''
    return isNumber === '' ? writing.isolate(String(value)) : writing.number(Number(value))
  })
}

function chosenCase([name, cases, isPlural]: Choice, params: Params, writing: Writing): Message {
  const value = params[name] ?? ''
  const key = isPlural ? writing.pluralOf(Number(value)) : value
  return cases[Object.hasOwn(cases, key) ? key : 'other'] ?? ''
}
