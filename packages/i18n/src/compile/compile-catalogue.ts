import type { Messages } from '../message.ts'
import { compileMessage, type CompiledMessage } from './compile-message.ts'

/** A catalogue as it is stored: an ICU message for each id, in English perhaps with a description for translators. */
export type CatalogueFile = Readonly<
  Record<string, string | { readonly message: string; readonly description: string }>
>
export type CompiledCatalogue = {
  readonly messages: Messages
  readonly params: ReadonlyMap<string, CompiledMessage['params']>
}

/** Compiles a catalogue. Throws with the id of the first message that cannot be compiled. */
export function compileCatalogue(file: CatalogueFile, language: string): CompiledCatalogue {
  const compiled = Object.entries(file).map(([id, entry]) => {
    try {
      return [id, compileMessage(typeof entry === 'string' ? entry : entry.message, language)] as const
    } catch (error) {
      throw new Error(`${language}: ${id}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
    }
  })
  return {
    messages: Object.fromEntries(compiled.map(([id, { message }]) => [id, message])),
    params: new Map(compiled.map(([id, { params }]) => [id, params])),
  }
}
