// The currencies of ISO 4217 by the digits of their minor unit. Those of funds, metals and tests are left out.

const BY_DIGITS: ReadonlyArray<readonly [number, string]> = [
  [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'],
  [
    2,
    `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK
    DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP
    LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD
    RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD
    XCG YER ZAR ZMW ZWG`,
  ],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
]

const DIGITS: ReadonlyMap<string, number> = new Map(
  BY_DIGITS.flatMap(([digits, codes]) => codes.split(/\s+/).map((code) => [code, digits] as const)),
)

/** Signs and words that name exactly one currency. `$`, `£`, `¥` and `kr` are used by several and are not in the list. */
const SIGNS: Readonly<Record<string, string>> = {
  '€': 'EUR',
  EURO: 'EUR',
  EUROS: 'EUR',
  US$: 'USD',
  AU$: 'AUD',
  CA$: 'CAD',
  HK$: 'HKD',
  NT$: 'TWD',
  NZ$: 'NZD',
  R$: 'BRL',
  '₹': 'INR',
  '₺': 'TRY',
  '₽': 'RUB',
  '₴': 'UAH',
  '₪': 'ILS',
  '₫': 'VND',
  '฿': 'THB',
  ZŁ: 'PLN',
  KČ: 'CZK',
}

/** Every code of a currency, in capitals. */
export const CURRENCIES: readonly string[] = [...DIGITS.keys()]

/** Digits of a currency's minor unit: 2 for EUR, 0 for JPY; null where ISO 4217 has no such currency. */
export function minorDigits(currency: string): number | null {
  return DIGITS.get(currency) ?? null
}

/** The ISO 4217 code of a currency that is written as its code (in any case) or as a sign; null where several may be meant. */
export function currencyOf(written: string): string | null {
  const name = written.toUpperCase()
  if (DIGITS.has(name)) return name
  return Object.hasOwn(SIGNS, name) ? (SIGNS[name] ?? null) : null
}
