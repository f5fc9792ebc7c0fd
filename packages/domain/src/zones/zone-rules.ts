import { readConditional, type Clause } from './conditional.ts'
import { signHours } from './sign-hours.ts'
import type { ZoneFacts } from './zone.ts'

/** What the law of a place is made of. */
export type RuleFacts = Pick<
  ZoneFacts,
  | 'vehicles'
  | 'access'
  | 'accessConditional'
  | 'fee'
  | 'feeConditional'
  | 'openingHours'
  | 'signText'
  | 'maxStay'
  | 'maxStayConditional'
>

/** `clauses` that hold at times, or `unread`: there are some, and only people can read them. */
export type Conditional = readonly Clause[] | 'unread'

/** The rules of a place, read once and asked many times. */
export type ZoneRules = Pick<RuleFacts, 'vehicles' | 'access' | 'fee' | 'openingHours' | 'maxStay'> & {
  readonly accessWhen: Conditional
  readonly feeWhen: Conditional
  readonly maxStayWhen: Conditional
  /** When the sign keeps the place for motorcycles; null where no sign says so. */
  readonly reserved: string | null
  /** A sign whose words are for people to read. */
  readonly signUnread: boolean
}

function conditional(text: string | null): Conditional {
  return text === null ? [] : (readConditional(text) ?? 'unread')
}

/** Reads what is written in the facts; never throws. */
export function readRules(facts: RuleFacts): ZoneRules {
  const { vehicles, access, fee, openingHours, maxStay, signText } = facts
  const sign = signText === null ? null : signHours(signText)
  return {
    vehicles,
    access,
    fee,
    openingHours,
    maxStay,
    accessWhen: conditional(facts.accessConditional),
    feeWhen: conditional(facts.feeConditional),
    maxStayWhen: conditional(facts.maxStayConditional),
    reserved: sign?.reserved ?? null,
    signUnread: signText !== null && sign === null,
  }
}

/** Every text in opening_hours syntax that the rules ask for. */
export function hoursOf(rules: ZoneRules): string[] {
  const conditions = [rules.accessWhen, rules.feeWhen, rules.maxStayWhen]
    .flatMap((when) => (when === 'unread' ? [] : when))
    .flatMap((clause) => clause.conditions)
    .flatMap((condition) => (condition.on === 'hours' ? [condition.hours] : []))
  return [rules.openingHours, rules.reserved, ...conditions].filter((text) => text !== null)
}
