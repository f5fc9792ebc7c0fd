export { makeFormat, type Format } from './format.ts'
export { chooseLanguage, LANGUAGES, localeOf, parseLanguage, type Direction, type Language } from './languages.ts'
export type {
  ConsoleMessages,
  ErrorsMessages,
  MailMessages,
  RiderMessages,
  RiderNotificationsMessages,
  RiderPagesMessages,
  StaffNotificationsMessages,
} from './messages.gen.ts'
export { parseDigits } from './parse-digits.ts'
export type { Catalogue, Message, Messages, Params } from './message.ts'
export { createTexts, type TextState, type Texts } from './texts.ts'
export { createTranslate, type Translate } from './translate.ts'
