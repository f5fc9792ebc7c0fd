/** Arabic-Indic and Persian digits, which keyboards of those languages write. */
const DIGITS = /[\u0660-\u0669\u06F0-\u06F9]/g

/** The text with all decimal digits as 0–9, so that it can be parsed. */
export function parseDigits(text: string): string {
  return text.replaceAll(DIGITS, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
}
