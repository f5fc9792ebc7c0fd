import type { RuleReason } from '@kickstand/domain'

type Sentence = (until: string | null, quoted: string) => string

/** Texts of a zone's rules. Loaded with the zone sheet, not with the page. */
export const enRules = {
  title: 'May I park here?',
  fee: (what: string) => `Fee: ${what}.`,
  feeUnknown: 'not known; look for a meter or a tariff on the sign',
  maxStay: (duration: string) => `Maximum stay: ${duration}.`,
  price: (what: string) => `Price: ${what}.`,
  /** The parts of a price in words. */
  tariff: {
    free: 'free',
    perHour: (amount: string) => `${amount} per hour`,
    perDay: (amount: string) => `${amount} a day`,
    per: (amount: string, duration: string) => `${amount} per ${duration}`,
    once: (amount: string) => `${amount} once`,
    firstFree: (duration: string) => `first ${duration} free`,
    atMost: (amount: string) => `at most ${amount} a day`,
    during: (price: string, hours: string) => `${price} (${hours})`,
    withHours: (prices: string, hours: string) => `${prices}; ${hours}`,
    list: (parts: readonly string[]) => parts.join(', '),
  },
  reasons: {
    'vehicle-unknown': () => 'It is not known whether your vehicle may park. Look for its symbol on the sign.',
    'vehicle-no': () => 'This vehicle is not allowed here.',
    'access-unknown': () => 'It is not known who may enter. Check the sign for “private” or “residents”.',
    'customers-only': () => 'For customers only.',
    'permit-only': () => 'Only with a permit, such as a resident permit.',
    private: () => 'This is private property.',
    'not-at-this-time': (until) => (until === null ? 'No parking at this time.' : `No parking until ${until}.`),
    'condition-unread': (_until, quoted) => `It depends: “${quoted}”. Read the sign before you park.`,
    closed: (until) => (until === null ? 'Closed at this time.' : `Closed until ${until}.`),
    'hours-unread': (_until, quoted) => `The hours are written as “${quoted}”. Read the sign before you park.`,
    reserved: (until) =>
      until === null ? 'Reserved for motorcycles.' : `Reserved for motorcycles until ${until}, then open to everyone.`,
    'sign-unread': (_until, quoted) => `The sign says “${quoted}”. Read it before you park.`,
  } satisfies Partial<Record<RuleReason, Sentence>> as Partial<Record<RuleReason, Sentence>>,
}

export type RulesMessages = typeof enRules
